"""`python -m mistral_agents.testing`: `--strict` and its exit status, `--log`, `--watch`, `--state`, record, replay."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from completion_payloads import ASK
from mistral_agents.testing import StubServer, completion, in_turn, json_reply, load_recording, unused_address
from mistral_agents.testing.openapi.contract import PATH
from testing.test_command import client, run_module


def ended(process: subprocess.Popen[str]) -> tuple[int, list[str]]:
    """Stop the command; return its exit status and the lines that it wrote to standard error."""
    process.terminate()
    printed, said = process.communicate(timeout=30)
    assert printed == ""
    return process.returncode, said.splitlines()


def test_strict_command_with_expected_requests() -> None:
    """A strict command that saw nothing unexpected ends with a report and status 0; probes do not count."""
    with run_module("--strict") as process, client(process) as http:
        assert http.get("/_stub/health").status_code == http.get("/").status_code == 200
        assert http.post(PATH, json=ASK).status_code == 200
        assert ended(process) == (0, ["1 request, all as expected"])


def test_strict_command_with_unexpected_requests() -> None:
    """A strict command reports each request that it did not expect, and ends with status 1."""
    with run_module("--strict") as process, client(process) as http:
        http.post(PATH, json={})
        http.get("/v1/else")
        status, said = ended(process)
    assert status == 1
    assert said[0] == f"request 1 (POST {PATH}) was refused with 422: The body does not fit the contract"
    assert said[-1] == "2 requests, 2 unexpected"


def test_strict_command_with_answers_left(tmp_path: Path) -> None:
    """A strict command reports answers of its script for which there was no request."""
    script = tmp_path / "script.py"
    script.write_text("from mistral_agents.testing import *\nrespond = in_turn(completion('a'), completion('b'))\n")
    with run_module("--strict", "--script", str(script)) as process, client(process) as http:
        http.post(PATH, json=ASK)
        assert ended(process) == (
            1,
            ["the script has 1 more answer(s), for which there was no request", "1 request, 1 unexpected"],
        )


def test_strict_command_remembers_over_a_reset() -> None:
    """The report also has the unexpected requests from before a reset."""
    with run_module("--strict") as process, client(process) as http:
        http.post(PATH, json={})
        assert http.post("/_stub/reset").status_code == 204
        assert http.get("/_stub/requests").json() == []
        http.post(PATH, json=ASK)
        status, said = ended(process)
    assert (status, said[-1]) == (1, "2 requests, 1 unexpected")


def test_strict_command_with_a_script_that_was_not_finished() -> None:
    """If a script is replaced before all its answers were used, a strict command reports it, also after a reset."""
    with run_module("--strict") as process, client(process) as http:
        for script in ([None, None, None], [None]):
            assert http.post("/_stub/script", json=script).status_code == 204
            assert http.post(PATH, json=ASK).status_code == 200
            assert http.post("/_stub/reset").status_code == 204
        assert ended(process) == (
            1,
            [
                "replaced scripts have 2 more answer(s), for which there was no request",
                "2 requests, 1 unexpected",
            ],
        )


@pytest.mark.parametrize("kind", ["text", "json"])
def test_log_says_why(kind: str) -> None:
    """The log says why a request was refused, also if it asks for something that is not there, or is not HTTP."""
    with run_module("--log", kind) as process, client(process) as http:
        http.get("/v1/agents/none")
        http.post("/v1/conversations/none", json={"inputs": "Hi"})
        with socket.create_connection(("127.0.0.1", http.base_url.port or 0)) as sock:
            sock.sendall(b"HELLO\r\n\r\n")
            sock.shutdown(socket.SHUT_WR)
            assert b"".join(iter(lambda: sock.recv(65_536), b"")).startswith(b"HTTP/1.1 400 ")
        status, said = ended(process)
    assert (status, len(said)) == (0, 6)
    reasons = ["Agent none not found", "Conversation none not found", "The request is not HTTP: illegal request line"]
    if kind == "json":
        answers = [json.loads(line) for line in said[1::2]]
        assert [(each["status"], each["reason"]) for each in answers] == list(
            zip([404, 404, 400], reasons, strict=True)
        )
    else:
        numbered = zip([1, 2, 3], [404, 404, 400], reasons, strict=True)
        assert said[1::2] == [f"{number} {code} refused: {reason}" for number, code, reason in numbered]
        assert said[4] == "3 - -"


def test_log() -> None:
    """The log has a line for each request and for each answer, as text or as JSON, and no key."""
    for kind in ("text", "json"):
        with run_module("--log", kind) as process, client(process) as http:
            http.post(f"{PATH}?a=%1b", json=ASK)
            http.get("/v1/else")
            status, said = ended(process)
        assert (status, len(said)) == (0, 4)
        assert "any" not in " ".join(said).replace("anything", "")
        if kind == "json":
            notes = [json.loads(line) for line in said]
            assert [(note["kind"], note["number"]) for note in notes] == [
                *(("request", 1), ("answer", 1), ("request", 2), ("answer", 2))
            ]
            assert (notes[1]["status"], notes[1]["reason"], notes[3]["status"]) == (200, None, 404)
        else:
            assert said[:3] == [f"1 POST {PATH}?a=%1b", "1 200", "2 GET /v1/else"]
            assert said[3].startswith("2 404 refused: There is nothing at /v1/else")


def test_what_a_terminal_cannot_show() -> None:
    """Control characters and lone surrogates of a request are shown as escapes, in the log and in the report."""
    wrong = {**ASK, "messages": [{"role": "\ud800\x1b[2J", "content": "Hi"}]}
    with run_module("--strict", "--log", "text") as process, client(process) as http:
        answer = http.post(PATH, content=json.dumps(wrong), headers={"Content-Type": "application/json"})
        assert answer.status_code == 422
        status, said = ended(process)
    assert status == 1
    assert "\x1b" not in "".join(said)
    assert r"Input tag '\ud800\x1b[2J' found" in "".join(said)


def test_strict_command_names_the_line_of_the_script(tmp_path: Path) -> None:
    """A strict command reports an error of its script with the file, and with the line if there is one."""
    script = tmp_path / "script.py"
    script.write_text(
        "from mistral_agents.testing import by_operation, in_turn\n"
        "def fails(request):\n    return int(request.json['agent_id'])\n"
        "def opens(request):\n    return open('no-such-file')\n"
        "def names(request):\n    return 'Paris.'\n"
        "respond = by_operation(agents_complete=fails, agents_list=opens, agents_create=names, agents_get={})\n"
    )
    with run_module("--strict", "--script", str(script)) as process, client(process) as http:
        http.post(PATH, json=ASK)
        http.get("/v1/agents")
        http.post("/v1/agents", json={"model": "m", "name": "n"})
        status, said = ended(process)
    assert status == 1
    raised = [line.partition("since the script (")[2] for line in said[:-1]]
    assert [line.partition(": ")[0] for line in raised] == [
        f"{script}, line 3) raised ValueError",
        f"{script}, line 5) raised RuntimeError",
        f"{script}, line 6) returned a wrong answer",
    ]


def test_script_is_watched(tmp_path: Path) -> None:
    """With `--watch`, a saved script is used at once. If it does not work, the command says so and uses the old one."""
    script = tmp_path / "script.py"
    script.write_text("from mistral_agents.testing import *\nrespond = in_turn(completion('One.'))\n")

    def answers(http: httpx.Client, expected: str) -> None:
        said = ""
        for _ in range(200):
            said = http.post(PATH, json=ASK).json()["choices"][0]["message"]["content"]
            if said == expected:
                return
        pytest.fail(f"{said} is still the answer, not {expected}")

    with run_module("--script", str(script), "--watch") as process, client(process) as http:
        answers(http, "One.")
        script.write_text("from mistral_agents.testing import *\nrespond = in_turn(completion('Number two.'))\n")
        answers(http, "Number two.")
        script.write_text("respond = ")
        assert process.stderr is not None
        assert process.stderr.readline().startswith(f"not loaded: {script}: SyntaxError")
        script.write_text("raise ValueError('first\\n  second')\n")
        assert process.stderr.readline() == f"not loaded: {script}, line 1: ValueError: first second\n"
        answers(http, "Number two.")
        process.terminate()
        assert process.wait(timeout=30) == 0


def test_state_is_kept_between_runs(tmp_path: Path) -> None:
    """With `--state`, a run begins with the state in which the last one ended."""
    path = tmp_path / "state.json"
    for expected in (1, 2):
        with run_module("--state", str(path)) as process, client(process) as http:
            http.post("/v1/agents", json={"model": "m", "name": "n"})
            assert len(http.get("/v1/agents").json()) == expected
            assert ended(process) == (0, [])


def test_record_and_replay(tmp_path: Path) -> None:
    """`record` writes what passes into a file, without keys, and `replay` answers from the file, also strictly."""
    path = tmp_path / "recording.yaml"
    with (
        StubServer(respond=in_turn(completion("One."), json_reply({"detail": "Busy"}, 503))) as service,
        run_module("record", "--upstream", service.url, "--to", str(path), "--mask-header", "x-tenant") as process,
        client(process) as http,
    ):
        headers = {"Authorization": "Bearer the-secret-key", "X-Tenant": "tenant-9000"}
        recorded = [http.post(PATH, json=ASK, headers=headers).text for _ in range(2)]
        assert ended(process) == (0, [f"2 exchanges in {path}"])
    assert b"secret" not in path.read_bytes()
    assert b"tenant-9000" not in path.read_bytes()
    with run_module("replay", str(path), "--strict") as process, client(process) as http:
        assert [http.post(PATH, json=ASK).text for _ in range(2)] == recorded
        assert http.post(PATH, json={**ASK, "n": 2}).status_code == 400
        status, said = ended(process)
    assert (status, said[-1]) == (1, "3 requests, 1 unexpected")
    assert "was not recorded; the closest one differs:" in said[0]
    with run_module("replay", str(path), "--strict") as process, client(process) as http:
        http.post(PATH, json=ASK)
        unused = "the recording has 1 more answer(s), for which there was no request"
        assert ended(process) == (1, [unused, "1 request, 1 unexpected"])
    with run_module("replay", str(path), "--in-order", "--pace") as process, client(process) as http:
        assert [http.post(PATH, json=ASK).text for _ in range(2)] == recorded
        assert ended(process) == (0, [])


def test_recording_that_does_not_fit_the_contract(tmp_path: Path) -> None:
    """A mismatch with the contract is reported in one line, and the status is 1. The recording is written."""
    path = tmp_path / "recording.yaml"
    with (
        StubServer(respond=in_turn(json_reply({**completion("One."), "created": "now"}))) as service,
        run_module("record", "--upstream", service.url, "--to", str(path)) as process,
        client(process) as http,
    ):
        http.post(PATH, json=ASK)
        status, said = ended(process)
    line = f"request 1 (POST {PATH}): answer: body.created: Input should be a valid integer"
    assert (status, said) == (1, [line, f"1 exchange in {path}, 1 problem"])
    assert len(load_recording(path).exchanges) == 1


def test_service_that_is_down(tmp_path: Path) -> None:
    """A service that is down is reported in one line. The status is 1, and no file is written."""
    path = tmp_path / "recording.yaml"
    with (
        unused_address() as url,
        run_module("record", "--upstream", url, "--to", str(path)) as process,
        client(process) as http,
    ):
        assert http.post(PATH, json=ASK).status_code == 502
        status, said = ended(process)
    assert (status, len(said), said[-1]) == (1, 2, "nothing was recorded, 1 problem")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["replay", "{folder}/none.yaml"], "No such file"),
        (["replay", "{folder}/wrong.yaml"], "wrong.yaml is not a recording: it is not YAML: "),
        (["--script", "{folder}/wrong.yaml"], "wrong.yaml: SyntaxError: "),
        (["record", "--to", "{folder}/wrong.yaml"], "exists; a recording goes into a new file"),
        (["record", "--to", "{folder}/new.yaml", "--upstream", "nowhere"], "the upstream is 'nowhere'"),
        (["record", "--to", "{folder}/new.yaml", "--mask-pattern", "("], "'(' is not a regular expression"),
        (["record"], "--to"),
        (["--watch"], "--watch needs a --script"),
        (["--state", "{folder}/wrong.yaml"], "is not a state that a stub wrote"),
        (["--log", "xml"], "invalid choice"),
    ],
)
def test_what_cannot_begin(tmp_path: Path, arguments: list[str], why: str) -> None:
    """An argument that cannot be used is reported in one line, without a traceback, and the status is 2."""
    (tmp_path / "wrong.yaml").write_text("a: [")
    with run_module(*(each.format(folder=tmp_path) for each in arguments)) as process:
        printed, complaint = process.communicate(timeout=30)
    assert (process.returncode, printed, "Traceback" in complaint) == (2, "", False)
    assert why in complaint.splitlines()[-1]
    usage = arguments in (["record"], ["--log", "xml"])  # for these, argparse prints its usage, too
    assert len(complaint.splitlines()) == 1 or usage
    assert [each.name for each in tmp_path.iterdir()] == ["wrong.yaml"]
