"""`python -m mistral_agents.testing`: the stub by itself, until Ctrl-C or SIGTERM, or until its script fails."""

from __future__ import annotations

import argparse
import contextlib
import queue
import runpy
import signal
import threading
import traceback

from .script import Respond
from .server import StubServer

# On Windows, Ctrl-C does not end a wait that has no limit.
_WAIT_SECONDS = 0.5


class ScriptError(Exception):
    """The script does not work; the message says where and why."""


def main() -> int:
    """Serve until told to stop; print the address as the one line of output."""
    parser = argparse.ArgumentParser(
        prog="python -m mistral_agents.testing",
        description="Serve POST /v1/agents/completions on loopback, with answers that keep the contract.",
    )
    parser.add_argument("--port", type=int, default=0, help="where to listen (default: a free port)")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address (default: 127.0.0.1)")
    parser.add_argument("--pace-ms", type=float, default=0, help="milliseconds between two events of a stream")
    parser.add_argument("--script", metavar="FILE", help="a Python file whose `respond` decides the answers")
    arguments = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell may start background jobs with SIGINT ignored
        signal.signal(number, signal.default_int_handler)
    failures: queue.SimpleQueue[ScriptError] = queue.SimpleQueue()
    respond = None
    try:
        if (path := arguments.script) is not None:
            respond = _load(path)
            threading.excepthook = lambda failure: failures.put(_script_error(path, failure.exc_value))
        with StubServer(arguments.port, arguments.host, arguments.pace_ms, respond=respond) as server:
            print(server.url, flush=True)  # noqa: T201  # the program's output
            while True:
                with contextlib.suppress(queue.Empty):
                    raise failures.get(timeout=_WAIT_SECONDS)
    except KeyboardInterrupt:
        pass
    except (OSError, OverflowError, ValueError, ScriptError) as error:
        parser.error(str(error))
    return 0


def _load(path: str) -> Respond:
    """Run a script, and return its `respond`."""
    try:
        respond: Respond | None = runpy.run_path(path).get("respond")
    except Exception as error:
        raise _script_error(path, error) from error
    if not callable(respond):
        raise ScriptError(f"{path}: it has to define `respond`: a function of a request, or in_turn(...)")
    return respond


def _script_error(path: str, error: BaseException | None) -> ScriptError:
    causes = [each for each in (error, error and error.__cause__) if each is not None]
    frames = [frame for each in causes for frame in traceback.extract_tb(each.__traceback__) if frame.filename == path]
    where = f"{path}, line {frames[-1].lineno}" if frames else path
    return ScriptError(f"{where}: {type(error).__name__}: {error}")


if __name__ == "__main__":
    raise SystemExit(main())
