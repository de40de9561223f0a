"""`python -m mistral_agents.testing`: the stub by itself, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import signal
import threading

from .server import StubServer


def main() -> int:
    """Serve until told to stop; print the address as the one line of output."""
    parser = argparse.ArgumentParser(
        prog="python -m mistral_agents.testing",
        description="Serve POST /v1/agents/completions on loopback, with made-up answers that keep the contract.",
    )
    parser.add_argument("--port", type=int, default=0, help="where to listen (default: a free port)")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address (default: 127.0.0.1)")
    parser.add_argument("--pace-ms", type=float, default=0, help="milliseconds between two events of a stream")
    arguments = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell may start background jobs with SIGINT ignored
        signal.signal(number, signal.default_int_handler)
    try:
        with StubServer(arguments.port, arguments.host, arguments.pace_ms) as server:
            print(server.url, flush=True)  # noqa: T201  # the program's output
            threading.Event().wait()
    except KeyboardInterrupt:
        pass
    except (OSError, OverflowError, ValueError) as error:
        parser.error(str(error))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
