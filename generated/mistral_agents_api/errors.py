# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The errors that this package raises by itself; everything else comes from httpx."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class UnexpectedStatus(Exception):
    """The service answered with a status that the contract does not have, and raise_on_unexpected_status is set."""

    def __init__(self, status_code: int, content: bytes) -> None:
        super().__init__(status_code, content)
        self.status_code = status_code
        self.content = content

    def __str__(self) -> str:
        return f"status {self.status_code} is not in the contract: {self.content.decode(errors='replace')[:500]}"


class StructureError(ValueError):
    """JSON data does not have the structure of the model: `path` leads to the place, `expected` says what was due."""

    def __init__(self, expected: str, found: object, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(expected, found, path)
        self.expected = expected
        self.path = path
        self._found = found
        # The value whose reading failed; whoever holds it adds the step that leads to it.
        self._holder = found

    def __str__(self) -> str:
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path).lstrip(".")
        return f"{steps or 'the document'}: {self.expected}" + (
            "" if self._found is None and "missing" in self.expected else f" was due, but {_kind(self._found)} came"
        )

    @classmethod
    def while_reading(
        cls, model: str, key: str, source: Mapping[str, Any], error: KeyError | StructureError
    ) -> StructureError:
        """Return the error to raise for `error`, which arose while `model` was read from `source`, last at `key`."""
        if isinstance(error, StructureError):
            error.path = (key, *_steps_to(error._holder, source[key]), *error.path)
        else:
            error = cls(f"the required field is missing in {model}", None, (str(error.args[0]),))
        error._holder = source
        return error


def _steps_to(holder: object, value: object) -> tuple[int, ...]:
    """Return the indexes that lead from `value` to `holder`, which is `value` itself or an item of its lists."""
    if value is not holder and isinstance(value, list):
        for index, item in enumerate(value):
            if item is holder:
                return (index,)
            if isinstance(item, list) and (steps := _steps_to(holder, item)):
                return (index, *steps)
    return ()


def _kind(value: object) -> str:
    """Name a value in the words of JSON."""
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, (list, tuple)):
        return "a list"
    return f"{type(value).__name__} {value!r:.80}"


__all__ = ["StructureError", "UnexpectedStatus"]
