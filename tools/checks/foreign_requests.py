"""Check that openapi-core reads the contract as we do: let it validate requests, some of which the contract forbids.

Every body has `additionalProperties: false`. So openapi-core accepts a body with all fields only if it knows them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, frozen
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest
from tools.openapi.operations import Operation

from .contract import Contract, Schema, component, members
from .values import NoValueError, fields, value

_HOST = "https://api.mistral.ai"
_STRANGER = "a_field_that_is_not_there"


def problems(contract: Contract, path: Path) -> Iterator[str]:
    """Yield the requests that openapi-core refuses although the contract allows them, or the other way round."""
    reader = OpenAPI.from_file_path(str(path))
    for operation in contract.operations():
        try:
            yield from _judged(reader, contract, operation)
        except NoValueError as error:
            yield f"{operation.name}: cannot be checked: {error}"


def _judged(reader: OpenAPI, contract: Contract, operation: Operation) -> Iterator[str]:
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
    every = _Parameters.of(contract, operation)
    needed = every.needed()
    body = contract.body(operation)
    written = [each for each in members(body) or [body] if each]
    forms = {
        component(each) or f"form {number} of the body": contract.resolve(each)
        for number, each in enumerate(written, 1)
    }
    smallest = value(contract, next(iter(forms.values()))) if forms else None
    yield "no optional parameter", _request(operation, needed, smallest), True
    yield "every parameter", _request(operation, every, smallest), True
    for name in needed.query:
        yield f"a request without {name}", _request(operation, needed.without(name), smallest), False
    for name, form in forms.items():
        whole = fields(contract, form)
        yield f"every field of {name}", _request(operation, needed, whole), True
        yield f"an unknown field in {name}", _request(operation, needed, whole | {_STRANGER: 1}), False
        for key in form.get("required", []):
            rest = {other: each for other, each in whole.items() if other != key}
            if not any(_fits(other, rest) for other in forms.values()):
                yield f"{name} without {key}", _request(operation, needed, rest), False
    examples = operation.raw.get("requestBody", {}).get("content", {}).get("application/json", {}).get("examples", {})
    for name, example in examples.items():
        yield f"the example {name}", _request(operation, needed, example["value"]), True


def _fits(form: Schema, body: Schema) -> bool:
    """Return whether a body has all fields that a form requires, only fields that it knows, and its constants.

    The values of the body are known to fit their fields.
    """
    known = form.get("properties", {})
    fixed = {name: field["const"] for name, field in known.items() if "const" in field and name in body}
    return set(form.get("required", [])) <= body.keys() <= known.keys() and fixed.items() <= body.items()


@frozen
class _Parameters:
    """The values of parameters by their names."""

    path: dict[str, Any]
    query: dict[str, Any]
    header: dict[str, Any]
    required: frozenset[str]

    @classmethod
    def of(cls, contract: Contract, operation: Operation) -> _Parameters:
        written = contract.parameters(operation)
        path, query, header = (
            {each["name"]: _parameter_value(contract, each) for each in written if each["in"] == where}
            for where in ("path", "query", "header")
        )
        return cls(path, query, header, frozenset(each["name"] for each in written if each.get("required")))

    def needed(self) -> _Parameters:
        """Return only the required parameters."""
        query, header = (
            {name: found[name] for name in found if name in self.required} for found in (self.query, self.header)
        )
        return evolve(self, query=query, header=header)

    def without(self, name: str) -> _Parameters:
        """Return them without one in the query."""
        return evolve(self, query={key: each for key, each in self.query.items() if key != name})


def _request(operation: Operation, parameters: _Parameters, body: Any) -> MockRequest:
    path = operation.path
    for name, each in parameters.path.items():
        path = path.replace(f"{{{name}}}", str(each))
    return MockRequest(
        _HOST,
        operation.method,
        path,
        args=parameters.query,
        headers={"Authorization": "Bearer key"} | parameters.header,
        data=None if body is None else json.dumps(body).encode(),
    )


def _parameter_value(contract: Contract, parameter: Schema) -> Any:
    """Return the value of a parameter as it is sent."""
    if "content" in parameter:
        return json.dumps(value(contract, parameter["content"]["application/json"]["schema"]))
    found = value(contract, parameter["schema"])
    return json.dumps(found) if isinstance(found, bool) else found
