# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The errors for statuses and data that do not fit the contract."""

from __future__ import annotations


class UnexpectedStatus(Exception):
    """The service answered with a status that is not in the contract, and raise_on_unexpected_status is set."""

    def __init__(self, status_code: int, content: bytes) -> None:
        super().__init__(status_code, content)
        self.status_code = status_code
        self.content = content

    def __str__(self) -> str:
        return f"status {self.status_code} is not in the contract: {self.content.decode(errors='replace')[:500]}"


class StructureError(ValueError):
    """JSON data does not have the structure that the contract describes.

    `path` leads to the place: names and positions, from the outside in. `expected` says what belongs there.
    """

    def __init__(self, expected: str, found: object, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(expected, found, path)
        self.expected = expected
        self.path = path
        self._found = found

    def __str__(self) -> str:
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path).lstrip(".")
        return f"{steps or 'the data'}: expected {self.expected}, got {_kind(self._found)}"

    def inside(self, step: str | int) -> StructureError:
        """Return the same error, with `step` added in front of its path."""
        self.path = (step, *self.path)
        self.args = (self.expected, self._found, self.path)
        return self


def _kind(value: object) -> str:
    """Return the JSON type of a value."""
    if value is None:
        return "null"
    names = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object"}
    return names.get(type(value), repr(value)[:80])


__all__ = ["StructureError", "UnexpectedStatus"]
