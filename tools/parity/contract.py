"""The contract for the comparison: the operation that a request belongs to, and whether the request fits."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

import yaml
from jsonschema import Draft202012Validator
from tools.openapi import operations as written
from tools.openapi.pointers import resolve

Schema = Mapping[str, Any]


class Operation(NamedTuple):
    """One operation, with a pattern for its path and a validator for its body (None if it has no body)."""

    name: str
    """Tag and method, such as `agents.get`."""
    http_method: str
    path: re.Pattern[str]
    query: Mapping[str, bool]
    """The names of query parameters, and whether they are required."""
    body: Draft202012Validator | None
    answers: Mapping[str, Any]
    """The media types of its answer, with examples."""


class Contract:
    """A contract. Without a document, it is the one that the generated package contains."""

    def __init__(self, document: Schema | None = None) -> None:
        text = (importlib.resources.files("mistral_agents_api") / "openapi.yaml").read_text("utf-8")
        self._document: Schema = yaml.safe_load(text) if document is None else document
        self.operations = list(map(self._operation, written.operations(self._document)))

    def operation(self, http_method: str, path: str) -> Operation | None:
        """Return the operation of a request; paths without parameters win, as OpenAPI says."""
        found = [each for each in self.operations if each.http_method == http_method and each.path.fullmatch(path)]
        return min(found, key=lambda each: each.path.groups, default=None)

    def problems(self, http_method: str, path: str, query: Mapping[str, Any], body: Any) -> Iterator[str]:
        """Yield the problems of a request that does not fit the contract."""
        operation = self.operation(http_method, path)
        if operation is None:
            yield f"there is no {http_method} {path}"
            return
        yield from (f"{name}: no such query parameter" for name in query if name not in operation.query)
        yield from (f"{name}: missing" for name, required in operation.query.items() if required and name not in query)
        if operation.body is not None:
            for error in operation.body.iter_errors(body):
                yield f"{error.json_path}: {error.message:.200}"
        elif body is not None:
            yield "a body was sent, but the operation takes none"

    def _operation(self, operation: written.Operation) -> Operation:
        parameters = written.parameters(self._document, operation)
        body = self._resolve(operation.raw.get("requestBody", {})).get("content", {}).get("application/json")
        success = next(answer for status, answer in operation.raw["responses"].items() if status.startswith("2"))
        return Operation(
            name=operation.raw["operationId"].replace("_", ".", 1),
            http_method=operation.method.upper(),
            path=written.path_pattern(operation.path),
            query={each["name"]: each.get("required", False) for each in parameters if each["in"] == "query"},
            # References start at the root of the schema, so the schema includes the components.
            body=body and Draft202012Validator({**body["schema"], "components": self._document["components"]}),
            answers=self._resolve(success).get("content", {}),
        )

    def _resolve(self, node: Schema) -> Schema:
        return cast("Schema", resolve(self._document, node))


__all__ = ["Contract", "Operation"]
