"""What every test shares: the async backends, the Hypothesis profile, and that it leaves no connection open."""

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
    """Hide orjson, which is installed for `--speed`, from the package otherwise: most users are without."""
    if not config.getoption("--speed"):
        sys.modules["orjson"] = None  # type: ignore[assignment]  # the import system's way to say that there is none


# The same examples in every run, so that a red test is red for everyone. No deadline: a busy machine is no defect.
settings.register_profile("mistral-agents", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("mistral-agents")


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Run every test that is marked `anyio` on both event loops."""
    backend: str = request.param
    return backend


@pytest.fixture(scope="module")
def simulated_time() -> Iterator[None]:
    """Where time is simulated, let that of the event loop end nothing: on a busy machine it goes on meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mistral_agents._limits._LATE_SECONDS", 60)
        yield


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl-C reach the processes of a test; a shell starts background jobs, and so theirs, with SIGINT ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def open_sockets() -> set[int]:
    """Return this process's sockets, by inode; none where the system does not list what is open."""
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
    """Fail a test that leaves a socket open; pytest by itself sees only those that are dropped, some of them late."""
    before, pause = open_sockets(), threading.Event()
    yield
    for attempt in range(100):
        if not open_sockets() - before:
            return
        if attempt == 0:
            gc.collect()
        pause.wait(0.01)  # the server of a module may not have noticed yet that its client is gone
    pytest.fail(f"{len(open_sockets() - before)} sockets were left open")
