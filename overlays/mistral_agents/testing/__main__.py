"""`python -m mistral_agents.testing`: the stub, a recorder, or the replay of a recording.

It serves until Ctrl-C or SIGTERM. The exit status is

- 2 if the stub could not start; or if it is not strict and its script failed during a request, which ends the stub
- 1 if a strict stub got unexpected requests, had unused answers, or had a script that failed; if a change could not be
  written to the file of `--state`; or if the recorder could not record an exchange, or found one that does not fit the
  contract
- 0 otherwise
"""

from __future__ import annotations

import argparse
import contextlib
import queue
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial

from .exchange.log import LOGS, printed, shown
from .recordings.recorder import Recorder
from .recordings.replaying import Replay
from .scripting.loading import ScriptError, load, script_error, watch
from .secrets.masking import Masks
from .server import StubServer

# On Windows, Ctrl-C does not end a wait that has no limit.
_WAIT_SECONDS = 0.5
_STRICT = "print a report at the end; the exit status is 1 if anything was unexpected"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until a signal arrives; print the address as the only line of output."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = given.pop(0) if given[:1] and given[0] in _COMMANDS else "serve"
    add_options, run, about = _COMMANDS[name]
    program = "python -m mistral_agents.testing" + ("" if name == "serve" else f" {name}")
    parser = argparse.ArgumentParser(prog=program, description=about)
    parser.add_argument("--port", type=int, default=0, help="where to listen (default: a free port)")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address (default: 127.0.0.1)")
    parser.add_argument("--log", choices=LOGS, help="print each request and each answer to standard error")
    add_options(parser)
    options = parser.parse_args(given)
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell may start background jobs with SIGINT ignored
        signal.signal(number, signal.default_int_handler)
    try:
        return run(options)
    except KeyboardInterrupt:  # before the server listened
        return 0
    except (OSError, ValueError, ScriptError) as error:
        _say(f"{program}: error: {_in_one_line(error)}")
        return 2


def _serve_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pace-ms", type=float, default=0, help="milliseconds between two events of a stream")
    parser.add_argument("--script", metavar="FILE", help="a Python file whose `respond` decides the answers")
    parser.add_argument("--watch", action="store_true", help="load the script again whenever its file changes")
    parser.add_argument("--strict", action="store_true", help=_STRICT)
    parser.add_argument("--state", metavar="FILE", help="keep agents and conversations in a file")


def _serve(options: argparse.Namespace) -> int:
    path: str | None = options.script
    if options.watch and path is None:
        raise ValueError("--watch needs a --script to watch")
    failures: queue.SimpleQueue[ScriptError] = queue.SimpleQueue()
    respond = None
    if path is not None:
        respond = load(path)
        threading.excepthook = lambda failure: failures.put(script_error(str(path), failure.exc_value))
    place = (options.port, options.host, options.pace_ms)
    stub = StubServer(*place, respond=respond, strict=options.strict, state=options.state)
    with contextlib.ExitStack() as stack:
        if options.watch and path is not None:
            edited = partial(stub.replace_script, edited=True)
            stack.callback(watch(path, edited, lambda error: _say(f"not loaded: {_in_one_line(error)}")))
        _serve_until_signal(stub, options.log, failures.get)
    return _report(stub)


def _record_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", metavar="FILE", required=True, help="where to write: a new file, as an existing one is never changed"
    )
    address = "https://api.mistral.ai"
    parser.add_argument("--upstream", metavar="URL", default=address, help=f"the service (default: {address})")
    for name, what in (
        ("header", "the values of this header"),
        ("field", "the values of this field in JSON, or of this parameter in a query or a form"),
        ("pattern", "every text that matches this regular expression"),
    ):
        text = f"mask {what}; can be repeated"
        parser.add_argument(
            f"--mask-{name}", metavar="NAME" if name != "pattern" else "REGEX", action="append", help=text
        )


def _record(options: argparse.Namespace) -> int:
    masks = Masks(options.mask_header or (), options.mask_field or (), options.mask_pattern or ())
    recorder = Recorder(options.to, options.upstream, masks=masks, report=_say)
    _serve_until_signal(StubServer(options.port, options.host, record=recorder), options.log)
    found = f", {_counted(len(recorder.problems), 'problem')}" if recorder.problems else ""
    kept = f"{_counted(recorder.count, 'exchange')} in {options.to}" if recorder.count else "nothing was recorded"
    _say(kept + found)
    return 1 if recorder.problems else 0


def _replay_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a recording")
    parser.add_argument("--in-order", action="store_true", help="expect the requests in the order of the recording")
    parser.add_argument("--pace", action="store_true", help="keep the recorded pauses between chunks")
    parser.add_argument("--strict", action="store_true", help=_STRICT)


def _replay(options: argparse.Namespace) -> int:
    replay = Replay(options.file, order="recorded" if options.in_order else "matching", pace=options.pace)
    stub = StubServer(options.port, options.host, replay=replay, strict=options.strict)
    _serve_until_signal(stub, options.log)
    return _report(stub)


def _serve_until_signal(stub: StubServer, log: str | None, failure: Callable[..., ScriptError] | None = None) -> None:
    """Serve until a signal arrives, or until `failure` returns an error, which is then raised."""
    if log is not None:
        stub.journal.tell(printed(log))
    try:
        stub.start()
        print(stub.url, flush=True)  # noqa: T201  # the program's output
        pause = threading.Event()
        while True:
            if failure is None:
                pause.wait(_WAIT_SECONDS)
                continue
            with contextlib.suppress(queue.Empty):
                raise failure(timeout=_WAIT_SECONDS)
    except KeyboardInterrupt:
        pass
    finally:
        stub.close()


def _report(stub: StubServer) -> int:
    """Print what a strict stub did not expect, and what any stub could not keep; return the exit status."""
    if not (stub.strict or stub.complaints):
        return 0
    unexpected = [*stub.complaints, *stub.unused]
    for text in unexpected:
        _say(text)
    verdict = f"{len(unexpected)} unexpected" if unexpected else "all as expected"
    _say(f"{_counted(stub.journal.count, 'request')}, {verdict}")
    return 1 if unexpected else 0


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _say(text: str) -> None:
    print(shown(text), file=sys.stderr, flush=True)  # noqa: T201  # the program's report


_COMMANDS: dict[str, tuple[Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int], str]] = {
    "serve": (
        _serve_options,
        _serve,
        "Serve all operations of the contract, and remember agents and conversations. Also: `record`, `replay`.",
    ),
    "record": (_record_options, _record, "Forward requests to a service, and write requests and answers to a file."),
    "replay": (_replay_options, _replay, "Answer each recorded request with its recorded answer."),
}


if __name__ == "__main__":
    raise SystemExit(main())
