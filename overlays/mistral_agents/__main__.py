"""`python -m mistral_agents`: ask an agent from a terminal, and print its answer as it arrives."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from typing import Any

from . import errors

# The exit status for each kind of error; the first kind that fits counts. 130 and 141 are what shells give for SIGINT
# and SIGPIPE.
STATUSES: list[tuple[Any, int, str]] = [
    (errors.InvalidArgumentError, 2, "an argument, the address or the key cannot be used"),
    (errors.AuthenticationError | errors.PermissionDeniedError, 3, "the key was refused (401, 403)"),
    (errors.RateLimitError, 4, "too many requests or tokens (429)"),
    (errors.SDKError, 5, "the service answered with another status than 200"),
    (errors.APITimeoutError, 6, "a time limit passed"),
    (errors.APIConnectionError, 7, "there was no connection, or it was lost before the answer"),
    (errors.StreamError, 8, "the stream broke off, or the service reported an error in it"),
    (errors.ResponseValidationError, 9, "the answer does not fit the contract"),
    (KeyboardInterrupt, 130, "Ctrl-C"),
    (BrokenPipeError, 141, "the reader of the output has gone (a closed pipe)"),
    (errors.MistralError | OSError, 1, "anything else"),
]


def main() -> int:
    """Ask one question; return the exit status."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # UTF-8, whatever the terminal's code page
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stdin else "backslashreplace")
    try:
        _ask(_arguments())
    except (errors.MistralError, KeyboardInterrupt, OSError) as error:
        if not isinstance(error, (KeyboardInterrupt, BrokenPipeError)):
            print(f"mistral_agents: {_visible(' '.join(str(error).split()))}", file=sys.stderr)
        if isinstance(error, OSError):
            # At exit, Python writes what is still buffered, and this would fail like the write before.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_status(error)
    return 0


def exit_status(error: BaseException) -> int:
    """Return the exit status for an error."""
    return next(status for kind, status, _ in STATUSES if isinstance(error, kind))


def _arguments() -> argparse.Namespace:
    """Read the command line. If the question is missing or `-`, read the question from standard input."""
    parser = argparse.ArgumentParser(
        prog="python -m mistral_agents",
        description="Ask an agent, with the key in MISTRAL_API_KEY, and write its answer as it arrives.",
        epilog="exit status:\n    0  answered\n"
        + "\n".join(f"{status:5}  {what}" for _, status, what in sorted(STATUSES, key=lambda each: each[1])),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("question", nargs="?", default="-", type=_utf8, help="- (default) reads standard input")
    parser.add_argument("--agent-id", default=os.environ.get("MISTRAL_AGENT_ID"), help="default: MISTRAL_AGENT_ID")
    parser.add_argument("--server-url", help="where the service is, if it is not Mistral's")
    parser.add_argument("--json", action="store_true", help="write the data of each event as a line of JSON")
    parser.add_argument("--no-stream", action="store_true", help="wait for the whole answer; with --json, one line")
    arguments = parser.parse_args()
    if sys.stdout is None:
        parser.error("there is no standard output to write to")
    if not arguments.agent_id:
        parser.error("no agent: give --agent-id, or set MISTRAL_AGENT_ID")
    if arguments.question == "-":
        if sys.stdin is None or sys.stdin.isatty():
            parser.error("no question: give it as an argument, or on standard input")
        arguments.question = sys.stdin.read().rstrip("\r\n")
    if not arguments.question.strip():
        parser.error("the question is empty")
    return arguments


def _utf8(argument: str) -> str:
    """Return an argument; bytes that the locale could not decode are decoded as UTF-8."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _ask(arguments: argparse.Namespace) -> None:
    """Ask, and print the answer."""
    from . import Mistral, text_of

    messages: Any = [{"role": "user", "content": arguments.question}]
    asked: Any = {"agent_id": arguments.agent_id, "messages": messages, "server_url": arguments.server_url}
    show = _visible if sys.stdout.isatty() else str
    with Mistral() as client:
        if arguments.no_stream:
            answer = client.agents.complete(**asked)
            message = answer.choices[0].message if answer.choices else None
            print(_json(answer) if arguments.json else show(text_of(message)), flush=True)
            return
        with client.agents.stream(**asked) as stream:
            if arguments.json:
                for event in stream:
                    print(_json(event.data), flush=True)
                return
            try:
                for text in stream.text():
                    print(show(text), end="", flush=True)
            finally:
                print(flush=True)  # the error message begins on a new line


def _json(model: Any) -> str:
    # json.dumps escapes only the control characters up to U+001F.
    return re.sub(
        "[\x7f-\x9f]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(model.to_dict(), ensure_ascii=False)
    )


def _visible(text: str) -> str:
    """Escape the characters of a text that control a terminal, except line feeds and tabs."""
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", lambda found: f"\\x{ord(found[0]):02x}", text)


if __name__ == "__main__":
    sys.exit(main())
