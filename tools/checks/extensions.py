"""Check the extensions of the contract. The top of openapi.yaml says what each of them means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.openapi.operations import Operation

from .contract import Contract, Schema, members, walk

_STREAM = "text/event-stream"
# The key beside which each extension is allowed.
_BESIDE = {"x-idempotent": "operationId", "x-paging": "operationId", "x-stream": "schema"}


def problems(contract: Contract) -> Iterator[str]:
    """Yield the problems of a contract's extensions."""
    for place, item in walk(contract.raw):
        for key in item:
            if isinstance(key, str) and key.startswith("x-") and not place.endswith("/properties"):
                if key not in _BESIDE:
                    yield f"{place}: there is no extension `{key}`"
                elif _BESIDE[key] not in item:
                    yield f"{place}: `{key}` is allowed only beside `{_BESIDE[key]}`"
    for operation in contract.operations():
        checks = (_idempotent_problems, _stream_problems, _paging_problems)
        yield from (f"{operation.name}: {problem}" for check in checks for problem in check(contract, operation))


def _idempotent_problems(_contract: Contract, operation: Operation) -> Iterator[str]:
    if "x-idempotent" in operation.raw:
        if operation.raw["x-idempotent"] is not True:
            yield "`x-idempotent` must be true or absent"
        if operation.method not in ("post", "patch"):
            yield f"`x-idempotent` is superfluous: {operation.method.upper()} is idempotent by HTTP"


def _stream_problems(contract: Contract, operation: Operation) -> Iterator[str]:
    for name, media_type in contract.content(operation).items():
        stated: Any = media_type.get("x-stream")
        if name != _STREAM:
            if stated is not None:
                yield f"`x-stream` belongs to {_STREAM}, not to {name}"
            continue
        texts = isinstance(stated, dict) and all(isinstance(value, str) for value in stated.values())
        if not texts or set(stated) not in ({"end"}, {"end-event"}, {"end-event", "error-event"}):
            yield "an event stream must have `x-stream: {end: TEXT}` or `{end-event: NAME, error-event: NAME}`"
            continue
        data = contract.resolve(media_type["schema"]).get("properties", {}).get("data", {})
        ends = [each["const"] for each in members(data) if "const" in each]
        events = _events(contract, data)
        if "end" in stated and stated["end"] not in ends:
            yield f"`x-stream`: `data` of an event cannot be {stated['end']}"
        for key in stated.keys() - {"end"}:
            if events and stated[key] not in events:
                yield f"`{key}`: there is no event {stated[key]}"


def _events(contract: Contract, data: Schema) -> list[str]:
    """Return the values of the discriminator in the data of an event, or nothing if there is no discriminator."""
    schemas = [each["contentSchema"] for each in [data, *members(data)] if "contentSchema" in each]
    found = list[str]()
    for schema in map(contract.resolve, schemas):
        for union in [schema, *members(schema)]:
            found += union.get("discriminator", {}).get("mapping", {})
    return found


def _paging_problems(contract: Contract, operation: Operation) -> Iterator[str]:
    stated: Any = operation.raw.get("x-paging")
    if stated is None:
        return
    by_number, by_token = {"parameter"}, {"parameter", "next", "items"}
    if not isinstance(stated, dict) or set(stated) not in (by_number, by_token):
        yield "`x-paging` must be `{parameter: NAME}` or `{parameter: NAME, next: FIELD, items: FIELD}`"
        return
    parameters = {each["name"]: each for each in contract.parameters(operation) if each["in"] == "query"}
    if stated["parameter"] not in parameters:
        yield f"`x-paging`: there is no query parameter `{stated['parameter']}`"
    answer: Any = contract.resolve(contract.content(operation).get("application/json", {}).get("schema", {}))
    if set(stated) == by_number:
        if answer.get("type") != "array":
            yield "`x-paging` by page number: the answer must be an array"
        return
    fields = answer.get("properties", {})
    if contract.resolve(fields.get(stated["items"], {})).get("type") != "array":
        yield f"`x-paging`: `{stated['items']}` of the answer must be an array"
    if stated["next"] not in fields:
        yield f"`x-paging`: the answer has no field `{stated['next']}`"
