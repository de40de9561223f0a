"""How a reader tells apart the members of a union of objects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .code import literal, plain
from .refusal import Refusal
from .schemas import Schemas, name_of


def told_apart(members: Sequence[Any], schemas: Schemas, place: str) -> tuple[str | None, str]:
    """Return the tag of a union of models, or None, and the union's reader; raises Refusal."""
    unknown = [name_of(each) for each in members if schemas.unknown_tag(each)]
    known = [each for each in members if not schemas.unknown_tag(each)]
    if len(unknown) > 1:
        raise Refusal(place, "a union has two members for unknown objects; it may have one")
    by_tag = _by_tag(known, unknown, schemas)
    if by_tag is not None:
        return by_tag
    fields = None if unknown else _own_fields(known, schemas)
    if fields is None:
        names = ", ".join(map(name_of, known))
        raise Refusal(
            place, f"{names} cannot be told apart: each needs a tag of its own, or a required field of its own"
        )
    return None, f"read_told_apart({literal(fields)})"


def _by_tag(known: Sequence[Any], unknown: Sequence[str], schemas: Schemas) -> tuple[str, str] | None:
    """Return a field whose value tells the members apart, and the reader; one member may lack the field."""
    tags = [schemas.tags(each) for each in known]
    for tag in dict.fromkeys(name for each in tags for name in each):
        named = {found[tag]: name_of(each) for found, each in zip(tags, known, strict=True) if tag in found}
        without = [each for found, each in zip(tags, known, strict=True) if tag not in found]
        has_another = any(tag == plain(prop.name) for each in without for prop in schemas.fields(each))
        if len(named) < 2 or len(named) + len(without) < len(known) or len(without) > 1 or has_another:
            continue
        said = [literal(tag), literal(named)]
        said += [f"unknown={literal(each)}" for each in unknown]
        said += [f"untagged={literal(name_of(each))}" for each in without]
        return tag, f"read_tagged({', '.join(said)})"
    return None


def _own_fields(known: Sequence[Any], schemas: Schemas) -> dict[str, str] | None:
    """Return for each member a field that it requires and no other member has; None if a member has no such field."""
    names = [{plain(prop.name) for prop in schemas.fields(each)} for each in known]
    found: dict[str, str] = {}
    for index, each in enumerate(known):
        others = set[str]().union(*names[:index], *names[index + 1 :])
        own = sorted(schemas.required(each) - others)
        if not own:
            return None
        found[own[0]] = name_of(each)
    return found
