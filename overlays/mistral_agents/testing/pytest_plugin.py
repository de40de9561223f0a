"""The fixtures that pytest finds when the package is installed: a strict stub, and a client of it.

pytest loads this module in every run, so only the fixtures import what takes time or needs the extra `testing`.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import types
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mistral_agents import Mistral
    from mistral_agents.testing import StubServer


class _Shared:
    """A client that an async test and async fixtures share. Whichever of them ends last closes it.

    An async connection can only be closed in its own event loop. The test and the fixtures run in this loop, whichever
    plugin started it. So they close the client themselves.
    """

    def __init__(self, client: Mistral) -> None:
        self._client = client
        self._users = 0

    @contextlib.asynccontextmanager
    async def used(self) -> AsyncIterator[None]:
        """Use the client during the `with`. At its end, close the client if nobody else uses it any more."""
        self._users += 1
        try:
            yield
        finally:
            self._users -= 1
            if not self._users:
                await self._client.aclose()


_STUB = pytest.StashKey["StubServer"]()
_SHARED = pytest.StashKey[_Shared]()
# How many complaints of the stub the report of the test has shown.
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
    """Fail the test if the stub got unexpected requests, even if the test then skips itself.

    If the test fails for another reason, its report lists the unexpected requests, too. Each is reported only once.
    """
    try:
        result = yield
    except BaseException as error:  # pytest's own failures are no `Exception`
        stub = item.stash.get(_STUB, None)
        if stub is not None and stub.complaints:
            item.stash[_REPORTED] = len(stub.complaints)
            if isinstance(error, pytest.skip.Exception):
                stub.verify()
            text = "\n".join(["mistral_stub did not expect this:", *stub.complaints])
            if isinstance(error, pytest.fail.Exception) and not error.pytrace:  # pytest prints only its message
                error.msg = f"{error.msg}\n{text}"
            else:
                error.add_note(text)
        raise
    stub = item.stash.get(_STUB, None)
    if stub is not None:
        item.stash[_REPORTED] = len(stub.complaints)
        stub.verify(ended=True)
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)  # before the plugin that runs async fixtures
def pytest_fixture_setup(fixturedef: Any, request: pytest.FixtureRequest) -> Generator[None, object, object]:
    """Keep the client open until the async fixtures that are set up after it have ended: they may use the client."""
    shared, fixture = request.node.stash.get(_SHARED, None), fixturedef.func
    if shared is None or not inspect.isasyncgenfunction(fixture):
        return (yield)
    fixturedef.func = _shared_by_fixture(fixture, shared)
    try:
        return (yield)
    finally:
        fixturedef.func = fixture


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

    If the test or a fixture is async, the client is closed on their event loop, after the last of them has ended.
    """
    from mistral_agents import BackoffStrategy, Mistral, RetryConfig

    at_once = RetryConfig(backoff=BackoffStrategy(initial_interval=0))
    with Mistral("any", server_url=mistral_stub.url, retry_config=at_once) as client:
        shared = request.node.stash[_SHARED] = _Shared(client)
        test = getattr(request.node, "obj", None)
        if inspect.iscoroutinefunction(test):
            request.node.obj = _shared_by_test(test, shared)
        yield client


def _replay(marker: pytest.Mark, folder: Path) -> Any:
    from mistral_agents.testing import Replay

    def replay(file: str, **options: Any) -> Replay:
        return Replay(folder / file, **options)

    try:
        return replay(*marker.args, **marker.kwargs)
    except (OSError, TypeError, ValueError) as error:
        pytest.fail(f"mistral_replay: {error}", pytrace=False)


def _shared_by_test(test: Callable[..., Any], shared: _Shared) -> Callable[..., Any]:
    @functools.wraps(test)
    async def sharing(*args: object, **kwargs: object) -> object:
        async with shared.used():
            return await test(*args, **kwargs)

    return sharing


def _shared_by_fixture(fixture: Any, shared: _Shared) -> Any:
    if inspect.ismethod(fixture):
        return types.MethodType(_shared_by_fixture(fixture.__func__, shared), fixture.__self__)

    @functools.wraps(fixture)
    async def sharing(*args: object, **kwargs: object) -> AsyncIterator[object]:
        async with shared.used(), contextlib.aclosing(fixture(*args, **kwargs)) as values:
            async for value in values:
                yield value

    return sharing
