"""The contract, as the stub reads it: its operations, and what in a request or an answer does not fit."""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Mapping
from typing import Any

try:
    import yaml
except ImportError as error:
    advice = 'In a checkout: pip install ".[testing]". Otherwise: pip install "mistral-agents[testing]"'
    raise ImportError(f"mistral_agents.testing needs more packages. {advice}") from error

from .mistakes import Checker, Problem, problem_lines
from .operations import Operation, operations

__all__ = ["COMPLETE", "PATH", "Contract", "Problem", "load_contract", "problem_lines"]

# The operation that is meant where none is named, as when the contract had no other.
COMPLETE = "agents_complete"
PATH = "/v1/agents/completions"


@functools.cache
def load_contract() -> Contract:
    """Read the contract that the generated package carries."""
    text = (importlib.resources.files("mistral_agents_api") / "openapi.yaml").read_text("utf-8")
    # The C loader is several times faster; PyYAML has it wherever it found libyaml.
    return Contract(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506  # both are safe


class Contract:
    """An OpenAPI document, by which requests and answers are checked."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.operations: dict[str, Operation] = {each.name: each for each in operations(document)}
        """The operations by `operationId`."""
        self._by_path: dict[str, list[Operation]] = {}
        # A path without parameters wins over one with parameters (OpenAPI, "Path Templating Matching").
        for each in sorted(self.operations.values(), key=lambda each: (each.path.count("{"), -len(each.path))):
            self._by_path.setdefault(each.path, []).append(each)

    def at(self, path: str) -> list[Operation]:
        """Return the operations at a path: one for each method that it takes."""
        for found in self._by_path.values():
            if found[0].path_values(path) is not None:
                return found
        return []

    def nullable_fields(self, schema: str) -> tuple[str, ...]:
        """Return the fields of a schema that may be null; none if the contract has no such schema."""
        fields = self.document["components"]["schemas"].get(schema, {}).get("properties", {})
        return tuple(name for name, field in fields.items() if Checker(field, self.document).fits(None))

    def read_request(self, body: bytes, operation: str = COMPLETE) -> tuple[Any, list[Problem]]:
        """Parse a request's body; return its JSON (None if it has none) and what does not fit the contract."""
        return self.operations[operation].read_body(body)

    def answer_problems(self, status: int, body: object, operation: str = COMPLETE) -> list[Problem]:
        """Return what in a JSON answer does not fit the contract.

        Args:
            status: the status of the answer.
            body: its JSON.
            operation: the `operationId`, such as "agents_get".

        Raises:
            KeyError: the contract has no such operation, or no such status of it.
        """
        checker = self.operations[operation].answer_checker(status)
        return [] if checker is None else checker.problems(body)

    def event_problems(self, event: Mapping[str, Any], operation: str) -> list[Problem]:
        """Return what in one event of a stream does not fit the contract.

        Args:
            event: its fields as they are on the wire: `data` (a text), and `event`, `id` if it has them.
            operation: the `operationId`, such as "conversations_start".

        Raises:
            KeyError: the contract has no such operation, or it has no stream.
        """
        stream = self.operations[operation].stream
        if stream is None:
            raise KeyError(f"{operation} has no stream")
        return stream.problems(event)

    def chunk_problems(self, chunk: object, operation: str = COMPLETE) -> list[Problem]:
        """Return what in the JSON of one event does not fit the contract."""
        stream = self.operations[operation].stream
        if stream is None:
            raise KeyError(f"{operation} has no stream")
        return stream.data.problems(chunk)
