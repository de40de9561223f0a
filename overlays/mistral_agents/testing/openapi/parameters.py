"""Path, query and header parameters of a request: from text to the values that the contract declares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from .mistakes import Checker, Problem, problem, read_json

__all__ = ["Parameter"]

# How a text becomes a value of another JSON type: a pattern that the text must match, and a function that converts it.
_READERS: Mapping[str, tuple[re.Pattern[str], Any]] = {
    "integer": (re.compile(r"[+-]?[0-9]{1,40}", re.ASCII), int),
    "number": (re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?", re.ASCII), float),
    "boolean": (re.compile("true|false"), lambda text: text == "true"),
    "null": (re.compile("null"), lambda _: None),
}
_UNPARSED = {
    "integer": ("int_parsing", "Input should be a valid integer, unable to parse string as an integer"),
    "number": ("float_parsing", "Input should be a valid number, unable to parse string as a number"),
    "boolean": ("bool_parsing", "Input should be a valid boolean, unable to interpret input"),
}


@attrs.frozen
class Parameter:
    """A parameter as the contract declares it: `place` is "path", "query" or "header"."""

    name: str
    place: str
    required: bool
    checker: Checker
    is_json: bool
    """Whether its text is JSON (`content` in the contract)."""
    exploded: bool
    """Whether each item of a list is a parameter of its own. Otherwise all items are one text, separated by commas."""

    @classmethod
    def of(cls, declared: Mapping[str, Any], document: Mapping[str, Any]) -> Parameter:
        """Read a parameter object of an OpenAPI document."""
        content = next(iter(declared.get("content", {}).values()), None)
        checker = Checker((content or declared).get("schema", True), document)
        place = declared["in"]
        required = declared.get("required", False) or place == "path"
        exploded = declared.get("explode", declared.get("style", "form" if place == "query" else "simple") == "form")
        return cls(declared["name"], place, required, checker, content is not None, exploded)

    def read(self, texts: Sequence[str]) -> tuple[Any, list[Problem]]:
        """Convert the texts of a parameter. Return its value (None if there are no texts), and its problems."""
        loc = [self.place, self.name]
        if not texts:
            return None, [problem(loc, "missing", "Field required", None)] if self.required else []
        if self.is_json:
            value, problems = read_json(texts[-1].encode("utf-8", "surrogateescape"), loc)
            return value, problems or self.checker.problems(value, loc)
        types = self.checker.types()
        if "array" in types:
            items = texts if self.exploded else texts[-1].split(",")
            inner: Any = next((each.get("items", {}) for each in self.checker.members() if "items" in each), {})
            value = [_value(each, self.checker.types(inner)) for each in items]
            return value, self.checker.problems(value, loc)
        value = self._fitting(texts[-1], types)
        if isinstance(value, str) and types and "string" not in types:
            kind, text = _UNPARSED.get(types[0], (f"{types[0]}_parsing", f"Input should be a valid {types[0]}"))
            return value, [problem(loc, kind, text, value)]
        return value, self.checker.problems(value, loc)

    def _fitting(self, text: str, types: Iterable[str]) -> Any:
        """Convert the text to each type that it can have.

        Return the first value that fits the schema; if none fits, the first value.
        """
        values = [reader(text) for name in types if (reader := _reader(name, text)) is not None]
        candidates = [*values, *([text] if not values or "string" in types else [])]
        return next((value for value in candidates if self.checker.fits(value)), candidates[0])


def _reader(name: str, text: str) -> Any:
    pattern, reader = _READERS.get(name, (None, None))
    return reader if pattern is not None and pattern.fullmatch(text) else None


def _value(text: str, types: Sequence[str]) -> Any:
    reader = None if "string" in types else next(filter(None, (_reader(name, text) for name in types)), None)
    return text if reader is None else reader(text)
