"""The point of the design: a field is declared only in the contract; after compiling, everything knows it."""

import json
from pathlib import Path

import pytest

from checkers import Problems, check_types
from compiling import copy_project, search_path
from new_process import output_of

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
# One line for each schema that gets the field; a streaming request is a separate schema.
EDITS = {
    "    AgentsCompletionRequest:\n": VERBOSITY,
    "    AgentsCompletionStreamRequest:\n": VERBOSITY,
    "    ChatCompletionResponse:\n": "        trace_id: {type: string}\n",
}


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Compile an edited contract; return the folders of the packages, the compiled one first."""
    project = copy_project(tmp_path_factory.mktemp("project"))
    contract = project / "openapi.yaml"
    text = contract.read_text(encoding="utf-8")
    for schema, field in EDITS.items():
        before, found, after = text.partition(schema)
        head, properties, fields = after.partition("      properties:\n")
        assert (found, properties) != ("", "")
        text = before + schema + head + properties + field + fields
    contract.write_text(text, encoding="utf-8")
    return search_path(project)


@pytest.fixture(scope="module")
def problems(search: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Problems:
    """Return the problems that mypy finds in the pieces of code above."""
    pieces = {name: BEGIN + line for name, line in PIECES.items()}
    return check_types(pieces, tmp_path_factory.mktemp("edited"), search, "mypy")["mypy"]


def test_new_fields_are_sent_and_read(search: list[Path]) -> None:
    """A new request field is sent and the stub accepts it; a new answer field is an attribute."""
    sent, trace_id, unknown = json.loads(output_of(CALL, search))
    assert sent == {"messages": [{"role": "user", "content": "a"}], "agent_id": "ag_1", "verbosity": "low"}
    assert (trace_id, unknown) == ("t-1", {})


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", PIECES)
def test_new_fields_are_typed(problems: Problems, name: str) -> None:
    """A type checker knows the new fields and the new enum's values, in both methods and only in this operation."""
    expected = [] if name.startswith("correct") else [3]
    assert expected == list(problems.get(name, {}))
