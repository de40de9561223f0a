"""Pair the objects of a union with their counterparts in another version of the union.

A tag is a field whose value says which kind of object this is. An `Unknown...` schema is the member of an open union
that accepts all objects whose tag no other member has: its tag has `not: {enum: [...]}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve

from .alternatives import Alternative
from .keywords import as_schema, listed_values


def pair_members(olds: Sequence[Alternative], news: Sequence[Alternative]) -> Iterator[tuple[Alternative, Alternative]]:
    """Yield each member of the old union with its counterpart in the new one.

    First come equal members, then those with the same name, those with the same tag, the `Unknown...` schemas, and at
    last those that are most alike. Members without a counterpart are left out.
    """
    if len(olds) == len(news) == 1:
        yield olds[0], news[0]
        return
    left, free = list(olds), list(news)
    for is_counterpart in (_same, _same_name, _same_tags, both_unknown, _most_alike):
        for old in list(left):
            new = next((each for each in free if is_counterpart(old, each, left, free)), None)
            if new is not None:
                left = [each for each in left if each is not old]
                free = [each for each in free if each is not new]
                yield old, new


def _same(old: Alternative, new: Alternative, *_: Sequence[Alternative]) -> bool:
    return (old.name, old.key) == (new.name, new.key)


def _same_name(old: Alternative, new: Alternative, *_: Sequence[Alternative]) -> bool:
    return bool(old.name) and old.name == new.name


def _same_tags(old: Alternative, new: Alternative, *_: Sequence[Alternative]) -> bool:
    return any(new.tags.get(name) == values for name, values in old.tags.items())


def both_unknown(old: Alternative, new: Alternative, *_: Sequence[Alternative]) -> bool:
    """Tell whether both are `Unknown...` schemas, with the same tag."""
    return excluded_tags(old)[0] == excluded_tags(new)[0] != ""


def _most_alike(old: Alternative, new: Alternative, left: Sequence[Alternative], free: Sequence[Alternative]) -> bool:
    """Tell whether the two are the last ones left, or share the most fields; False if a tag tells them apart."""
    if excluded_tags(old)[0] != excluded_tags(new)[0] or any(
        old.tags[name] != new.tags[name] for name in old.tags.keys() & new.tags.keys()
    ):
        return False
    if len(left) == len(free) == 1:
        return True
    common = [len(old.fields.keys() & each.fields.keys()) for each in free]
    return max(common) > 0 and free[common.index(max(common))] is new


def excluded_tags(alternative: Alternative) -> tuple[str, list[Any]]:
    """Return the tag of an `Unknown...` schema and the values that it excludes; "" and [] for any other schema."""
    for name, schema in alternative.fields.items():
        if values := listed_values(as_schema(as_schema(schema).get("not", True))):
            return name, values
    return "", []


def without_excluded(alternative: Alternative) -> Alternative:
    """Return an `Unknown...` schema without the excluded values."""
    name, _ = excluded_tags(alternative)
    field = {key: value for key, value in alternative.fields[name].items() if key != "not"}
    return evolve(alternative, keywords={**alternative.keywords, "properties": {**alternative.fields, name: field}})


def accepts(unknown: Alternative, member: Alternative) -> bool:
    """Tell whether an `Unknown...` schema, or one for any object, accepts a member that only the other contract has."""
    name, values = excluded_tags(unknown)
    tags = member.tags.get(name, [])
    if unknown.closed or (name and not tags):
        return False
    return not any(tag in values for tag in tags) if name else not unknown.fields


def label(member: Alternative) -> str:
    """Return a name for a member of a union: its own, its tags, or its fields."""
    tags = [str(value) for values in member.tags.values() for value in values]
    return member.name or " ".join(tags) or f"with {', '.join(member.fields) or 'any fields'}"
