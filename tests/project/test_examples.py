"""The examples, run as processes against the stub. For examples that need other packages see examples/tests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from example_process import EXAMPLES, PATIENCE_SECONDS, run, started
from mistral_agents.testing import STALL, RecordedRequest, Reply, StubServer, chunk, in_turn, json_reply, stream_reply

REFUSED = json_reply({"detail": "No."}, 400)
PARIS = "Paris is the capital of France. It lies on the Seine and has about two million inhabitants."


def question(request: RecordedRequest) -> str:
    """Return the content of a request's last message."""
    return str(request.json["messages"][-1]["content"])


def test_demo() -> None:
    """Without a key the demo runs against its own stub: an agent, a conversation, a stream and a completion."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MISTRAL_")}
    done = subprocess.run(  # noqa: S603  # our own example
        [sys.executable, "-W", "error", str(EXAMPLES / "demo.py")],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    shown = [line for line in done.stdout.splitlines() if line]
    assert shown[1] == "Created the agent 'Demo guide', version 0."
    assert shown[4:] == [
        "> What is the capital of France?",
        PARIS,
        "(21 tokens in, 17 out)",
        "> Who is the best French painter?",
        "Claude Monet is often named as the best French painter.",
        "Deleted the agent.",
    ]


def test_chat_keeps_the_conversation() -> None:
    """Each question is sent with the conversation before it; the end of the input ends the program."""
    with StubServer(strict=True) as stub:
        ending = run(stub, "chat.py", said="What is the capital of France?\nAnd now?\n")
    assert ending == (0, f"> {PARIS}\n> This is the answer to: And now?\n> \n", "")
    sent = [[message["role"] for message in request.json["messages"]] for request in stub.requests]
    assert sent == [["user"], ["user", "assistant", "user"]]
    assert stub.requests[1].json["messages"][1]["content"] == PARIS


def test_chat_goes_on_after_an_error() -> None:
    """A question that fails is reported, and does not become part of the conversation."""
    with StubServer(respond=in_turn(REFUSED, None)) as stub:
        status, printed, complaint = run(stub, "chat.py", said="One?\nTwo?\n")
    assert (status, printed) == (0, "> > This is the answer to: Two?\n> \n")
    assert complaint.startswith("\nstatus 400: No.")
    assert [message["content"] for message in stub.requests[1].json["messages"]] == ["Two?"]


@pytest.mark.usefixtures("interruptible")
def test_chat_can_be_left_during_an_answer() -> None:
    """Ctrl-C while an answer arrives ends the program without a traceback."""
    with StubServer(respond=lambda _: stream_reply(chunk("Paris"), STALL)) as stub, started(stub, "chat.py") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("Where?\n")
        process.stdin.flush()
        assert process.stdout.read(len("> Paris")) == "> Paris"
        process.send_signal(signal.SIGINT)
        assert (*process.communicate(timeout=PATIENCE_SECONDS), process.returncode) == ("\n", "", 0)


def test_tools() -> None:
    """The agent's call runs the function, and the agent gets its result."""
    with StubServer(strict=True) as stub:
        ending = run(stub, "tools.py", "How warm is it in Lyon?")
    assert ending == (0, "The tool get_temperature says: 24.0 °C\n", "(asked for Lyon)\n")


def test_structured() -> None:
    """The answer is parsed as an object of the example's class."""
    with StubServer(strict=True) as stub:
        ending = run(stub, "structured.py", "Who painted Guernica?")
    said = "This is the answer to: Who painted Guernica?"
    assert ending == (0, f"{said}, born in 1, painted {said}.\n", "")


def write_prompts(folder: Path, count: int) -> tuple[Path, Path, list[str]]:
    """Write a file of prompts; return its path, the path for the answers, and the prompts."""
    prompts = [f"Question {number}, é\u2028?" for number in range(count)]
    path = folder / "prompts.txt"
    path.write_text("\n\n".join(prompts), encoding="utf-8", newline="\n")
    return path, folder / "answers.jsonl", prompts


def answered(path: Path) -> list[str]:
    """Return the prompts that a file has answers to; check that each answer belongs to its prompt."""
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert [line["answer"] for line in lines] == [f"This is the answer to: {line['prompt']}" for line in lines]
    return [line["prompt"] for line in lines]


@pytest.mark.parametrize("killed_at", [1, 70])
def test_batch_is_resumed_after_a_kill(tmp_path: Path, killed_at: int) -> None:
    """After it was killed and started again, there is one answer to each prompt, and few prompts were asked twice."""
    path, answers, prompts = write_prompts(tmp_path, 120)
    with StubServer() as stub:
        with started(stub, "batch.py", path, answers, "--concurrency", 8) as process:

            def kill(_: RecordedRequest) -> None:
                if len(stub.requests) >= killed_at:
                    process.kill()

            stub.respond = kill
            process.communicate(timeout=PATIENCE_SECONDS)
        before = answers.read_bytes()
        assert before.count(b"\n") < len(prompts)
        # A kill seldom cuts off a line that is being written, so the test adds such a line.
        answers.write_bytes(before + b'{"prompt": "Question 119, \\u00e')
        stub.respond = None
        status, printed, complaint = run(stub, "batch.py", path, answers, "--concurrency", 8)
    assert (status, printed) == (0, "")
    assert complaint.endswith("] 100 %\n120 prompts, 0 without an answer\n")
    assert answers.read_bytes().startswith(before)
    assert Counter(answered(answers)) == Counter(prompts)
    assert len(stub.requests) <= len(prompts) + 8


def test_batch_asks_failed_prompts_again(tmp_path: Path) -> None:
    """A prompt that fails is written to another file, with the reason; the next run asks only this prompt again."""
    path, answers, prompts = write_prompts(tmp_path, 5)
    with StubServer(respond=lambda request: REFUSED if question(request) == prompts[2] else None) as stub:
        status, _, complaint = run(stub, "batch.py", path, answers)
        failed = [json.loads(line) for line in (tmp_path / "answers.failed.jsonl").read_bytes().splitlines()]
        assert (status, "5 prompts, 1 without an answer" in complaint) == (1, True)
        assert [line["prompt"] for line in failed] == [prompts[2]]
        assert failed[0]["error"].startswith("status 400: No.")
        stub.respond = None
        assert run(stub, "batch.py", path, answers)[0] == 0
    assert Counter(answered(answers)) == Counter(prompts)
    assert [question(request) for request in stub.requests[5:]] == [prompts[2]]
    assert not (tmp_path / "answers.failed.jsonl").exists()


def test_batch_limits_requests_at_the_same_time(tmp_path: Path) -> None:
    """As many requests as allowed run at the same time, and never more."""
    path, answers, prompts = write_prompts(tmp_path, 12)
    all_are_here = threading.Barrier(4, timeout=PATIENCE_SECONDS)

    def hold(_: RecordedRequest) -> None:
        all_are_here.wait()

    with StubServer(respond=hold) as stub:
        assert run(stub, "batch.py", path, answers, "--concurrency", 4)[0] == 0
    assert Counter(answered(answers)) == Counter(prompts)
    assert {request.connection for request in stub.requests} == {0, 1, 2, 3}  # a connection has one request at a time


def test_batch_with_a_wrong_key(tmp_path: Path) -> None:
    """An error that every prompt would get ends the run with the reason, before all prompts are sent."""
    path, answers, _ = write_prompts(tmp_path, 40)
    wrong_key: Reply = json_reply({"detail": "Unauthorized"}, 401)
    with StubServer(respond=lambda _: wrong_key) as stub:
        status, _, complaint = run(stub, "batch.py", path, answers, "--concurrency", 2)
    assert (status, "Traceback" in complaint, answers.read_bytes()) == (1, False, b"")
    assert complaint.splitlines()[-1].startswith("status 401: Unauthorized.")
    assert len(stub.requests) <= 2


def test_batch_does_not_change_another_file(tmp_path: Path) -> None:
    """A file with other content than answers is refused and not changed."""
    path, _, _ = write_prompts(tmp_path, 3)
    before = path.read_bytes()
    with StubServer() as stub:
        ending = run(stub, "batch.py", path, path)
    assert ending == (1, "", f"{path} has lines that are not answers; nothing was changed.\n")
    assert (path.read_bytes(), stub.requests) == (before, [])
