"""Structured output: answers that follow a JSON Schema, or a class for which pydantic 2 makes the schema."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_origin

from attrs import frozen

from mistral_agents_api.nesting import loads

from ._joining import text_of
from .errors import InvalidArgumentError, ResponseValidationError, server_message
from .responses import about

if TYPE_CHECKING:
    from mistral_agents_api.models import ChatCompletionChoice, ChatCompletionResponse

    Complete = Callable[..., ChatCompletionResponse | Awaitable[ChatCompletionResponse]]

T = TypeVar("T")


@frozen
class ParsedResponse(Generic[T]):
    """The result of `parse`."""

    response: ChatCompletionResponse
    """The whole answer of the agent."""
    parsed: T
    """The text of its first choice, parsed."""


async def answered(complete: Complete, arguments: Mapping[str, Any]) -> ChatCompletionResponse:
    """Call `complete` or `complete_async`. With the first, this coroutine never suspends."""
    answer = complete(**arguments)
    return await answer if inspect.isawaitable(answer) else answer


async def parse(complete: Complete, *, response_format: Any, **arguments: Any) -> ParsedResponse[Any]:
    """Ask for structured output and parse it; raises ResponseValidationError, with `.partial`, if it does not fit."""
    field, read = _form(response_format)
    answer = await answered(complete, {**arguments, "response_format": field})
    choice = first_choice(answer)
    text = text_of(getattr(choice, "message", None))
    try:
        return ParsedResponse(answer, read(text))
    except (ValueError, RecursionError) as error:
        said = reason(error)
        if getattr(choice, "finish_reason", None) == "length":
            said += " It was cut off: allow more max_tokens."
        elif not text and getattr(getattr(choice, "message", None), "tool_calls", None):
            said = "the agent calls functions instead of answering. Use run_tools."
        message = f"the answer does not fit response_format: {said}"
        raise about(ResponseValidationError(message, body=text), answer) from error


def first_choice(answer: ChatCompletionResponse) -> ChatCompletionChoice | None:
    """Return the first choice of an answer, or None if the service sent none."""
    return next(iter(getattr(answer, "choices", None) or ()), None)


def _form(wanted: Any) -> tuple[dict[str, Any], Callable[[str], Any]]:
    """Return the `response_format` of the request, and a function that parses the answer's text."""
    read, schema = loads, wanted
    # These are types: a class, list[...], A | B, Literal, a NewType, and `type Alias = ...`. The last is recognised by
    # the name of its class, because reading its value could raise NameError.
    if (
        isinstance(wanted, type)
        or get_origin(wanted)
        or hasattr(wanted, "__supertype__")
        or type(wanted).__name__ == "TypeAliasType"
    ):
        read, schema = adapt("response_format", wanted)
    if not isinstance(schema, Mapping) or schema.get("type") in ("text", "json_object", "json_schema"):
        raise InvalidArgumentError(f"response_format must be a class or a JSON Schema, not {wanted!r:.80}")
    name = re.sub("[^A-Za-z0-9_-]+", "_", str(schema.get("title", "")))[:64].strip("_") or "answer"
    return {"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": True}}, read


def adapt(name: str, kind: Any) -> tuple[Any, dict[str, Any]]:
    """Return a parser of JSON for `kind`, and its JSON Schema; raises InvalidArgumentError, which names `name`."""
    try:
        from pydantic import PydanticUserError, TypeAdapter
    except ImportError as error:
        raise InvalidArgumentError(f"{name}: this needs pydantic 2. Install it: pip install pydantic") from error
    try:
        adapter = TypeAdapter(kind)
        schema = json.dumps(adapter.json_schema())
    except (PydanticUserError, NameError) as error:  # it has no schema, or an annotation that names nothing
        raise InvalidArgumentError(
            f"{name}: expected a type for which pydantic can make a JSON Schema: {error}"
        ) from error
    return adapter.validate_json, _closed(json.loads(schema))


# The keywords that hold other schemas. Elsewhere, data such as defaults and examples may only look like a schema.
_ONE, _SOME = {"items", "contains", "not", "if", "then", "else", "additionalProperties"}, {"anyOf", "oneOf", "allOf"}
_NAMED = {"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"}


def _closed(schema: Any) -> Any:
    """Return a schema whose objects have only the fields that it names, because strict structured output needs that."""
    if not isinstance(schema, dict):
        return schema
    closed = {
        name: _closed(part)
        if name in _ONE
        else [_closed(each) for each in part]
        if name in _SOME | {"prefixItems"}
        else {key: _closed(each) for key, each in part.items()}
        if name in _NAMED
        else part
        for name, part in schema.items()
    }
    # The schema of a dict has no properties and stays open; that of a model is closed, even if it allows more fields.
    takes_any = schema.get("additionalProperties", True) is True
    if (
        schema.get("type") == "object"
        and takes_any
        and ("properties" in schema or "additionalProperties" not in schema)
    ):
        closed["additionalProperties"] = False
    return closed


def reason(error: Exception) -> str:
    """Return why a text could not be parsed, as a sentence: what pydantic found and where, or else the error."""
    mistakes: Any = getattr(error, "json", None)
    return server_message(mistakes(include_context=False, include_input=False)) if mistakes else f"{error}."
