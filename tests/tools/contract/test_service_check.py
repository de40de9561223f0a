"""The command behind `make contract`: a service that keeps the contract passes, one that does not fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from tools.checkout import ROOT
from tools.contract import check

from completion_payloads import ASK
from mistral_agents.testing import RecordedRequest, Reply, StubServer, json_reply, stream_reply
from mistral_agents.testing.exchange.journal import Note
from mistral_agents.testing.openapi.contract import PATH, load_contract
from mistral_agents.testing.scripting.script import Respond

# Too heavy for the environment that the tests run in, so it is used where `make contract` has put it.
PLACES = [Path(sys.executable).parent, ROOT / ".venv-contract" / "bin"]
FOUND = [place / "schemathesis" for place in PLACES if (place / "schemathesis").exists()]
EXAMPLES = ["--phases", "examples"]
SEQUENCES = ["--phases", "stateful", "--mode", "positive"]
INVALID = ["--phases", "fuzzing", "--mode", "negative", "--max-examples", "5"]


def is_stream(request: RecordedRequest) -> bool:
    """Tell whether a stream is asked for; Schemathesis sends a few requests without a body, too."""
    return "stream" in (request.json or {})


def broken_answer(request: RecordedRequest) -> Reply | None:
    """Leave `choices` out of whole answers."""
    return check.one_key_alone(request) or (None if is_stream(request) else json_reply({"id": "a1"}))


def broken_chunk(request: RecordedRequest) -> Reply | None:
    """Send a stream whose one chunk has a text for an index."""
    broken = stream_reply({"choices": [{"index": "0", "delta": {}}]}, "[DONE]")
    return check.one_key_alone(request) or (broken if is_stream(request) else None)


def refusing_nothing(request: RecordedRequest) -> Reply | None:
    """Answer as if every request with the right key, path and method were right."""
    return check.one_key_alone(request) or (json_reply({"choices": []}) if request.errors else None)


@pytest.mark.skipif(not FOUND, reason="Schemathesis is not installed here; `make contract` installs it")
@pytest.mark.parametrize(
    ("respond", "verdict"),
    [
        (check.one_key_alone, "✅  Examples"),
        (broken_answer, "Response violates schema"),
        (broken_chunk, "SSE event violates schema"),
        (None, "API accepts invalid authentication"),
        (refusing_nothing, "Schema-violating request accepted"),
    ],
)
def test_verdict(
    respond: Respond | None,
    verdict: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """What does not keep the contract is found, in answers, streams and refusals; the key is not printed."""
    monkeypatch.setattr(check, "FOLDER", tmp_path)
    with StubServer(respond=respond) as stub:
        _, *arguments = check.command(stub.url, seed=1)
        phases = INVALID if respond is refusing_nothing else EXAMPLES
        status = check.check([str(FOUND[0]), *arguments, *phases], check.STUB_KEY)
    printed = capfd.readouterr().out
    assert (verdict in printed, check.STUB_KEY in printed) == (True, False)
    assert status == (respond is not check.one_key_alone)


@pytest.mark.skipif(not FOUND, reason="Schemathesis is not installed here; `make contract` installs it")
@pytest.mark.timeout(300)
def test_what_is_created_is_read_changed_and_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sequences of valid requests, which follow the links of the contract, reach every operation."""
    few = check.SETTINGS.replace(f"max-examples = {check.MAX_SEQUENCES}", "max-examples = 100")
    monkeypatch.setattr(check, "FOLDER", tmp_path)
    monkeypatch.setattr(check, "SETTINGS", few)
    asked: dict[int, str] = {}
    answered: set[str] = set()

    def note(told: Note) -> None:
        if told["kind"] == "request":
            asked[told["number"]] = told["operation"]
        elif told["kind"] == "answer" and told["status"] < 300:
            answered.add(asked[told["number"]])

    with StubServer(respond=check.one_key_alone) as stub:
        stub.journal.tell(note)
        _, *arguments = check.command(stub.url, seed=1)
        status = check.check([str(FOUND[0]), *arguments, *SEQUENCES], check.STUB_KEY)
    assert (status, set(load_contract().operations) - answered) == (0, set())


@pytest.mark.parametrize(("key", "status"), [(check.STUB_KEY, 200), ("another", 401)])
def test_the_stub_takes_one_key(key: str, status: int) -> None:
    """The stub that is checked refuses every key but its own."""
    with StubServer(respond=check.one_key_alone) as stub:
        answer = httpx.post(stub.url + PATH, headers={"authorization": f"Bearer {key}"}, json=ASK)
    assert status == answer.status_code


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--confirm", "127.0.0.1"], "MISTRAL_API_KEY is not set"),
        ([], "confirm it with CONFIRM=127.0.0.1"),
        (["--confirm", "localhost"], "confirm it with CONFIRM=127.0.0.1"),
    ],
)
def test_a_key_and_the_host_are_asked_for(arguments: list[str], why: str) -> None:
    """A service of one's own is not called without a key, nor before its host is named twice."""
    environment = {name: value for name, value in os.environ.items() if name != "MISTRAL_API_KEY"}
    done = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", "tools.contract.check", "--base-url", "http://127.0.0.1:9", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
