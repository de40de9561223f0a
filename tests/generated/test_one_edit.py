"""The point of the design: a field is declared in the contract, and after compiling everything else knows it."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from checkers import Problems, check_types
from compiling import copy_project, generate
from contract_documents import ROOT

CALL = """
    import json
    from mistral_agents import Mistral
    from mistral_agents.testing import Reply, StubServer

    ANSWER = {"choices": [], "trace_id": "t-1"}
    REPLY = Reply(200, [("content-type", "application/json")], [json.dumps(ANSWER).encode()])
    with StubServer(respond=lambda request: None if request.errors else REPLY) as stub:
        with Mistral(api_key="k", server_url=stub.url) as client:
            messages = [{"role": "user", "content": "a"}]
            answer = client.agents.complete(messages=messages, agent_id="ag_1", verbosity="low")
        (request,) = stub.requests
    print(json.dumps([request.json, answer.trace_id, dict(answer.additional_properties)]))
"""
BEGIN = 'from mistral_agents import Mistral\nagents = Mistral(api_key="k").agents\n'
PIECES = {
    "correct": 'name: str = agents.complete(messages=[], agent_id="a", verbosity="low").trace_id or "none"',
    "correct_stream": 'agents.stream(messages=[], agent_id="a", verbosity=None)',
    "wrong": 'agents.complete(messages=[], agent_id="a", verbosity="loud")',
    "wrong_stream": 'agents.stream(messages=[], agent_id="a", verbosity="loud")',
    "other_operation": 'agents.create(model="m", name="a", verbosity="low")',
}

VERBOSITY = "        verbosity: {type: string, enum: [low, high]}\n"
# One line for each schema that has the field; a request to stream is a schema of its own.
EDITS = {
    "    AgentsCompletionRequest:\n": VERBOSITY,
    "    AgentsCompletionStreamRequest:\n": VERBOSITY,
    "    ChatCompletionResponse:\n": "        trace_id: {type: string}\n",
}


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Compile an edited contract; return where the packages are, the compiled one first."""
    project = copy_project(tmp_path_factory.mktemp("project"))
    contract = project / "openapi.yaml"
    text = contract.read_text(encoding="utf-8")
    for schema, field in EDITS.items():
        before, found, after = text.partition(schema)
        head, properties, fields = after.partition("      properties:\n")
        assert (found, properties) != ("", "")
        text = before + schema + head + properties + field + fields
    contract.write_text(text, encoding="utf-8")
    done = generate(project=project)
    assert (done.returncode, done.stderr) == (0, "")
    return [project / "generated", ROOT / "overlays"]


@pytest.fixture(scope="module")
def problems(search: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Problems:
    """What mypy finds in the pieces of code above."""
    pieces = {name: BEGIN + line for name, line in PIECES.items()}
    return check_types(pieces, tmp_path_factory.mktemp("edited"), search, "mypy")["mypy"]


def test_new_fields_are_sent_and_read(search: list[Path]) -> None:
    """A new field of the request goes out, and the stub knows it; a new one of the answer is an attribute."""
    done = subprocess.run(  # noqa: S603  # the lines above
        [sys.executable, "-W", "error", "-c", textwrap.dedent(CALL)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, search))},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stderr) == (0, "")
    sent, trace_id, unknown = json.loads(done.stdout)
    assert sent == {"messages": [{"role": "user", "content": "a"}], "agent_id": "ag_1", "verbosity": "low"}
    assert (trace_id, unknown) == ("t-1", {})


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", PIECES)
def test_new_fields_are_typed(problems: Problems, name: str) -> None:
    """A type checker knows the new fields and the new enum's values, in both methods and in the right form alone."""
    expected = [] if name.startswith("correct") else [3]
    assert expected == list(problems.get(name, {}))
