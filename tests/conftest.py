"""What all tests share: the async backends, the Hypothesis profile, and a check that no test leaves a socket open."""

import contextlib
import gc
import os
import signal
import stat
import sys
import threading
from collections.abc import Iterator

import pytest
from hypothesis import settings


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--speed` and `--httpx2`."""
    parser.addoption("--httpx2", action="store_true", help="expect httpx2 in the place of httpx (make test-httpx2)")
    parser.addoption(
        "--speed", action="store_true", help="let the package use orjson, as the extra `speed` installs it"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Hide orjson from the package unless `--speed` is given: it is installed here, but most users do not have it."""
    if not config.getoption("--speed"):
        sys.modules["orjson"] = None  # type: ignore[assignment]  # `import orjson` then raises ImportError


# Hypothesis draws the same examples in every run, so that a test fails for everyone or for no one.
# It sets no deadline: a test that is slow on a busy machine is not a defect.
settings.register_profile("mistral-agents", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("mistral-agents")


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Run every test that is marked `anyio` on both event loops."""
    backend: str = request.param
    return backend


@pytest.fixture(scope="module")
def simulated_time() -> Iterator[None]:
    """In tests with simulated time, keep the real clock of the event loop from cancelling a step on a busy machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mistral_agents._clock._LATE_SECONDS", 60)
        yield


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl-C end the processes that a test starts.

    A shell makes its background jobs ignore SIGINT, and the processes that they start inherit this.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def open_sockets() -> set[int]:
    """Return the inodes of this process's open sockets; none where the system has no /dev/fd."""
    with contextlib.suppress(FileNotFoundError), os.scandir("/dev/fd") as descriptors:
        return {inode for entry in descriptors if (inode := _socket_inode(int(entry.name)))}
    return set()


def _socket_inode(descriptor: int) -> int | None:
    try:
        status = os.fstat(descriptor)
    except OSError:  # another thread has closed it
        return None
    return status.st_ino if stat.S_ISSOCK(status.st_mode) else None


@pytest.fixture(autouse=True)
def _no_socket_is_left() -> Iterator[None]:
    """Fail a test that leaves a socket open; pytest itself notices only garbage-collected ones, and some too late."""
    before, pause = open_sockets(), threading.Event()
    yield
    for attempt in range(100):
        if not open_sockets() - before:
            return
        if attempt == 0:
            gc.collect()
        pause.wait(0.01)  # a server that several tests share may not have noticed yet that its client has gone
    pytest.fail(f"{len(open_sockets() - before)} sockets were left open")
