"""The contract, as the stub reads it: what in a request does not fit, and whether an answer fits.

Mistakes are told in the form of the service's own 422 answer: `loc` (the path, from "body" on), `msg`, `type`, `input`.
Their wording is pydantic's, whose errors the service sends.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

try:
    import yaml
    from jsonschema import Draft202012Validator
except ImportError as error:
    advice = 'In a checkout: pip install ".[testing]". Otherwise: pip install "mistral-agents[testing]"'
    raise ImportError(f"mistral_agents.testing needs more packages. {advice}") from error

__all__ = ["PATH", "Contract", "Problem", "load_contract", "problem_lines"]

PATH = "/v1/agents/completions"
# Far deeper than a conversation with tools and their schemas, and out of reach of Python's own limit (1,000 frames).
_MAX_DEPTH = 100
# JSON Schema's types in pydantic's words: the kind of mistake, what was expected.
_TYPES = {
    "array": ("list_type", "a valid list"),
    "boolean": ("bool_type", "a valid boolean"),
    "integer": ("int_type", "a valid integer"),
    "null": ("none_required", "None"),
    "number": ("float_type", "a valid number"),
    "object": ("dict_type", "a valid dictionary"),
    "string": ("string_type", "a valid string"),
}
_BOUNDS = {
    "maximum": ("less_than_equal", "Input should be less than or equal to {}"),
    "minimum": ("greater_than_equal", "Input should be greater than or equal to {}"),
    "minItems": ("too_short", "List should have at least {} item(s)"),
}

# jsonschema's ValidationError. Its type stubs let every attribute be "unset", which none is that iter_errors() yields.
Mistake = Any
Schema = Mapping[str, Any]
Problem = dict[str, Any]


@functools.cache
def load_contract() -> Contract:
    """Read the contract that the generated package carries."""
    text = (importlib.resources.files("mistral_agents_api") / "openapi.yaml").read_text("utf-8")
    # The C loader is several times faster; PyYAML has it wherever it found libyaml.
    return Contract(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506  # both are safe


class Contract:
    """An OpenAPI document, by which requests to `PATH` and their answers are checked."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._components = document["components"]
        operation = document["paths"][PATH]["post"]
        self._request = self._validator(operation["requestBody"]["content"]["application/json"]["schema"])
        self._answers = {
            status: self._validator(answer["content"]["application/json"]["schema"])
            for status, answer in operation["responses"].items()
        }
        self._chunk = self._validator(self._components["schemas"]["CompletionChunk"])

    def read_request(self, body: bytes) -> tuple[Any, list[Problem]]:
        """Parse a request's body; return its JSON (None if it has none) and what does not fit the contract."""
        if not body:
            return None, [_problem(["body"], "missing", "Field required", None)]
        try:
            content = json.loads(body.decode("utf-8"), parse_constant=_finite, parse_float=_finite)
        except RecursionError:
            return None, [_invalid_json("nested too deep")]
        except ValueError as error:
            return None, [_invalid_json(str(error))]
        if _deeper_than(content, _MAX_DEPTH):
            return None, [_invalid_json("nested too deep")]
        return content, self._problems(self._request, content)

    def answer_problems(self, status: int, body: object) -> list[Problem]:
        """Return what in a JSON answer does not fit the contract.

        Raises:
            KeyError: the contract has no such status.
        """
        validator = self._answers.get(str(status)) or self._answers[f"{status // 100}XX"]
        return self._problems(validator, body)

    def chunk_problems(self, chunk: object) -> list[Problem]:
        """Return what in one piece of a stream does not fit the contract."""
        return self._problems(self._chunk, chunk)

    def _validator(self, schema: Schema) -> Draft202012Validator:
        # References count from the root of the schema at hand: so the components come along, a keyword without meaning.
        return Draft202012Validator({**schema, "components": self._components})

    def _problems(self, validator: Draft202012Validator, content: Any) -> list[Problem]:
        found = self._told(validator.iter_errors(content))
        # By place and kind: jsonschema reports each missing field by itself, without its name.
        return list({(tuple(problem["loc"]), problem["type"]): problem for problem in found}.values())

    def _told(self, errors: Iterable[Mistake]) -> Iterator[Problem]:
        for error in errors:
            loc = ["body", *error.absolute_path]
            if error.validator in {"anyOf", "oneOf"}:
                yield from self._told_of_union(error, loc)
            elif error.validator == "required":
                for name in [name for name in error.validator_value if name not in error.instance]:
                    yield _problem([*loc, name], "missing", "Field required", error.instance)
            elif error.validator == "additionalProperties":
                for name in [name for name in error.instance if name not in error.schema.get("properties", {})]:
                    text = "Extra inputs are not permitted"
                    yield _problem([*loc, name], "extra_forbidden", text, error.instance[name])
            else:
                yield _problem(loc, *_kind_and_text(error), error.instance)

    def _told_of_union(self, error: Mistake, loc: list[str | int]) -> Iterator[Problem]:
        """Tell the mistakes of the one member that was meant."""
        value = error.instance
        members = [self._resolved(member) for member in error.validator_value]
        fitting = [place for place, member in enumerate(members) if self._takes_type(member, value)]
        tag = error.schema.get("discriminator", {}).get("propertyName")
        if not fitting:
            types = dict.fromkeys(name for member in members for name in self._types(member))
            yield _problem(loc, *_wrong_type(list(types)), value)
            return
        if tag is not None and tag in value:
            tags = [member["properties"][tag].get("const") for member in members]
            if value[tag] not in tags:
                known = ", ".join(repr(name) for name in tags if name is not None)
                text = f"Input tag '{value[tag]}' found using '{tag}' does not match any of the expected tags: {known}"
                yield _problem([*loc, tag], "union_tag_invalid", text, value[tag])
                return
            meant = tags.index(value[tag])
        else:
            meant = max(fitting, key=lambda place: self._known_fields(members[place], value))
        causes = [cause for cause in error.context if cause.relative_schema_path[0] == meant]
        if not causes:  # of a oneOf, which the contract should have told apart
            yield _problem(loc, "one_of", "Input fits more than one of the forms allowed", value)
        yield from self._told(causes)

    def _known_fields(self, member: Schema, value: object) -> int:
        """Count the fields that a member of a union knows; one whose fixed value differs does not count."""
        fields = member.get("properties", {})
        given = value if isinstance(value, dict) else {}
        return sum(name in fields and fields[name].get("const", given[name]) == given[name] for name in given)

    def _takes_type(self, member: Schema, value: object) -> bool:
        types = self._types(member)
        return not types or any(Draft202012Validator.TYPE_CHECKER.is_type(value, name) for name in types)

    def _types(self, member: Schema) -> list[str]:
        """Return the JSON types that a schema names, through unions; none when it takes any."""
        inner = member.get("anyOf") or member.get("oneOf")
        if inner:
            return [name for schema in inner for name in self._types(self._resolved(schema))]
        named = member.get("type", [])
        return [named] if isinstance(named, str) else list(named)

    def _resolved(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            schema = self._components["schemas"][schema["$ref"].rpartition("/")[2]]
        return schema


def problem_lines(problems: Iterable[Problem]) -> str:
    """Return a line for each problem, with its place and its message."""
    return "".join(f"\n  {'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in problems)


def _problem(loc: list[str | int], kind: str, text: str, value: object) -> Problem:
    return {"type": kind, "loc": loc, "msg": text, "input": value}


def _invalid_json(why: str) -> Problem:
    return {**_problem(["body"], "json_invalid", "JSON decode error", {}), "ctx": {"error": why}}


def _kind_and_text(error: Mistake) -> tuple[str, str]:
    """Tell a mistake in one value in pydantic's words."""
    keyword: str = error.validator
    expected: Any = error.validator_value
    if keyword == "type":
        return _wrong_type([expected] if isinstance(expected, str) else expected)
    if keyword == "enum":
        return "enum", "Input should be " + " or ".join(json.dumps(value) for value in expected)
    if keyword == "const":
        if isinstance(expected, bool) and not isinstance(error.instance, bool):
            return _wrong_type(["boolean"])
        return "literal_error", f"Input should be {json.dumps(expected)}"
    kind, text = _BOUNDS.get(keyword, (keyword, f"Input does not fit '{keyword}'"))
    return kind, text.format(expected)


def _wrong_type(types: list[str]) -> tuple[str, str]:
    expected = [_TYPES[name] for name in types]
    return expected[0][0], "Input should be " + " or ".join(text for _, text in expected)


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number} is no JSON number, or too large")
    return value


def _deeper_than(content: object, limit: int) -> bool:
    """Look level by level, since recursion is what this guards against."""
    level = [content]
    for _ in range(limit):
        level = [
            inner
            for value in level
            if isinstance(value, (dict, list))
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True
