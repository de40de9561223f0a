"""Checks JSON values against schemas, and describes their problems as the service does.

A problem has the form of an item in the service's own 422 answer: `loc` (the path), `msg`, `type`, `input`. The wording
is pydantic's, because the service sends pydantic's errors.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .extra import Draft202012Validator
from .formats import FORMATS, WORDS

__all__ = ["Checker", "Problem", "Schema", "excluded", "pointed_at", "problem", "problem_lines", "read_json"]

Schema = Mapping[str, Any]
Problem = dict[str, Any]
Place = list[str | int]
# jsonschema's ValidationError. Its type stubs say that any attribute may be unset, but iter_errors() sets all of them.
Mistake = Any

# Far deeper than a conversation with tools and their schemas, and far below Python's recursion limit (1,000 frames).
_MAX_DEPTH = 100
# For each type of JSON Schema: pydantic's error type, and its words for what was expected.
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
    "maxItems": ("too_long", "List should have at most {} item(s)"),
    "minLength": ("string_too_short", "String should have at least {} character(s)"),
    "maxLength": ("string_too_long", "String should have at most {} character(s)"),
    "pattern": ("string_pattern_mismatch", "String should match pattern '{}'"),
}


class Checker:
    """Checks values against one schema of a document.

    Args:
        schema: an object (it may be a reference), true or false.
        document: the document that references like `#/components/schemas/Name` point into.
    """

    def __init__(self, schema: Any, document: Mapping[str, Any]) -> None:
        whole: Schema = schema if isinstance(schema, Mapping) else {} if schema else {"not": {}}
        self.schema = whole
        self._document = document
        # jsonschema resolves references from the root of the schema that it gets. So `components` is added there; as a
        # keyword it is unknown, and ignored.
        with_components = {**whole, "components": document.get("components", {})}
        self._validator = Draft202012Validator(with_components, format_checker=FORMATS)

    def fits(self, value: Any) -> bool:
        """Return whether a value fits the schema."""
        return self._validator.is_valid(value)

    def problems(self, value: Any, place: Iterable[str | int] = ("body",)) -> list[Problem]:
        """Check a value; return its problems. `place` is the path of the value."""
        found = self._problems(self._validator.iter_errors(value), list(place))
        # Remove duplicates. If three fields are missing, jsonschema gives three errors that do not name the fields, and
        # for each of the three we list all missing fields.
        return list({(tuple(each["loc"]), each["type"]): each for each in found}.values())

    def members(self) -> list[Schema]:
        """Return the members of a union, with references resolved; if the schema is not a union, only the schema."""
        whole = self._resolved(self.schema)
        return [self._resolved(each) for each in whole.get("anyOf") or whole.get("oneOf") or [whole]]

    def types(self, schema: Schema | None = None) -> list[str]:
        """Return the JSON types that a schema or the members of its union name; none if it allows any type."""
        whole = self._resolved(self.schema if schema is None else schema)
        if inner := whole.get("anyOf") or whole.get("oneOf"):
            return [name for each in inner for name in self.types(each)]
        named = whole.get("type", [])
        return [named] if isinstance(named, str) else list(named)

    def _problems(self, errors: Iterable[Mistake], start: Place) -> Iterator[Problem]:
        for error in errors:
            place = [*start, *error.absolute_path]
            if error.validator in {"anyOf", "oneOf"}:
                yield from self._problems_in_union(error, place, start)
            elif error.validator == "required":
                for name in [name for name in error.validator_value if name not in error.instance]:
                    yield problem([*place, name], "missing", "Field required", error.instance)
            elif error.validator == "additionalProperties" and error.validator_value is False:
                for name in [name for name in error.instance if name not in error.schema.get("properties", {})]:
                    text = "Extra inputs are not permitted"
                    yield problem([*place, name], "extra_forbidden", text, error.instance[name])
            else:
                yield problem(place, *_kind_and_text(error), error.instance)

    def _problems_in_union(self, error: Mistake, place: Place, start: Place) -> Iterator[Problem]:
        """Yield the problems with one member of a union: the one that the tag names, otherwise the most similar one."""
        value = error.instance
        members = [self._resolved(member) for member in error.validator_value]
        fitting = [number for number, member in enumerate(members) if self._takes_type(member, value)]
        tag = error.schema.get("discriminator", {}).get("propertyName")
        if not fitting:
            types = dict.fromkeys(name for member in members for name in self.types(member))
            yield problem(place, *_wrong_type(list(types)), value)
            return
        if tag is not None and tag in value:
            tags = [member["properties"][tag].get("const") for member in members]
            if value[tag] not in tags:
                known = ", ".join(repr(name) for name in tags if name is not None)
                text = f"Input tag '{value[tag]}' found using '{tag}' does not match any of the expected tags: {known}"
                yield problem([*place, tag], "union_tag_invalid", text, value[tag])
                return
            meant = tags.index(value[tag])
        else:
            meant = max(fitting, key=lambda number: self._likeness(members[number], value))
        causes = [cause for cause in error.context if cause.relative_schema_path[0] == meant]
        if not causes:  # the value fits several members of a oneOf, which is a mistake of the contract
            yield problem(place, "one_of", "Input fits more than one of the forms allowed", value)
        yield from self._problems(causes, start)

    def _likeness(self, member: Schema, value: object) -> int:
        """Count the fields of a value that are also fields of a member of a union.

        A tag counts if the member allows its value.
        """
        if inner := member.get("anyOf") or member.get("oneOf"):
            return max(self._likeness(self._resolved(each), value) for each in inner)
        fields = member.get("properties", {})
        return sum(
            name in fields and fields[name].get("const", content) == content and not excluded(fields[name], content)
            for name, content in (value.items() if isinstance(value, dict) else ())
        )

    def _takes_type(self, member: Schema, value: object) -> bool:
        types = self.types(member)
        return not types or any(Draft202012Validator.TYPE_CHECKER.is_type(value, name) for name in types)

    def _resolved(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            schema = pointed_at(self._document, schema["$ref"])
        return schema


def pointed_at(document: object, reference: str) -> Any:
    """Follow a reference in a document, such as `#/components/schemas/Name`; return None if it leads nowhere."""
    found = document
    for step in reference.removeprefix("#").split("/")[1:]:
        found = found.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(found, Mapping) else None
    return found


def read_json(body: bytes, place: Iterable[str | int] = ("body",)) -> tuple[Any, list[Problem]]:
    """Parse JSON text from an untrusted source; return its content, and the problem if there is one."""
    try:
        content = json.loads(body.decode("utf-8"), parse_constant=_finite, parse_float=_finite)
    except RecursionError:
        return None, [_invalid_json(place, "nested too deep")]
    except ValueError as error:
        return None, [_invalid_json(place, str(error))]
    if _deeper_than(content, _MAX_DEPTH):
        return None, [_invalid_json(place, "nested too deep")]
    return content, []


def problem(place: Iterable[str | int], kind: str, text: str, value: object) -> Problem:
    """Return one problem."""
    return {"type": kind, "loc": list(place), "msg": text, "input": value}


def problem_lines(problems: Iterable[Problem]) -> str:
    """Return a line for each problem, with its place and its message."""
    return "".join(f"\n  {'.'.join(map(str, each['loc']))}: {each['msg']}" for each in problems)


def excluded(schema: Schema, value: object) -> bool:
    """Return whether a schema excludes this value: `not` names it as a constant or in an enum."""
    others = schema.get("not")
    if not isinstance(others, Mapping):
        return False
    return value in others.get("enum", [others["const"]] if "const" in others else [])


def _invalid_json(place: Iterable[str | int], why: str) -> Problem:
    return {**problem(place, "json_invalid", "JSON decode error", {}), "ctx": {"error": why}}


def _kind_and_text(error: Mistake) -> tuple[str, str]:
    """Return pydantic's error type and message for a mistake in one value."""
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
    if keyword == "format":
        return WORDS[expected]
    kind, text = _BOUNDS.get(keyword, (keyword, f"Input does not fit '{keyword}'"))
    return kind, text.format(expected)


def _wrong_type(types: list[str]) -> tuple[str, str]:
    expected = [_TYPES[name] for name in types]
    return expected[0][0], "Input should be " + " or ".join(text for _, text in expected)


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number} is not a JSON number, or too large")
    return value


def _deeper_than(content: object, limit: int) -> bool:
    """Go level by level in a loop, because recursion would fail on content that is too deep."""
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
