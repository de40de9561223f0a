"""Check the form of the contract: what other tools need so that they read it as we do.

YAML 1.2 has no merge keys, and fewer words for true and false than PyYAML. If a union has no title, some generators
name it after its place in the contract, and others run forever. Generators tell the members of a union apart only by
its discriminator.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import yaml
from tools.openapi import yaml11
from tools.openapi.yaml12 import TAG

from .contract import Contract, Schema, component, members, walk

PLACEHOLDER = "To be described in our own words."
"""`make drift` prints this text where a description is needed; a finished contract does not have it."""


def problems(contract: Contract) -> Iterator[str]:
    """Yield the problems of a contract's form."""
    yield from _yaml_problems(contract.text)
    for place, schema in walk(contract.raw):
        if PLACEHOLDER in (schema.get("description"), schema.get("summary")):
            yield f"{place}: this is to be described in our own words"
        if isinstance(schema.get("anyOf", schema.get("oneOf")), list):
            yield from (f"{place}: {problem}" for problem in _union_problems(contract, place, schema))


def _yaml_problems(text: str) -> Iterator[str]:
    """Yield the places where YAML 1.1, which PyYAML reads, has another meaning than YAML 1.2."""
    found = list(yaml11.differences(text))
    with contextlib.suppress(yaml.YAMLError):  # it is among the differences
        merges = [each.start_mark.line + 1 for each in yaml11.scalars(text) if each.tag == f"{TAG}merge"]
        found += [(line, "a merge key, which YAML 1.2 does not have") for line in merges]
    yield from (f"line {line}: {problem}" for line, problem in sorted(found))


def _union_problems(contract: Contract, place: str, union: Schema) -> Iterator[str]:
    inside = members(union)
    if len(inside) > 1 and "title" not in union and not _is_component(place):
        yield "a union that is written in place has no title"
    tags = _tags(contract, inside)
    if "discriminator" not in union:
        if tags:
            yield f"all members have the tag `{tags[0]}`, but there is no discriminator"
        if "oneOf" in union and len(inside) > 1:
            yield "a value may match two members of oneOf: use anyOf, or a discriminator"
        return
    tag = union["discriminator"].get("propertyName")
    mapping = union["discriminator"].get("mapping", {})
    if tag not in tags:
        yield f"not every member requires a value of its own for `{tag}`"
    elif mapping != {contract.resolve(each)["properties"][tag]["const"]: each["$ref"] for each in inside}:
        yield "the mapping of the discriminator does not name every member by its tag"


def _tags(contract: Contract, inside: list[Schema]) -> list[str]:
    """Return the fields that every member requires, with a different constant in each member."""
    if len(inside) < 2 or not all(map(component, inside)):
        return []
    constants = [
        {
            name: field["const"]
            for name, field in schema.get("properties", {}).items()
            if "const" in field and name in schema.get("required", [])
        }
        for schema in map(contract.resolve, inside)
    ]
    return [
        name
        for name in constants[0]
        if all(name in each for each in constants) and len({str(each[name]) for each in constants}) == len(inside)
    ]


def _is_component(place: str) -> bool:
    return place.startswith("/components/schemas/") and place.count("/") == 3
