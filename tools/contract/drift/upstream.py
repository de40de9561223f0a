"""Compare a document that others publish with our contract, operation by operation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, evolve, field
from tools.contract.calls import OperationComparison
from tools.contract.differences import OTHER, Difference, Direction
from tools.contract.keywords import ContractError, Schema
from tools.contract.model import Document
from tools.contract.operations import operations
from tools.contract.references import COMPONENTS
from tools.contract.schemas import SchemaComparison

_STREAM = "#stream"  # a fragment of a URL is never sent: in fact `stream: true` in the body decides


@define
class Upstream:
    """A document that others publish. `counterparts` maps the names of its components to the names of ours."""

    published: Document
    counterparts: dict[str, str] = field(factory=dict)

    @property
    def document(self) -> Document:
        """The document in the form in which it is compared."""
        return with_streams_as_forms(self.published)

    def differences(self, ours: Document) -> list[Difference]:
        """Return the differences between our operations and theirs; raises ContractError if they have none of ours.

        An operation that we lack is reported only if both have another one of its family. For example, `/v1/agents/...`
        is reported if both have an operation at `/v1/agents`.
        """
        schemas = SchemaComparison(self.document, ours, unions=False, counterparts=self.counterparts)
        theirs = {operation.key: operation for operation in operations(schemas.old)}
        covered = [operation for operation in operations(ours) if operation.key in theirs]
        if not covered:
            raise ContractError(f"{self.published.name} has none of the operations of {ours.name}")
        for operation in operations(ours):
            if operation in covered:
                OperationComparison(theirs[operation.key], operation, schemas).compare()
            else:
                schemas.findings.add(Difference(operation.name, "endpoint", "added"))
        known, families = {each.key for each in operations(ours)}, {family(each.path) for each in covered}
        for key, operation in theirs.items():
            if key not in known and family(operation.path) in families:
                schemas.findings.add(Difference(operation.name, "endpoint", "removed", OTHER, lost=operation))
        for name in _unreferenced(schemas, [operation.raw for operation in covered]):
            reference = {"$ref": f"{COMPONENTS}{name}"}
            schemas.compare(reference, reference, name, Direction.ANSWER)
        for old, new in list(schemas.counterparts.items()):
            for data, inside in _inside_events(schemas, old, new):
                schemas.compare(data, inside, f"{new}.data", Direction.ANSWER)
        found = {(each.where, each.what): each for each in schemas.findings}
        return [found[place] for place in sorted(found)]


def _inside_events(schemas: SchemaComparison, old: str, new: str) -> Iterator[tuple[Any, Any]]:
    """Yield the schema of an event's data in their document, and that of the JSON text in ours."""
    theirs, ours = (
        schemas.old.alternatives({"$ref": COMPONENTS + old}),
        schemas.new.alternatives({"$ref": COMPONENTS + new}),
    )
    if len(theirs) == len(ours) == 1 and theirs[0].fields.keys() & ours[0].fields.keys() >= {"data"}:
        if any("contentSchema" in each.keywords for each in schemas.old.alternatives(theirs[0].fields["data"])):
            return  # theirs is JSON text, too
        for each in schemas.new.alternatives(ours[0].fields["data"]):
            if "contentSchema" in each.keywords:
                yield theirs[0].fields["data"], each.keywords["contentSchema"]


def family(path: str) -> str:
    """Return the beginning of a path that related operations share, such as `/v1/agents`."""
    found = re.match(r"(/v\d+)?/[^/]*", path)
    return found[0] if found else path


def with_streams_as_forms(document: Document) -> Document:
    """Return the document with each operation at `PATH#stream` merged into the operation at `PATH`."""
    paths = dict(document.raw.get("paths", {}))
    for path in [path for path in paths if path.endswith(_STREAM)]:
        item = paths.pop(path)
        base = dict(paths.get(path.removesuffix(_STREAM), {}))
        for method, operation in item.items():
            both = method in base and isinstance(operation, Mapping)
            base[method] = _both_forms(base[method], operation) if both else operation
        paths[path.removesuffix(_STREAM)] = base
    return evolve(document, raw={**document.raw, "paths": paths})


def _both_forms(whole: Schema, stream: Schema) -> Schema:
    """Return one operation that accepts the bodies of both, and has the answers of both."""
    body, answers, others = whole.get("requestBody", {}), whole.get("responses", {}), stream.get("responses", {})
    return {
        **whole,
        "requestBody": {**body, "content": _joined(_content(body), _content(stream.get("requestBody")))},
        "responses": {
            status: {**answer, "content": _joined(_content(answers.get(status)), _content(others.get(status)))}
            for status, answer in {**others, **answers}.items()
        },
    }


def _content(holder: Any) -> dict[str, Schema]:
    return dict((holder or {}).get("content", {}))


def _joined(one: dict[str, Schema], other: dict[str, Schema]) -> dict[str, Schema]:
    """Return the media types of both. If both have the same one, its schema is a union of the two schemas."""
    both = {
        name: {**one[name], "schema": {"anyOf": [one[name].get("schema", {}), other[name].get("schema", {})]}}
        for name in one.keys() & other.keys()
        if one[name] != other[name]
    }
    return {**other, **one, **both}


def _unreferenced(schemas: SchemaComparison, parts: list[Any]) -> Iterator[str]:
    """Yield the components that our operations use, and that their document has without using them in an operation."""
    for name in sorted(schemas.new.reachable(parts) & schemas.old.components.keys()):
        if name not in schemas.compared:
            yield name
