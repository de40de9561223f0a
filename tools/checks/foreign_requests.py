"""Check that openapi-core reads the contract as we do: let it validate requests, some of which the contract forbids.

Every body has `additionalProperties: false`. So openapi-core accepts a body with all fields only if it knows them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest
from tools.openapi.operations import Operation, with_path_parameters

from .contract import Contract, Schema, component, members

_HOST = "https://api.mistral.ai"
_STRANGER = "a_field_that_is_not_there"


def problems(contract: Contract, path: Path) -> Iterator[str]:
    """Yield the requests that openapi-core refuses although the contract allows them, or the other way round."""
    reader = OpenAPI.from_file_path(str(path))
    for operation in contract.operations():
        for what, request, allowed in _requests(contract, operation):
            verdict = _verdict(reader, request)
            if allowed and verdict:
                yield f"{operation.name}: refuses {what}: {verdict}"
            elif not allowed and not verdict:
                yield f"{operation.name}: accepts {what}"


def _verdict(reader: OpenAPI, request: MockRequest) -> str:
    """Return why openapi-core refuses a request; "" if it accepts it."""
    try:
        reader.validate_request(request)
    except OpenAPIError as error:
        reasons = [error, *getattr(error.__cause__, "schema_errors", [error.__cause__])]
        return " ".join(" ".join(map(str, filter(None, reasons))).split())[:300]
    return ""


def _requests(contract: Contract, operation: Operation) -> Iterator[tuple[str, MockRequest, bool]]:
    """Yield requests, each with a description and whether the contract allows it."""
    parameters = contract.parameters(operation)
    query = {each["name"]: _parameter_value(contract, each) for each in parameters if each["in"] == "query"}
    needed = {
        each["name"]: query[each["name"]] for each in parameters if each["in"] == "query" and each.get("required")
    }
    body = contract.body(operation)
    names = [component(each) for each in members(body) or [body] if each]
    forms = [contract.schemas[name] for name in names]
    smallest = value(contract, forms[0]) if forms else None
    yield "no optional parameter", _request(operation, needed, smallest), True
    yield "every parameter", _request(operation, query, smallest), True
    for name in needed:
        rest = {key: text for key, text in needed.items() if key != name}
        yield f"a request without {name}", _request(operation, rest, smallest), False
    for form, name in zip(forms, names, strict=True):
        whole = {key: value(contract, field) for key, field in form["properties"].items()}
        yield f"every field of {name}", _request(operation, needed, whole), True
        yield f"an unknown field in {name}", _request(operation, needed, whole | {_STRANGER: 1}), False
        for key in form.get("required", []):
            rest = {other: each for other, each in whole.items() if other != key}
            if not any(_fits(other, rest) for other in forms):
                yield f"{name} without {key}", _request(operation, needed, rest), False
    examples = operation.raw.get("requestBody", {}).get("content", {}).get("application/json", {}).get("examples", {})
    for name, example in examples.items():
        yield f"the example {name}", _request(operation, needed, example["value"]), True


def _fits(form: Schema, body: Schema) -> bool:
    """Return whether a body, whose values fit their fields, has the fields that this form needs, and no others."""
    fields = form["properties"]
    fixed = {name: field["const"] for name, field in fields.items() if "const" in field and name in body}
    return set(form.get("required", [])) <= body.keys() <= fields.keys() and fixed.items() <= body.items()


def _request(operation: Operation, query: dict[str, Any], body: Any) -> MockRequest:
    return MockRequest(
        _HOST,
        operation.method,
        with_path_parameters(operation.path, "1"),
        args=query,
        headers={"Authorization": "Bearer key"},
        data=None if body is None else json.dumps(body).encode(),
    )


def _parameter_value(contract: Contract, parameter: Schema) -> Any:
    if "content" in parameter:
        return json.dumps(value(contract, parameter["content"]["application/json"]["schema"]))
    return value(contract, parameter["schema"])


def value(contract: Contract, schema: Schema) -> Any:
    """Return a value that a schema allows: objects with only their required fields, and a union's first member."""
    schema = contract.resolve(schema)
    if "const" in schema:
        return schema["const"]
    if choices := schema.get("enum") or members(schema):
        return choices[0] if "enum" in schema else value(contract, choices[0])
    kind: str | Sequence[str] = schema.get("type", "string")
    kind = kind if isinstance(kind, str) else kind[0]
    if kind == "object":
        return {name: value(contract, schema["properties"][name]) for name in schema.get("required", [])}
    if kind == "array":
        return [value(contract, schema["items"])]
    return {"string": "a", "boolean": True}.get(kind, schema.get("minimum", 1))
