"""The command `python -m mistral_agents`, started as a separate process."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import termios
import threading
import unicodedata
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

import new_process
from client_settings import KEY
from mistral_agents import __main__ as command
from mistral_agents import errors
from mistral_agents.testing import (
    STALL,
    HangUp,
    StubServer,
    Wait,
    chunk,
    chunks,
    completion,
    error_event,
    json_reply,
    stream_reply,
    unused_address,
)
from patience import PATIENCE_SECONDS

SAID = "Schön, 21 °C 🌞"
# With these variables Python reads and writes ASCII, unless a program says otherwise.
ASCII_ALONE = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}


def started(
    *arguments: str, stdin: int = subprocess.PIPE, stdout: Any = subprocess.PIPE, **environment: str | None
) -> AbstractContextManager[Any]:
    """Start the command with warnings as errors, and kill it at the end; a variable that is None is not set."""
    wanted = {"MISTRAL_API_KEY": KEY, "MISTRAL_AGENT_ID": "ag_1", "NO_PROXY": "*", **environment}
    variables = {name: value for name, value in {**os.environ, **wanted}.items() if value is not None}
    line = [sys.executable, "-W", "error", "-m", "mistral_agents", *arguments]
    return new_process.started(line, env=variables, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE)


def run(*arguments: str, typed: str = "", **options: Any) -> tuple[int, str, str]:
    """Run the command with `typed` as its standard input; return its exit status, standard output and error."""
    with started(*arguments, **options) as process:
        printed, complaint = process.communicate(typed.encode(), timeout=3 * PATIENCE_SECONDS)
    return process.returncode, (printed or b"").decode(), complaint.decode()


def answering(answer: Any, **options: Any) -> StubServer:
    """Make a stub that gives the same answer to every request."""
    return StubServer(respond=lambda _: answer, **options)


@pytest.mark.parametrize("environment", [{}, ASCII_ALONE], ids=["as it is", "ascii"])
@pytest.mark.parametrize(
    ("arguments", "typed"), [(["Wie wär's?"], ""), (["-"], "Wie wär's?\n"), ([], "Wie wär's?\r\n")]
)
def test_the_answer_is_written(arguments: list[str], typed: str, environment: dict[str, str]) -> None:
    """The question is an argument or standard input; the answer is printed; both are UTF-8 in any locale."""
    with answering(completion(SAID)) as stub:
        ended = run(*arguments, "--server-url", stub.url, typed=typed, **environment)
    assert ended == (0, f"{SAID}\n", "")
    asked = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Wie wär's?"}], "stream": True}
    assert [request.json for request in stub.requests] == [asked]
    assert stub.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_agent_of_the_command_line() -> None:
    """`--agent-id` wins over MISTRAL_AGENT_ID, which then need not be set."""
    with answering(completion(SAID)) as stub:
        for environment in ("ag_1", None):
            run("Hello", "--agent-id", "ag_2", "--server-url", stub.url, MISTRAL_AGENT_ID=environment)
    assert [request.json["agent_id"] for request in stub.requests] == ["ag_2", "ag_2"]


def test_json_of_a_stream() -> None:
    """With `--json` the data of each event is printed as a line of JSON; half an emoji is escaped."""
    events = [*chunks(completion(SAID)), chunk("\ud83d", finish_reason="stop")]
    with answering(stream_reply(*events, "[DONE]")) as stub:
        status, printed, complaint = run("Hello", "--json", "--server-url", stub.url)
    assert [json.loads(line) for line in printed.splitlines()] == events
    assert (status, complaint, "°C" in printed, "\\ud83d" in printed) == (0, "", True, True)


def test_whole_answers() -> None:
    """With `--no-stream` the command asks for a whole answer, and prints its text or, with `--json`, a line of JSON."""
    with answering(completion(SAID)) as stub:
        as_text = run("Hello", "--no-stream", "--server-url", stub.url)
        status, printed, _ = run("Hello", "--no-stream", "--json", "--server-url", stub.url)
    assert as_text == (0, f"{SAID}\n", "")
    assert (status, json.loads(printed)["choices"], printed.count("\n")) == (0, completion(SAID)["choices"], 1)
    assert ["stream" in request.json for request in stub.requests] == [False, False]


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_leaves_without_a_traceback() -> None:
    """Text is printed as soon as it arrives; Ctrl-C within an answer ends the line and the command, with status 130."""
    with (
        answering(stream_reply(chunk("Let me see"), STALL)) as stub,
        started("Hi", "--server-url", stub.url) as process,
    ):
        assert process.stdout.read(10) == b"Let me see"
        process.send_signal(signal.SIGINT)
        ending = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, ending) == (130, (b"\n", b""))


@pytest.mark.parametrize("options", [[], ["--json"]], ids=str)
def test_output_that_nobody_reads(options: list[str]) -> None:
    """When the reader of its output has gone, the command ends, too, with status 141 and without a message."""
    gone = threading.Event()
    pieces = stream_reply(chunk("Once"), Wait(1), chunk(" upon"), chunk(" a time", finish_reason="stop"), "[DONE]")
    with (
        answering(pieces, sleep=lambda _: gone.wait(PATIENCE_SECONDS)) as stub,
        started("Hi", *options, "--server-url", stub.url) as process,
    ):
        assert process.stdout.read(4)
        process.stdout.close()
        gone.set()
        complaint = process.stderr.read()
        process.wait(PATIENCE_SECONDS)
    assert (process.returncode, complaint) == (141, b"")


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (json_reply({"detail": "Unauthorized"}, 401), 3, "status 401: Unauthorized."),
        (json_reply({"detail": "Not yours"}, 403), 3, "status 403: Not yours."),
        (json_reply({"detail": "Slow\ndown"}, 429, retry_after="0"), 4, "status 429: Slow down."),
        (json_reply({"detail": "No such agent"}, 404), 5, "status 404: No such agent."),
        (stream_reply(error_event("It failed")), 8, "It failed."),
        (stream_reply("{]"), 9, "cannot be parsed as JSON"),
    ],
    ids=["401", "403", "429", "404", "error", "not JSON"],
)
def test_errors(answer: Any, status: int, said: str) -> None:
    """An error is printed as one line on standard error, without the key; the exit status says its kind."""
    with answering(answer) as stub:
        ended, printed, complaint = run("Hello", "--json", "--server-url", stub.url)
    assert (ended, printed, complaint.count("\n"), KEY in complaint) == (status, "", 1, False)
    assert complaint.startswith("mistral_agents: ")
    assert said in complaint


EVIL = "a\x1b]0;pwned\x07\x9b2J\x7f\rb\tc\n"
SEEN = "a\\x1b]0;pwned\\x07\\x9b2J\\x7f\\x0db\tc\n"


@pytest.mark.parametrize("options", [[], ["--no-stream"]], ids=["stream", "whole"])
def test_a_terminal_gets_no_control_characters(options: list[str]) -> None:
    """On a terminal, control characters of an answer are printed as escapes; a file gets them unchanged."""
    main, terminal = pty.openpty()
    attributes = termios.tcgetattr(terminal)
    attributes[1] &= ~termios.OPOST  # so that the terminal does not change line ends
    termios.tcsetattr(terminal, termios.TCSANOW, attributes)
    with answering(completion(EVIL)) as stub:
        status, _, _ = run("Hi", "--server-url", stub.url, *options, stdout=terminal)
        seen = os.read(main, 4096).decode()
        os.close(main)
        os.close(terminal)
        _, printed, _ = run("Hi", "--server-url", stub.url, *options)
    assert (status, seen, printed) == (0, SEEN + "\n", EVIL + "\n")


def test_json_and_errors_hold_no_control_characters() -> None:
    """JSON output has control characters as JSON escapes; an error message shows them as escapes."""
    with answering(completion(EVIL)) as stub:
        _, printed, _ = run("Hi", "--json", "--no-stream", "--server-url", stub.url)
    with answering(json_reply({"detail": EVIL}, 400)) as stub:
        _, _, complaint = run("Hi", "--server-url", stub.url)
    assert json.loads(printed)["choices"][0]["message"]["content"] == EVIL
    assert "a\\x1b]0;pwned\\x07\\x9b2J\\x7f b c" in complaint
    controls = {character for character in printed + complaint if unicodedata.category(character) == "Cc"}
    assert controls == {"\n"}


def test_an_answer_that_breaks_off() -> None:
    """If an answer breaks off, the command prints the part that came and a line end, and then the error."""
    with answering(stream_reply(chunk("Once"), HangUp())) as stub:
        status, printed, complaint = run("Hello", "--server-url", stub.url)
    assert (status, printed) == (8, "Once\n")
    assert complaint.startswith("mistral_agents: the stream ended before the answer was complete")


def test_no_service() -> None:
    """If no server listens at the address, the exit status says that there was no connection."""
    with unused_address() as url:
        status, printed, complaint = run("Hello", "--server-url", url)
    assert (status, printed, complaint.startswith("mistral_agents: no answer from")) == (7, "", True)


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["Hi"], {"MISTRAL_API_KEY": None}, "mistral_agents: no API key"),
        (["Hi", "--server-url", "http://example.com"], {}, "mistral_agents: server_url"),
        (["Hi"], {"MISTRAL_AGENT_ID": None}, "error: no agent: give --agent-id, or set MISTRAL_AGENT_ID"),
        (["Hi"], {"MISTRAL_AGENT_ID": ""}, "error: no agent: give --agent-id, or set MISTRAL_AGENT_ID"),
        ([], {}, "error: the question is empty"),
        ([" "], {}, "error: the question is empty"),
        (["Hi", "--n", "2"], {}, "error: "),
    ],
)
def test_wrong_use(arguments: list[str], environment: Any, said: str) -> None:
    """A missing or wrong argument or variable is reported, with exit status 2."""
    status, printed, complaint = run(*arguments, **environment)
    assert (status, printed, "Traceback" in complaint) == (2, "", False)
    assert said in complaint


@pytest.mark.parametrize("arguments", [[], ["-"]], ids=str)
def test_the_command_does_not_wait_for_a_terminal(arguments: list[str]) -> None:
    """If standard input is a terminal, the command does not wait for a question, but says how to give one."""
    main, terminal = pty.openpty()
    try:
        with started(*arguments, stdin=terminal) as process:
            printed, complaint = process.communicate(timeout=PATIENCE_SECONDS)
    finally:
        os.close(main)
        os.close(terminal)
    assert (process.returncode, printed) == (2, b"")
    assert b"error: no question: give it as an argument, or on standard input" in complaint


@pytest.mark.parametrize("options", [[], ["--no-stream"]], ids=["stream", "whole"])
def test_output_that_cannot_be_written(options: list[str], tmp_path: Path) -> None:
    """If the answer cannot be written, the command prints one line of error, with status 1."""
    with answering(completion("Hello")) as stub, (tmp_path / "read-only").open("w+b") as file:
        readable = os.open(file.name, os.O_RDONLY)
        try:
            status, _, complaint = run("Hi", "--server-url", stub.url, *options, stdout=readable)
        finally:
            os.close(readable)
    assert (status, complaint.startswith("mistral_agents: "), complaint.count("\n")) == (1, True, 1)


def test_help_has_the_exit_statuses() -> None:
    """`--help` says what each exit status means."""
    status, printed, complaint = run("--help")
    assert (status, complaint) == (0, "")
    assert [line for line in printed.splitlines() if line.endswith("(401, 403)")] == [
        "    3  the key was refused (401, 403)"
    ]


def test_every_error_has_an_exit_status() -> None:
    """Every class of the error tree has an exit status: that of its kind, or 1 if it is of none."""
    kinds: dict[type[BaseException], int] = {
        errors.MistralError: 1,
        errors.InvalidArgumentError: 2,
        errors.AuthenticationError: 3,
        errors.PermissionDeniedError: 3,
        errors.RateLimitError: 4,
        errors.SDKError: 5,
        errors.HTTPValidationError: 5,
        errors.BadRequestError: 5,
        errors.ConflictError: 5,
        errors.NotFoundError: 5,
        errors.ServerError: 5,
        errors.APITimeoutError: 6,
        errors.DeadlineExceededError: 6,
        errors.FirstEventTimeoutError: 6,
        errors.IdleTimeoutError: 6,
        errors.APIConnectionError: 7,
        errors.StreamError: 8,
        errors.StreamEventError: 8,
        errors.StreamTruncatedError: 8,
        errors.ResponseValidationError: 9,
        errors.ToolError: 1,
        errors.ToolRoundsError: 1,
    }
    tree = {each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.MistralError)}
    assert kinds.keys() == tree
    assert {kind: command.exit_status(kind.__new__(kind)) for kind in kinds} == kinds
