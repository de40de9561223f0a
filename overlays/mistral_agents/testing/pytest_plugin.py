"""The fixtures that pytest finds when the package is installed: a strict stub, and a client of it.

pytest loads this module in every run, so only the fixtures import what takes time or needs the extra `testing`.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mistral_agents import Mistral
    from mistral_agents.testing import StubServer

_STUB = pytest.StashKey["StubServer"]()
# How many complaints of the stub are in the test's own report.
_REPORTED = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    """Describe the marker."""
    text = (
        "mistral_replay(file, order='matching', pace=False): let mistral_stub replay a recording; "
        "the path is relative to the folder of the test"
    )
    config.addinivalue_line("markers", text)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail the test if the stub got unexpected requests, even if the test skips itself after them.

    If the test fails for another reason, its report lists these requests, too. Each is reported only once.
    """
    try:
        result = yield
    except BaseException as error:  # pytest's own failures are no `Exception`
        stub = item.stash.get(_STUB, None)
        if stub is not None and stub.complaints:
            item.stash[_REPORTED] = len(stub.complaints)
            if isinstance(error, pytest.skip.Exception):
                stub.verify()
            error.add_note("\n".join(["mistral_stub did not expect this:", *stub.complaints]))
        raise
    stub = item.stash.get(_STUB, None)
    if stub is not None:
        item.stash[_REPORTED] = len(stub.complaints)
        stub.verify(ended=True)
    return result


@pytest.fixture
def mistral_stub(request: pytest.FixtureRequest) -> Iterator[StubServer]:
    """A strict stub of the service, open for one test. Unexpected requests fail the test.

    With the marker `mistral_replay` it replays a recording.
    """
    from mistral_agents.testing import StubError, StubServer

    marker = request.node.get_closest_marker("mistral_replay")
    stub = StubServer(strict=True, replay=None if marker is None else _replay(marker, request.path.parent))
    stash = request.node.stash
    stash[_STUB] = stub
    stash[_REPORTED] = 0  # reset: another plugin may run the test a second time
    stub.start()
    try:
        yield stub
    finally:
        stub.close()
    if later := stub.complaints[stash.get(_REPORTED, 0) :]:  # caused by a fixture that ends after the test
        raise StubError("\n".join(later))


@pytest.fixture
def mistral_client(request: pytest.FixtureRequest, mistral_stub: StubServer) -> Iterator[Mistral]:
    """A client of `mistral_stub`, closed after the test. It retries as usual, but without waiting.

    In an async test it is closed on the test's own event loop.
    """
    from mistral_agents import BackoffStrategy, Mistral, RetryConfig

    at_once = RetryConfig(backoff=BackoffStrategy(initial_interval=0))
    with Mistral("any", server_url=mistral_stub.url, retry_config=at_once) as client:
        _close_on_its_loop(request.node, client)
        yield client


def _replay(marker: pytest.Mark, folder: Path) -> Any:
    from mistral_agents.testing import Replay

    def replay(file: str, **options: Any) -> Replay:
        return Replay(folder / file, **options)

    try:
        return replay(*marker.args, **marker.kwargs)
    except (OSError, TypeError, ValueError) as error:
        pytest.fail(f"mistral_replay: {error}", pytrace=False)


def _close_on_its_loop(item: Any, client: Mistral) -> None:
    """Let an async test close the client itself: an async connection can only be closed in its own event loop.

    So it does not matter which plugin runs the test.
    """
    test = getattr(item, "obj", None)
    if not inspect.iscoroutinefunction(test):
        return

    @functools.wraps(test)
    async def closing(*args: object, **kwargs: object) -> object:
        async with client:
            return await test(*args, **kwargs)

    item.obj = closing
