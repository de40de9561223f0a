"""`python -m mistral_agents.testing`, started as a process of its own."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from client_settings import ANY_KEY
from mistral_agents.testing.openapi.contract import PATH
from mistral_agents.testing.scripting import loading
from new_process import started

ASK: dict[str, Any] = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Is it raining?"}]}
STREAM = {**ASK, "stream": True}
HOUR_MS = "3600000"
SCRIPT = """\
from mistral_agents.testing import completion, in_turn, json_reply

respond = in_turn(json_reply({"detail": "Busy"}, 503), completion("Paris."))
"""
FAILS = """\
def respond(request):
    return {returned}
"""


def run_module(*arguments: str, before: Sequence[str] = ()) -> contextlib.AbstractContextManager[subprocess.Popen[str]]:
    """Run the command with warnings as errors; at the end of the block it ends, too."""
    line = [*before, sys.executable, "-W", "error", "-m", "mistral_agents.testing", *arguments]
    return started(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def client(process: subprocess.Popen[str]) -> httpx.Client:
    """Open a client with a key and the address that the command prints."""
    assert process.stdout is not None
    url = process.stdout.readline().rstrip()
    return httpx.Client(base_url=url, headers=ANY_KEY, trust_env=False)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_command_serves_until_it_is_told_to_stop(number: signal.Signals) -> None:
    """The command prints only its address, answers there, and ends cleanly on either signal, even during a stream."""
    with run_module("--port", "0", "--pace-ms", HOUR_MS) as process, client(process) as http:
        assert http.post(PATH, json=ASK).status_code == 200
        with http.stream("POST", PATH, json=STREAM) as response:
            assert next(response.iter_bytes()).startswith(b"data: ")
            process.send_signal(number)
            ending = process.communicate(timeout=30)
    assert (process.returncode, ending) == (0, ("", ""))


def test_script_decides_the_answers(tmp_path: Path) -> None:
    """With a script the command gives the script's answers, whole or streamed, as requested, and ends cleanly."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    with run_module("--script", str(script)) as process, client(process) as http:
        answers = [http.post(PATH, json=body) for body in (ASK, ASK, STREAM)]
        process.terminate()
        ending = process.communicate(timeout=30)
    assert [answer.status_code for answer in answers] == [503, 200, 200]
    assert answers[1].json()["choices"][0]["message"]["content"] == "Paris."
    assert '"content":"Paris."' in answers[2].text
    assert (process.returncode, ending) == (0, ("", ""))


def test_command_outlives_a_lack_of_descriptors() -> None:
    """If there are more connections than the system allows, the others wait until one has ended."""
    limited = ["sh", "-c", 'ulimit -n 32; exec "$@"', "sh"]  # an interpreter needs about ten of them
    with run_module(before=limited) as process, client(process) as http, contextlib.ExitStack() as crowd:
        for _ in range(40):
            crowd.enter_context(socket.create_connection((http.base_url.host, http.base_url.port or 0)))
        with pytest.raises(httpx.ReadTimeout):
            http.post(PATH, json=ASK, timeout=0.2)
        crowd.close()
        assert http.post(PATH, json=ASK).status_code == 200


@pytest.mark.parametrize(
    ("returned", "reason"),
    [
        ('open("no-such-file")', ", line 2: RuntimeError: respond raised FileNotFoundError: "),
        ('"Paris."', ": respond returned str: return a Reply, an answer, or None"),
    ],
)
def test_script_that_fails_later_ends_the_command(tmp_path: Path, returned: str, reason: str) -> None:
    """If a script fails at a request, the command prints why and exits with 2, perhaps before it answers."""
    script = tmp_path / "script.py"
    script.write_text(FAILS.format(returned=returned))
    with run_module("--script", str(script)) as process, client(process) as http:
        with contextlib.suppress(httpx.TransportError):
            assert http.post(PATH, json=ASK).status_code == 400
        printed, complaint = process.communicate(timeout=30)
    assert (process.returncode, printed, "Traceback" in complaint) == (2, "", False)
    assert f"error: {script}{reason}" in complaint.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--host", "0.0.0.0"],  # noqa: S104  # refused
        ["--port", "70000"],
        ["--pace-ms", "-1"],
        ["--script", "no-such-file"],
        ["--state", "no-such-folder/state.json"],
    ],
)
def test_command_refuses(arguments: list[str]) -> None:
    """If an argument cannot be used, the command prints what is wrong, without a traceback, and exits with 2."""
    with run_module(*arguments) as process:
        printed, complaint = process.communicate(timeout=30)
    assert (process.returncode, printed, "Traceback" in complaint) == (2, "", False)
    assert "error: " in complaint


def test_state_that_can_no_longer_be_written(tmp_path: Path) -> None:
    """A change that cannot be written is refused; at its end the command says so, and exits with 1."""
    folder = tmp_path / "folder"
    folder.mkdir()
    with run_module("--state", str(folder / "state.json")) as process, client(process) as http:
        shutil.rmtree(folder)
        refused = http.post("/v1/agents", json={"model": "m", "name": "A"})
        agents = http.get("/v1/agents").json()
        process.terminate()
        _, report = process.communicate(timeout=30)
    assert (refused.status_code, agents, process.returncode) == (400, [], 1)
    reason = f"the state cannot be written: [Errno 2] No such file or directory: '{folder / 'state.json'}'"
    assert report.splitlines() == [
        f"request 1 (POST /v1/agents) was not answered: {reason}",
        "2 requests, 1 unexpected",
    ]


def test_script_is_a_module(tmp_path: Path) -> None:
    """A script runs as a module does: it can define a dataclass with postponed annotations; no file is written."""
    path = tmp_path / "script.py"
    path.write_text(
        "from __future__ import annotations\nimport dataclasses\n"
        "@dataclasses.dataclass\nclass Said:\n    text: str = __name__\n"
        "def respond(request): return {'said': Said().text}\n"
    )
    said = loading.load(str(path))(object())  # type: ignore[arg-type]  # the script does not look at the request
    assert (said, [each.name for each in tmp_path.iterdir()]) == ({"said": f"<{path}>"}, ["script.py"])


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("respond = ", "SyntaxError: invalid syntax"),
        ("\n\nimport no_such_module", ", line 3: ModuleNotFoundError: No module named 'no_such_module'"),
        ("import sys\nsys.exit()", ", line 2: SystemExit: "),
        ("def reply(request): ...", ": it has to define `respond`: a function of a request, or in_turn(...)"),
        ("respond = ['Paris.']", ": it has to define `respond`: a function of a request, or in_turn(...)"),
    ],
)
def test_script_that_cannot_be_used(tmp_path: Path, script: str, reason: str) -> None:
    """The error for a script says what is wrong, with the path of the script and, if known, the line."""
    path = tmp_path / "script.py"
    path.write_text(script)
    with pytest.raises(loading.ScriptError) as caught:
        loading.load(str(path))
    message = str(caught.value)
    assert message.startswith(str(path))
    assert reason in message
