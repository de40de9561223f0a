"""Compare the operations of two contracts: how they are called, and how they answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import define
from tools.openapi.operations import path_parameters

from .differences import NARROWER, OTHER, SAME, WIDER, Change, Difference, Direction
from .extensions import compare_extensions
from .keywords import Schema, as_text
from .operations import Operation, by_media_type, callbacks
from .parameters import array_for, compare_serialization
from .schemas import SchemaComparison
from .servers import compare_security, compare_servers
from .steps import UNKNOWN, Step, difference

_ANSWER, _REQUEST = Direction.ANSWER, Direction.REQUEST
_USED = "callers may use it"
_FORMS = ("application/x-www-form-urlencoded", "multipart/")


@define
class OperationComparison:
    """Two versions of one operation; the differences are added to the findings of `schemas`.

    `from_service`: the operation is a callback or webhook, a request that the service sends. `as_answer`: compare its
    request as if it were an answer, because our users read it.
    """

    old: Operation
    new: Operation
    schemas: SchemaComparison
    from_service: bool = False
    as_answer: bool = False

    @property
    def _request(self) -> Direction:
        return _ANSWER if self.as_answer else _REQUEST

    @property
    def _answer(self) -> Direction:
        return _REQUEST if self.as_answer else _ANSWER

    def compare(self) -> None:
        """Compare the names, servers, security, extensions, parameters, body, answers and callbacks."""
        before, after = self.old.raw, self.new.raw
        if not self.from_service:
            self._compare_names()
        if bool(before.get("deprecated")) != bool(after.get("deprecated")):
            said = "deprecated" if after.get("deprecated") else "not deprecated"
            self._add("", "changed", said, SAME, self._request, reason="it still works")
        if self.old.own_servers or self.new.own_servers:
            self._add_steps(compare_servers(self.old.servers, self.new.servers), "servers", self._request)
        self._add_steps(compare_security(self.old, self.new), "", self._request)
        self._add_steps(compare_extensions(before, after), "", _REQUEST | _ANSWER)
        self._compare_named("parameter", "", self.old.parameters(), self.new.parameters(), self._request)
        self._compare_body()
        self._compare_answers()
        compare_service_calls("callback", callbacks(self.old), callbacks(self.new), self.schemas, added=WIDER)

    def _add(self, place: str, change: Change, what: str, effect: Direction, direction: Direction, **more: Any) -> None:
        self._add_steps([Step(change, what, effect, **more)], place, direction)

    def _add_steps(self, steps: Iterable[Step], place: str, direction: Direction) -> None:
        where = f"{self.new.name} {place}".strip()
        for step in steps:
            self.schemas.findings.add(difference(step._replace(place=where), direction))

    def _compare_names(self) -> None:
        if self.old.path != self.new.path:
            what = f"path {self.new.path} instead of {self.old.path}"
            self._add_steps([Step("changed", what, SAME, reason="the same addresses", rule="path")], "", _REQUEST)
            self._compare_parts()
        for key in ("operationId", "tags"):
            before, after = (
                each.raw.get(key, [])[:1] if key == "tags" else each.raw.get(key) for each in (self.old, self.new)
            )
            if before != after:
                what, reason = (
                    f"{key} {as_text(after)} instead of {as_text(before)}",
                    "the Python module has another name",
                )
                found = Difference(self.new.name, what, "changed", reason=reason, python=True, rule=key)
                self.schemas.findings.add(found)

    def _compare_parts(self) -> None:
        """Compare the names of the path's parameters: callers in Python, and in most languages, pass them by name."""
        old, new = path_parameters(self.old.path), path_parameters(self.new.path)
        for position, (before, after) in enumerate(zip(old, new, strict=True), 1):
            where = f"{self.new.name} path {position}"
            if before != after:
                moved = before in new or after in old
                reason = (
                    "a value passed by the old name now fills another parameter" if moved else "callers pass it by name"
                )
                what = f"{after} instead of {before}"
                found = Difference(where, what, "changed", reason=reason, python=True, rule="path-parameter")
                self.schemas.findings.add(found)

    def _compare_named(
        self, what: str, place: str, olds: Mapping[str, Schema], news: Mapping[str, Schema], direction: Direction
    ) -> None:
        """Compare parameters, or the headers of an answer."""
        for name in olds:
            if name not in news:
                self._add(f"{place} {name}".strip(), "removed", what, OTHER, direction, reason=_USED, lost=olds[name])
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
            if bool(new.get("deprecated")) != bool(old.get("deprecated")):
                said = "deprecated" if new.get("deprecated") else "not deprecated"
                self._add(where, "changed", said, SAME, direction, reason="it still works")
            self._compare_parameter(where, old, new, direction)

    def _compare_parameter(self, where: str, old: Schema, new: Schema, direction: Direction) -> None:
        before, after = (each.get("schema", True) for each in (old, new))
        array = array_for((self.old.document, old), (self.new.document, new)) if direction is _REQUEST else None
        if array is None:
            self._add_steps(compare_serialization((self.old.document, old), (self.new.document, new)), where, direction)
        else:  # a single value is written like a list with one item
            reason = "a single value is sent as before"
            self._add(where, "changed", "an array instead of one value", WIDER, direction, reason=reason)
            after = array
        self.schemas.compare(before, after, f"{self.new.name} {where}", direction)
        self._compare_content(where, old.get("content", {}), new.get("content", {}), direction)

    def _compare_body(self) -> None:
        old, new = self.old.body(), self.new.body()
        needed = bool(new.get("required"))
        if not old and new:
            said = "required body" if needed else "optional body"
            self._add("", "added", said, NARROWER if needed else WIDER, self._request)
        elif old and not new:
            self._add("", "removed", "body", OTHER if self.from_service else NARROWER, self._request)
        elif old:
            if needed != bool(old.get("required")):
                said = "body required" if needed else "body not required"
                self._add("", "changed", said, NARROWER if needed else WIDER, self._request)
            self._compare_content("request", old.get("content", {}), new.get("content", {}), self._request)

    def _compare_answers(self) -> None:
        """Compare the answers by status.

        If one contract has a status, and the other only a range that includes it (`4XX`, `default`), the answer for the
        status is compared with the answer for the range.
        """
        olds, news = self.old.answers(), self.new.answers()
        for status, old in olds.items():
            counterpart = covering(status, news)
            if counterpart is None:
                reason = "callers no longer know what it contains"
                self._add(status, "removed", "answer", OTHER, self._answer, reason=reason, lost=old)
            else:
                self._compare_answer(status, old, news[counterpart])
        for status, new in news.items():
            counterpart = covering(status, olds)
            if counterpart is None:
                good = status.startswith("2") or status == "default"
                reason = "callers do not expect this status" if good else "an error that was not described before"
                self._add(status, "added", "answer", WIDER if good else SAME, self._answer, reason=reason)
            elif counterpart != status:
                self._add(status, "added", f"answer beside {counterpart}", SAME, self._answer)
                self._compare_answer(status, olds[counterpart], new)

    def _compare_answer(self, status: str, old: Schema, new: Schema) -> None:
        before, after = (
            {
                name.lower(): document.follow(raw)
                for name, raw in each.get("headers", {}).items()
                if name.lower() != "content-type"  # OpenAPI ignores this header: the media types replace it
            }
            for document, each in ((self.old.document, old), (self.new.document, new))
        )
        self._add_steps(compare_extensions(old, new), status, self._answer)
        self._compare_named("header", f"{status} header", before, after, self._answer)
        self._compare_content(status, old.get("content", {}), new.get("content", {}), self._answer)

    def _compare_content(
        self, place: str, old_content: Mapping[str, Any], new_content: Mapping[str, Any], direction: Direction
    ) -> None:
        olds, news = by_media_type(old_content), by_media_type(new_content)
        for media_type in olds:
            if media_type in news:
                continue
            wider = _range_for(media_type, news) if direction is _REQUEST else None
            if wider is None:
                what, lost = f"media type {media_type}", olds[media_type]
                self._add(place, "removed", what, OTHER, direction, reason=_USED, rule="media-type", lost=lost)
            else:
                self._compare_media_type(place, media_type, olds[media_type], news[wider], direction)
        for media_type, new in news.items():
            if media_type in olds:
                self._compare_media_type(place, media_type, olds[media_type], new, direction)
            else:
                # In a callback the service chooses the media type, so its users cannot avoid a new one.
                chosen = self.from_service and place == "request"
                effect, reason = (WIDER, "") if chosen else (SAME, "callers do not have to use it")
                self._add(
                    place, "added", f"media type {media_type}", effect, direction, reason=reason, rule="media-type"
                )

    def _compare_media_type(self, place: str, media_type: str, old: Schema, new: Schema, direction: Direction) -> None:
        before, after = (each.get("schema", True) for each in (old, new))
        self.schemas.compare(before, after, f"{self.new.name} {place} {media_type}", direction)
        self._add_steps(compare_extensions(old, new), f"{place} {media_type}", direction)
        if media_type.startswith(_FORMS) and (old.get("encoding") or {}) != (new.get("encoding") or {}):
            step = Step("changed", f"encoding of {media_type}", OTHER, reason=UNKNOWN, rule="encoding")
            self._add_steps([step], place, direction)


def compare_service_calls(
    what: str,
    olds: Mapping[str, Operation],
    news: Mapping[str, Operation],
    schemas: SchemaComparison,
    *,
    added: Direction,
) -> None:
    """Compare the requests that the service sends: webhooks, or the callbacks of an operation.

    Some users validate them as requests, others read them like answers. Both must be able to rely on them, so each is
    compared in both directions. `added` is the effect of a new one.
    """
    for name, old in olds.items():
        if name in news:
            for as_answer in (False, True):
                OperationComparison(old, news[name], schemas, from_service=True, as_answer=as_answer).compare()
        else:
            reason = "the service no longer sends it"
            schemas.findings.add(Difference(old.name, what, "removed", OTHER, _ANSWER, reason))
    for name, new in news.items():
        if name not in olds:
            reason = "" if added else "nobody relies on it yet"
            schemas.findings.add(Difference(new.name, what, "added", added, _ANSWER, reason))


def covering(status: str, answers: Mapping[str, Any]) -> str | None:
    """Return the key that describes answers of a status: the status, its range or `default`; None if there is none."""
    candidates: Sequence[str] = (status, f"{status[:1]}XX", "default")
    return next((each for each in candidates if each in answers), None)


def _range_for(media_type: str, content: Mapping[str, Any]) -> str | None:
    """Return the range of media types that contains this one, or None."""
    candidates = (media_type.partition(";")[0], f"{media_type.partition('/')[0]}/*", "*/*")
    return next((each for each in candidates if each in content), None)
