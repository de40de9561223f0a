"""Compare which pairs of members of a `oneOf` can match the same value, because `oneOf` refuses such a value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .conditions import Conditions
from .differences import NARROWER, OTHER, SAME, WIDER
from .keywords import as_schema, as_text
from .model import Document
from .overlap import may_overlap
from .references import component_name
from .steps import Step
from .subset import Subset
from .unions import excluded_tags

_NOW = "oneOf refuses values that match both"
_BEFORE = "oneOf refused values that match both; readers take such a value for one of them"
_LONGEST = 40


def compare_exclusive(proof: Conditions, old: Any, new: Any) -> Iterator[Step]:
    """Yield the pairs of `oneOf` members that can now match the same value, and those that no longer can.

    If more values match two members than before, requests break. If fewer do, nothing breaks: code that reads a value
    which matches two members takes it for one of them, with `oneOf` as with `anyOf`.
    """
    documents = proof.old.untagged, proof.new.untagged  # validators do not look at a discriminator
    before, after = _overlapping(documents[0], old), _overlapping(documents[1], new)
    known = Subset(documents[1], documents[0])
    gained = {text: pair for text, pair in after.items() if text not in before}
    lost = {text: pair for text, pair in before.items() if text not in after}
    grown = list[str]()
    for pair in gained.values():
        text = next((text for text, other in lost.items() if _label(other) == _label(pair)), None)
        if text is None or _grows(known, lost.pop(text), pair):
            grown.append(_label(pair))
    if grown:
        what = f"members that may overlap: {', '.join(sorted(grown))}"
        yield Step("changed", what, NARROWER, reason=_NOW, rule="one-of-overlap")
    if lost:
        members = sorted({_name(member) for pair in lost.values() for member in pair})
        what = f"values that match two of {', '.join(members)}"
        yield Step("added", what, SAME, reason=_BEFORE, rule="one-of-overlap")


def _overlapping(document: Document, schema: Any) -> dict[str, tuple[Any, Any]]:
    return {
        "|".join(sorted(map(document.spelled_out, pair))): pair
        for pair in document.exclusive(schema)
        if may_overlap(document, *pair)
    }


def _grows(known: Subset, old: tuple[Any, Any], new: tuple[Any, Any]) -> bool:
    """Tell whether more values than before may match both members."""
    if _name(old[0]) != _name(new[0]):
        old = (old[1], old[0])
    return not all(known.schemas(after, before) for before, after in zip(old, new, strict=True))


def _label(pair: tuple[Any, Any]) -> str:
    return " and ".join(sorted(map(_name, pair)))


def _name(member: Any) -> str:
    title = component_name(member) or str(as_schema(member).get("title", "")) or as_text(member)
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 3]}..."


def compare_discriminators(proof: Conditions, old: Any, new: Any) -> Iterator[Step]:
    """Yield a step if the members of a union are distinguished by another field than before."""
    before, after = proof.old.discriminators(old), proof.new.discriminators(new)
    if before != after:
        has_tags = not before and all(_tags(proof.new, new, name) for name in after)
        effect = SAME if has_tags else NARROWER if not before else WIDER if not after else OTHER
        said = [" or ".join(map(as_text, each)) or "none" for each in (after, before)]
        yield Step("changed", f"discriminator {said[0]} instead of {said[1]}", effect, rule="discriminator")


def _tags(document: Document, schema: Any, name: str) -> bool:
    """Tell whether each object of a union has values of its own for a field, even without the discriminator."""
    found = [each for each in document.untagged.alternatives(schema) if each.type == "object"]
    return all(name in each.required and (each.tags.get(name) or excluded_tags(each)[0] == name) for each in found)
