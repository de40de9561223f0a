"""Compare two objects field by field, as they are sent in one direction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from .alternatives import Alternative
from .differences import NARROWER, NOT_SENT, OTHER, SAME, WIDER, Direction
from .keywords import as_text
from .model import Document
from .patterns import matches
from .steps import Inner, Step
from .subset import Subset

_LOST = {
    Direction.REQUEST: "callers that send it are no longer understood",
    Direction.ANSWER: "callers that read it find nothing",
}


@frozen
class _Side:
    """One version of an object, as it is sent in one direction."""

    document: Document
    object: Alternative
    direction: Direction

    @property
    def rest(self) -> Any:
        """The schema of all fields that this version neither names nor covers by a pattern."""
        return self.object.keywords.get("additionalProperties", True)

    @property
    def unnamed(self) -> Any:
        """Like `rest`; without `additionalProperties`, it is the schema in `unevaluatedProperties`."""
        return self.object.keywords.get("additionalProperties", self.object.keywords.get("unevaluatedProperties", True))

    @property
    def patterns(self) -> dict[str, Any]:
        found: dict[str, Any] = self.object.keywords.get("patternProperties", {})
        return found

    @property
    def shut(self) -> bool:
        """Whether fields that this version does not describe are forbidden."""
        return self.rest is False or self.object.keywords.get("unevaluatedProperties") is False

    def sends(self, name: str) -> bool:
        return not self.document.note(self.object.fields[name], NOT_SENT[self.direction])

    def requires(self, name: str) -> bool:
        return name in self.object.required and self.sends(name)

    def forbids(self, name: str) -> bool:
        return not self.document.alternatives(self.object.fields[name])


def compare_objects(
    old: Alternative, new: Alternative, documents: tuple[Document, Document], direction: Direction
) -> Iterator[Step | Inner]:
    """Yield how two objects differ in their fields."""
    before, after = (_Side(document, each, direction) for document, each in zip(documents, (old, new), strict=True))
    for name in [name for name in old.fields if name not in new.fields]:
        yield from _removed(name, before, after)
    for name in [name for name in new.fields if name not in old.fields]:
        yield from _added(name, before, after)
    for name in [name for name in new.fields if name in old.fields]:
        yield from _common(name, before, after)
    yield from _patterns(before, after)
    if old.closed != new.closed:
        said = "unknown fields are forbidden" if new.closed else "unknown fields are allowed"
        yield Step("changed", said, NARROWER if new.closed else WIDER, rule="additional-properties")
    elif not old.closed:
        yield Inner(before.rest, after.rest, ".*")


def _removed(name: str, before: _Side, after: _Side) -> Iterator[Step | Inner]:
    place = f".{name}"
    if before.forbids(name):
        if not after.shut:
            yield Step("removed", "forbidden field", WIDER, place=place)
    else:
        sent, lost = before.sends(name), before.object.fields[name]
        effect, reason = (OTHER, _LOST[before.direction]) if sent else (SAME, "nobody sends it")
        yield Step("removed", "field", effect, reason=reason, place=place, lost=lost)


def _added(name: str, before: _Side, after: _Side) -> Iterator[Step | Inner]:
    place, earlier = f".{name}", before.object.schemas_of_field(name, unevaluated=True)
    if after.forbids(name):
        if not before.shut:
            yield Step("added", "forbidden field", NARROWER, place=place)
        return
    # If the name matches a pattern of the older version, the field was allowed, even if other fields were forbidden.
    closed = False in earlier or (before.shut and earlier == [before.rest])
    effect = (NARROWER if after.requires(name) else SAME) | (WIDER if closed else SAME)
    if not after.sends(name):
        effect = SAME
    kind = "required field" if name in after.object.required else "optional field"
    kind = kind if after.sends(name) else f"{kind} that is not sent"
    reason = "" if effect else "any field was allowed here" if after.sends(name) else "nobody sends it"
    yield Step("added", kind, effect, reason=reason, place=place)
    if False not in earlier and earlier != [True]:
        yield Inner({"allOf": earlier}, after.object.fields[name], place)


def _common(name: str, before: _Side, after: _Side) -> Iterator[Step | Inner]:
    place = f".{name}"
    was, now = before.requires(name), after.requires(name)
    if was != now:
        yield Step("changed", "required" if now else "not required", NARROWER if now else WIDER, place=place)
    elif (name in before.object.required) != (name in after.object.required):
        word = "required" if name in after.object.required else "not required"
        yield Step("changed", f"{word} where it is not sent", SAME, reason="nobody sends it", place=place)
    if before.shut and not before.sends(name) and after.sends(name):
        yield Step("changed", "sent now", WIDER, place=place)
    yield Inner(before.object.fields[name], after.object.fields[name], place)


def _patterns(before: _Side, after: _Side) -> Iterator[Step | Inner]:
    """Compare the fields that are described only by a pattern."""
    for pattern in before.patterns.keys() & after.patterns.keys():
        yield Inner(before.patterns[pattern], after.patterns[pattern], f"./{pattern}/")
    for one, other, effect, change in ((before, after, WIDER, "removed"), (after, before, NARROWER, "added")):
        for pattern in sorted(one.patterns.keys() - other.patterns.keys()):
            pair = (one.patterns[pattern], other.unnamed)
            old, new = pair if change == "removed" else pair[::-1]
            yield Inner(old, new, f"./{pattern}/")
            if _adds_constraint(pattern, one, other):
                what = (
                    f"fields like {pattern}: {'a constraint fewer' if change == 'removed' else 'one more constraint'}"
                )
                yield Step("changed", what, effect, rule="pattern-properties")


def _adds_constraint(pattern: str, one: _Side, other: _Side) -> bool:
    """Tell whether a pattern of one side may constrain fields that the other side describes in another way."""
    added = one.patterns[pattern]
    described = [other.object.fields[name] for name in other.object.fields if matches(pattern, name) is not False]
    described += [schema for text, schema in other.patterns.items() if as_text(schema) != as_text(added)]
    proof = Subset(other.document, one.document)
    return any(not proof.schemas(each, added) for each in described)
