"""Discriminators: which value of the discriminator's field belongs to which schema.

OpenAPI 3.1, "Discriminator Object": a value is a key of the mapping, or the name of a component. A schema may have a
discriminator without `oneOf` or `anyOf`. Then it also stands for all components that inherit from it: see `heirs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve

from .alternatives import Alternative
from .keywords import NOTES, Schema, as_schema
from .references import COMPONENTS, component_name


def tagged(alternatives: Iterable[Alternative], member: Any, discriminator: Schema) -> Iterator[Alternative]:
    """Yield the alternatives of a member of a union, each with the values that the discriminator's field has for it.

    If the member's own schema lists values for the field, a listed value counts only if the mapping has it, too.
    Otherwise the mapping's values for the member are used, or, if there are none, the member's name.
    """
    field, name = discriminator.get("propertyName", ""), component_name(member)
    targets = {as_schema(member).get("$ref"), name}
    mapped = [value for value, target in discriminator.get("mapping", {}).items() if target in targets]
    for each in alternatives:
        own = each.tags.get(field, [])
        values = [value for value in own if value in mapped] if own else mapped or [name]
        if each.type == "object" and field and values not in ([], [""], own):
            written = as_schema(each.fields.get(field, True))
            said = {key: written[key] for key in written.keys() & NOTES}
            fields = {**each.fields, field: {"allOf": [written], "enum": values, **said}}
            yield evolve(each, keywords={**each.keywords, "properties": fields})
        else:
            yield each


def heirs(reference: str, discriminator: Schema, components: Schema) -> list[str]:
    """Return references to the schemas that inherit, by `allOf` or the mapping, from a schema with a discriminator."""
    found, waiting = set[str](), [reference]
    while waiting:
        parent = waiting.pop()
        for name, schema in components.items():
            heir = f"{COMPONENTS}{name}"
            parts = [as_schema(part).get("$ref") for part in as_schema(schema).get("allOf", [])]
            if heir not in found and parent in parts:
                found.add(heir)
                waiting.append(heir)
    mapped = discriminator.get("mapping", {}).values()
    found |= {f"{COMPONENTS}{target}" if target in components else target for target in mapped}
    return sorted(found - {reference})
