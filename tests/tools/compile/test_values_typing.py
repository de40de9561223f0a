"""The models under type checkers (narrowing, constructors, copies), and as fields of pydantic models."""

from __future__ import annotations

import json
import textwrap
from typing import Any

import pydantic
import pytest
from tools.checkout import ROOT
from tools.stress import documents

import contract_documents as contract
from checkers import Problems, check_types
from mistral_agents_api import models

BEGIN = """
from __future__ import annotations
import copy, datetime
import attrs
from mistral_agents_api import models
from mistral_agents_api.values import UNSET

def main(message: models.AssistantMessage, chunk: models.CompletionChunk, entry: models.MessageOutputEntry) -> None:
"""
RIGHT = {
    "narrowing_by_tag": """
        if message.content is None or isinstance(message.content, str):
            return
        for part in message.content:
            if part.type == "text":
                text: str = part.text
            elif part.type == "thinking":
                for thought in part.thinking:
                    if thought.type == "text":
                        text = thought.text
            elif part.type == "UNKNOWN":
                print(part.anything.at.all, part["type"], part.raw)
    """,
    "narrowing_by_class": """
        if isinstance(message.content, list):
            for part in message.content:
                if isinstance(part, models.TextChunk):
                    text: str = part.text
                elif isinstance(part, models.UnknownContentChunk):
                    print(part.anything)
    """,
    "narrowing_by_match": """
        match message.content:
            case str():
                print(message.content.upper())
            case [models.TextChunk(text=text), *_]:
                print(text.upper())
            case list(parts):
                for part in parts:
                    match part:
                        case models.ThinkChunk(thinking=thoughts):
                            print(len(thoughts))
                        case models.UnknownContentChunk():
                            print(part.anything)
                        case _:
                            print(part.type)
    """,
    "events": """
        def read(
            data: models.MessageOutputEvent | models.ResponseDoneEvent | models.UnknownConversationEventsData,
        ) -> None:
            if data.type == "conversation.response.done":
                tokens: int = (data.usage.total_tokens or 0) + 1
            elif data.type == "message.output.delta":
                print(data.output_index)
            else:
                print(data.whatever.there["is"])
    """,
    "plain_types": """
        name: str = chunk.id
        made: int = chunk.created + 1
        for choice in chunk.choices:
            text = choice.delta.content
            print(choice.index + 1, text.upper() if isinstance(text, str) else text)
        usage = chunk.usage
        total: int = usage.total_tokens if usage is not None else 0
        when: datetime.datetime | None = entry.created_at
    """,
    "constructors": """
        models.UserMessage(content="a")
        models.UserMessage(content=[{"type": "text", "text": "a"}, models.TextChunk(text="b")])
        models.AssistantMessage(content=None, prefix=UNSET, tool_calls=[{"function": {"name": "f", "arguments": "{}"}}])
        models.FunctionTool(function={"name": "f", "parameters": {"type": "object"}})
        plain: models.UserMessageDict = {"role": "user", "content": "a"}
        request = models.AgentsCompletionRequest(agent_id="a", messages=[plain, message])
    """,
    "copies": """
        changed: models.AssistantMessage = attrs.evolve(message, content="b")
        same: models.AssistantMessage = copy.copy(message)
        deep: models.AssistantMessage = copy.deepcopy(message)
        again: models.AssistantMessage = models.AssistantMessage.from_dict(message.to_dict())
    """,
    "items": """
        found: bool = "usage" in chunk
        print(chunk["p"], chunk.additional_properties["x"])
        chunk["x"] = 1
        del chunk["x"]
        message.content = None
        message.prefix = True
    """,
}
WRONG = {
    "misspelt_field": "print(chunk.choises)",
    "missing_argument": "models.UserMessage()",
    "wrong_argument": "models.UserMessage(content=7)",
    "wrong_key_in_a_dict": 'models.UserMessage(content=[{"type": "text", "txt": "a"}])',
    "unknown_keyword": 'models.UserMessage(content="a", contents="b")',
    "none_for_a_required_field": "models.TextChunk(text=None)",
    "none_is_not_checked": "print(chunk.usage.total_tokens)",
    "iteration": "print([each for each in chunk])",
    "wrong_assignment": "chunk.id = 7",
    "model_that_is_not": "models.NoSuchModel",
    "positional": 'models.UserMessage("a")',
}


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Problems]:
    """Return the problems that mypy and basedpyright find in the pieces of code above."""
    pieces = {name: BEGIN + textwrap.indent(textwrap.dedent(code), "    ") for name, code in RIGHT.items()}
    pieces |= {name: f"{BEGIN}    {code}\n" for name, code in WRONG.items()}
    folders = [ROOT / "generated", ROOT / "overlays"]
    return check_types(pieces, tmp_path_factory.mktemp("values"), folders, "mypy", "basedpyright")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_models_type_check(problems: dict[str, Problems], checker: str) -> None:
    """Both type checkers find no problem in right uses, and the wrong line of each wrong use."""
    expected = {name: [BEGIN.count("\n") + 1] for name in WRONG}
    assert expected == {name: list(found) for name, found in problems[checker].items()}


def twins() -> list[str]:
    """Return the names of the models that have a TypedDict."""
    names = [name for name in contract.EVERY_MODEL if hasattr(models, f"{documents.class_name(name)}Dict")]
    assert len(names) > 50
    return names


@pytest.mark.parametrize("name", twins())
def test_twins_are_fields_of_pydantic_models(name: str) -> None:
    """With a TypedDict as a type, pydantic accepts documents of the contract and refuses others."""
    adapter: Any = pydantic.TypeAdapter(getattr(models, f"{documents.class_name(name)}Dict"))
    document = documents.full_document(documents.component(name))
    adapter.validate_python(document)
    with pytest.raises(pydantic.ValidationError):
        adapter.validate_python(7)


@pytest.mark.parametrize("name", contract.EVERY_MODEL)
def test_models_are_fields_of_pydantic_models(name: str) -> None:
    """A model can be a pydantic field's type: built from a dict or a model, written as the same JSON, with a schema."""
    holder = pydantic.create_model("Holder", field=(contract.model_of(name), ...))
    document = documents.full_document(documents.component(name))
    held: Any = holder.model_validate({"field": document})
    assert type(held.field) is contract.model_of(name)
    assert json.loads(held.model_dump_json()) == {"field": document}
    assert held.model_dump() == {"field": document}
    assert holder(field=held.field).field is held.field  # type: ignore[attr-defined]  # the class is made at run time
    assert holder.model_json_schema()["properties"]["field"]["type"] == "object"
    with pytest.raises(pydantic.ValidationError, match="expected an object"):
        holder.model_validate({"field": 7})
