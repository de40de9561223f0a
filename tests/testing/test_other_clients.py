"""Clients of other projects use the stub, with the code of docs/contract-testing.md."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools.checkout import ROOT

from mistral_agents.testing import StubServer

GUIDE = (ROOT / "docs" / "contract-testing.md").read_text(encoding="utf-8")
# The environments with an SDK; they may be missing. The SDKs are too large for the environment of these tests.
ENVIRONMENTS = {"mistralai": ".venv-parity", "openai": ".venv-peer-openai"}
NOT_THE_PATH = """
import openai
with StubServer() as stub, OpenAI(api_key="any", base_url=f"{stub.url}/v1") as client:
    try:
        client.chat.completions.create(model="m", messages=ask["messages"])
    except openai.NotFoundError as error:
        print(error.status_code, *[(request.method, request.path) for request in stub.requests])
"""


def block(language: str, containing: str) -> str:
    """Return the only block of the guide that is in this language and contains this text."""
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    (found,) = [text for text in blocks if containing in text]
    return found


def run(command: list[str], folder: Path, complaint: str = "", **variables: str) -> str:
    """Run a command in a folder, with this project's packages, and return its output."""
    places = [str(ROOT / name) for name in ("overlays", "generated")]
    programs = [str(Path(sys.executable).parent), os.environ["PATH"]]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places), "PATH": os.pathsep.join(programs), **variables}
    done = subprocess.run(  # noqa: S603  # blocks of our own documentation
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, complaint), done.stdout
    return done.stdout


def interpreter_with(package: str) -> str:
    """Return the path of a Python that has a package: this Python, or that of the environment with the package.

    If neither has the package, skip the test.
    """
    for python in (sys.executable, str(ROOT / ENVIRONMENTS[package] / "bin" / "python")):
        look = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({package!r}) is None)"
        if Path(python).exists() and subprocess.run([python, "-c", look], check=False).returncode == 0:  # noqa: S603  # ours
            return python
    pytest.skip(f"{package} is installed neither here nor in {ENVIRONMENTS[package]}")


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
def test_curl(tmp_path: Path) -> None:
    """A call of curl gets the scripted error, the next the whole answer, the third a stream. No file is left behind."""
    error, answer, *stream = run(["sh", "-eu", "-c", block("sh", "curl")], tmp_path).splitlines()
    assert json.loads(error) == {"detail": "Busy"}
    assert json.loads(answer)["choices"][0]["message"]["content"] == "It rains."
    assert [line for line in stream if line][-1] == "data: [DONE]"
    assert '"content":" rains."' in "".join(stream)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.timeout(150)  # it starts four programs one after another
def test_first_recording(tmp_path: Path) -> None:
    """In an empty folder, the guide's commands record a conversation and replay it in a test, without the key."""
    _, section = GUIDE.split("\n## Record and replay\n")
    commands = "".join(re.findall(r"```sh\n(.*?)```", section.partition("\n## ")[0], re.DOTALL))
    with StubServer(strict=True) as service:
        commands = commands.replace("https://api.mistral.ai", service.url)
        environment = {"MISTRAL_API_KEY": "the-real-key", "PYTEST_ADDOPTS": "-q -p no:cacheprovider -p no:asyncio"}
        printed = run(["sh", "-eu", "-c", commands], tmp_path, complaint="1 exchange in weather.yaml\n", **environment)
        assert [request.operation for request in service.requests] == ["conversations_start"]
    assert "21 °C" in printed.splitlines()[0]
    assert "1 passed" in printed
    assert "the-real-key" not in (tmp_path / "weather.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("package", "then", "printed"),
    [("mistralai", "", ""), ("openai", NOT_THE_PATH, "404 ('POST', '/v1/chat/completions')\n")],
)
def test_sdk(package: str, then: str, printed: str, tmp_path: Path) -> None:
    """The SDKs read scripted answers, whole and streamed, from a strict stub.

    The stub refuses a path that an SDK uses and that the contract does not have.
    """
    program = tmp_path / "program.py"
    program.write_text(block("python", f"from {package}") + then, encoding="utf-8")
    assert run([interpreter_with(package), str(program)], tmp_path) == printed
