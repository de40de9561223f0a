"""The contract, as the stub reads it: its operations, and checks of requests and answers."""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Mapping
from typing import Any

from ..secrets.masking import Credentials, Masker
from .extra import yaml
from .mistakes import Checker, Problem, problem_lines
from .operations import Operation, operations
from .write_only import credentials_of

__all__ = ["COMPLETE", "PATH", "Contract", "Problem", "load_contract", "problem_lines"]

# The default operation of the methods below.
COMPLETE = "agents_complete"
PATH = "/v1/agents/completions"


@functools.cache
def load_contract() -> Contract:
    """Read the copy of the contract in the generated package."""
    text = (importlib.resources.files("mistral_agents_api") / "openapi.yaml").read_text("utf-8")
    # The C loader is several times faster. PyYAML has it if it was built with libyaml.
    return Contract(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # both are safe


class Contract:
    """An OpenAPI document. Requests and answers are checked against it."""

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

    def masker(self) -> Masker:
        """Return a new masker of keys, cookies, and the fields that the contract marks `writeOnly`."""
        return Masker(credentials=self.credentials)

    @functools.cached_property
    def credentials(self) -> Credentials:
        """The fields that the contract marks `writeOnly`."""
        return credentials_of(self.document)

    def read_request(self, body: bytes, operation: str = COMPLETE) -> tuple[Any, list[Problem]]:
        """Parse and check a request's body. Return its JSON (None if it has none), and its problems."""
        return self.operations[operation].read_body(body)

    def answer_problems(self, status: int, body: object, operation: str = COMPLETE) -> list[Problem]:
        """Check a JSON answer; return its problems.

        Args:
            status: the status of the answer.
            body: the JSON of the answer.
            operation: the `operationId`, such as "agents_get".

        Raises:
            KeyError: the contract has no such operation, or no such status of it.
        """
        checker = self.operations[operation].answer_checker(status)
        return [] if checker is None else checker.problems(body)

    def event_problems(self, event: Mapping[str, Any], operation: str) -> list[Problem]:
        """Check one event of a stream; return its problems.

        Args:
            event: the fields of the event: `data` (a text), and `event` and `id` if it has them.
            operation: the `operationId`, such as "conversations_start".

        Raises:
            KeyError: the contract has no such operation, or it has no stream.
        """
        stream = self.operations[operation].stream
        if stream is None:
            raise KeyError(f"{operation} has no stream")
        return stream.problems(event)

    def chunk_problems(self, chunk: object, operation: str = COMPLETE) -> list[Problem]:
        """Check the JSON in the data of one event; return its problems."""
        stream = self.operations[operation].stream
        if stream is None:
            raise KeyError(f"{operation} has no stream")
        return stream.data.problems(chunk)
