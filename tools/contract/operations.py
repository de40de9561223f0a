"""Compare the operations of two contracts: how they are called, and how they answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import define, frozen

from .alternatives import ContractError, Schema, as_text, mapping
from .differences import NARROWER, OTHER, SAME, WIDER, Change, Difference, Direction
from .model import Document
from .schemas import SchemaComparison

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_ANSWER, _REQUEST = Direction.ANSWER, Direction.REQUEST
_UNKNOWN = "which way it goes cannot be told"


@frozen
class Operation:
    """An operation with the path item that it stands in."""

    document: Document
    path: str
    method: str
    raw: Schema
    item: Schema

    @property
    def name(self) -> str:
        """How people call it."""
        return f"{self.method.upper()} {self.path}"

    @property
    def key(self) -> tuple[str, str]:
        """The same for operations at the same address, whatever the parts of the path are called."""
        return re.sub(r"\{[^}]*\}", "{}", self.path), self.method

    def parameters(self) -> dict[str, Schema]:
        """Return the parameters by place and name; in the path the position counts, not the name."""
        found, positions = dict[str, Schema](), re.findall(r"\{([^}]*)\}", self.path)
        for raw in [*self.item.get("parameters", []), *self.raw.get("parameters", [])]:
            parameter = self.document.follow(raw)
            name, place = str(parameter.get("name")), str(parameter.get("in"))
            if place == "path" and name in positions:
                name = str(positions.index(name) + 1)
            found[f"{place} {name.lower() if place == 'header' else name}"] = parameter
        return found

    def security(self) -> set[str]:
        """Return the ways to prove who is calling, any one of which will do, by what is sent."""
        ways = self.raw.get("security", self.document.raw.get("security")) or [{}]
        return {self._sent(each) for each in ways}

    def _sent(self, requirement: Schema) -> str:
        schemes = self.document.raw.get("components", {}).get("securitySchemes", {})
        parts = list[str]()
        for name, scopes in requirement.items():
            if name not in schemes:
                raise ContractError(f"{self.document.name}: there is no security scheme {name}")
            scheme = self.document.follow(schemes[name])
            words = [str(scheme[key]) for key in ("type", "scheme", "in", "name", "openIdConnectUrl") if key in scheme]
            parts.append(" ".join([*words, *scopes]))
        return " and ".join(sorted(parts)) or "none"

    def body(self) -> Schema:
        """Return the request body, empty if there is none."""
        return self.document.follow(self.raw.get("requestBody", {}))

    def answers(self) -> dict[str, Schema]:
        """Return the answers by status."""
        return {status: self.document.follow(raw) for status, raw in self.raw.get("responses", {}).items()}


def operations(document: Document) -> Iterator[Operation]:
    """Yield the operations of a contract."""
    for path, raw in mapping(document.raw.get("paths", {}), "paths").items():
        item = document.follow(raw)
        for method in _METHODS:
            if method in item:
                yield Operation(document, path, method, mapping(item[method], f"{method} {path}"), item)


@define
class OperationComparison:
    """Two versions of one operation; what differs goes to the findings of `schemas`."""

    old: Operation
    new: Operation
    schemas: SchemaComparison

    def compare(self) -> None:
        """Compare everything that a caller or a service goes by."""
        before, after = self.old.raw, self.new.raw
        if self.old.path != self.new.path:
            self._add(
                "",
                "changed",
                f"path {self.new.path} instead of {self.old.path}",
                SAME,
                _REQUEST,
                reason="the same addresses",
            )
        for key in ("operationId", "tags"):
            named = [each.get(key, [])[:1] if key == "tags" else each.get(key) for each in (before, after)]
            if named[0] != named[1]:
                reason = "the Python module has another name"
                difference = Difference(
                    self.new.name,
                    f"{key} {as_text(named[1])} instead of {as_text(named[0])}",
                    "changed",
                    reason=reason,
                    python=True,
                )
                self.schemas.findings.add(difference)
        if bool(before.get("deprecated")) != bool(after.get("deprecated")):
            said = "deprecated" if after.get("deprecated") else "not deprecated"
            self._add("", "changed", said, SAME, _REQUEST, reason="it still works")
        # Where nothing has to be proved, whatever is sent will do.
        lost_ways = self.old.security() - self.new.security() if "none" not in self.new.security() else set()
        for lost in sorted(lost_ways):
            self._add("", "removed", f"security {lost}", NARROWER, _REQUEST, reason="callers that use it are refused")
        for gained in sorted(self.new.security() - self.old.security()):
            self._add("", "added", f"security {gained}", WIDER, _REQUEST)
        self._compare_named("", self.old.parameters(), self.new.parameters(), _REQUEST)
        self._compare_body()
        self._compare_answers()
        if self.old.document.spelled_out(before.get("callbacks")) != self.new.document.spelled_out(
            after.get("callbacks")
        ):
            self._add("", "changed", "callbacks", OTHER, _REQUEST | _ANSWER, reason=_UNKNOWN)

    def _add(
        self, place: str, change: Change, what: str, effect: Direction, direction: Direction, *, reason: str = ""
    ) -> None:
        where = f"{self.new.name} {place}".strip()
        self.schemas.findings.add(Difference(where, what, change, effect, direction, reason))

    def _compare_named(
        self, place: str, olds: Mapping[str, Schema], news: Mapping[str, Schema], direction: Direction
    ) -> None:
        """Compare parameters, or the headers of an answer."""
        what = "parameter" if direction is _REQUEST else "header"
        for name in olds:
            if name not in news:
                self._add(f"{place} {name}".strip(), "removed", what, OTHER, direction, reason="callers may use it")
        for name, new in news.items():
            where, needed = f"{place} {name}".strip(), bool(new.get("required"))
            if name not in olds:
                effect = SAME if direction is _ANSWER else NARROWER if needed else WIDER
                self._add(where, "added", f"{'required' if needed else 'optional'} {what}", effect, direction)
                continue
            old = olds[name]
            if needed != bool(old.get("required")):
                said = "required" if needed else "not required"
                self._add(where, "changed", said, NARROWER if needed else WIDER, direction)
            for key in ("style", "explode"):
                if old.get(key) != new.get(key):
                    self._add(where, "changed", f"{key} {as_text(new.get(key))}", OTHER, direction)
            self.schemas.compare(
                old.get("schema", True), new.get("schema", True), f"{self.new.name} {where}", direction
            )
            self._compare_content(where, old.get("content", {}), new.get("content", {}), direction)

    def _compare_body(self) -> None:
        old, new = self.old.body(), self.new.body()
        needed = bool(new.get("required"))
        if not old and new:
            self._add(
                "", "added", f"{'required' if needed else 'optional'} body", NARROWER if needed else WIDER, _REQUEST
            )
        elif old and not new:
            self._add("", "removed", "body", NARROWER, _REQUEST)
        elif old:
            if needed != bool(old.get("required")):
                said = "body required" if needed else "body not required"
                self._add("", "changed", said, NARROWER if needed else WIDER, _REQUEST)
            self._compare_content("request", old.get("content", {}), new.get("content", {}), _REQUEST)

    def _compare_answers(self) -> None:
        """Compare the answers by status; one that is stated for itself, with the range that it was or is part of."""
        olds, news = self.old.answers(), self.new.answers()
        for status, old in olds.items():
            counterpart = _covering(status, news)
            if counterpart is None:
                self._add(
                    status, "removed", "answer", OTHER, _ANSWER, reason="callers are no longer told what it holds"
                )
            else:
                self._compare_answer(status, old, news[counterpart])
        for status, new in news.items():
            counterpart = _covering(status, olds)
            if counterpart is None:
                good = status.startswith("2") or status == "default"
                reason = "callers do not know this success" if good else "an error that was not described"
                self._add(status, "added", "answer", WIDER if good else SAME, _ANSWER, reason=reason)
            elif counterpart != status:
                self._add(status, "added", f"answer beside {counterpart}", SAME, _ANSWER)
                self._compare_answer(status, olds[counterpart], new)

    def _compare_answer(self, status: str, old: Schema, new: Schema) -> None:
        before, after = (
            {name.lower(): document.follow(raw) for name, raw in each.get("headers", {}).items()}
            for document, each in ((self.old.document, old), (self.new.document, new))
        )
        self._compare_named(f"{status} header", before, after, _ANSWER)
        self._compare_content(status, old.get("content", {}), new.get("content", {}), _ANSWER)

    def _compare_content(
        self, place: str, olds: Mapping[str, Any], news: Mapping[str, Any], direction: Direction
    ) -> None:
        for media_type in olds:
            if media_type not in news:
                self._add(place, "removed", f"media type {media_type}", OTHER, direction, reason="callers may use it")
        for media_type, new in news.items():
            if media_type not in olds:
                self._add(
                    place, "added", f"media type {media_type}", SAME, direction, reason="nobody has to ask for it"
                )
                continue
            before, after = (each.get("schema", True) for each in (olds[media_type], new))
            self.schemas.compare(before, after, f"{self.new.name} {place} {media_type}", direction)
            if olds[media_type].get("encoding") != new.get("encoding"):
                self._add(place, "changed", f"encoding of {media_type}", OTHER, direction, reason=_UNKNOWN)


def _covering(status: str, answers: Mapping[str, Any]) -> str | None:
    """Return under which key answers of a status are described: its own, its range's or the default."""
    candidates: Sequence[str] = (status, f"{status[:1]}XX", f"{status[:1]}xx", "default")
    return next((each for each in candidates if each in answers), None)
