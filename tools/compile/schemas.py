"""The models of the generator's parse, and facts about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen
from openapi_python_client.schema.untrusted_string import UntrustedString
from tools.openapi.operations import Node

from . import parsed
from .code import plain


@frozen
class Schemas:
    """The models of the generator's parse, by class name."""

    models: Mapping[str, Any] = field(repr=False)
    requests: frozenset[str] = frozenset()
    """The names of the models that a request can contain."""
    raw: Mapping[str, Node] = field(factory=dict, repr=False)
    """The schemas in the document, by class name."""
    unions: Mapping[frozenset[str], str] = field(factory=dict)
    """The Python names of schemas that are a union of models, by the names of the models."""

    def raw_field(self, model: str, wire: str) -> Node:
        """Return a field's schema in the document: the generator drops what is written beside a reference."""
        schema = self.raw.get(model, {})
        for each in (schema, *schema.get("allOf", ())):
            found = each.get("properties", {}).get(wire)
            if isinstance(found, Mapping):
                return found
        return {}

    def model(self, prop: Any) -> Any:
        """Return a model with all fields: within a union the generator's object is incomplete."""
        return self.models.get(name_of(prop), prop)

    def fields(self, prop: Any) -> list[Any]:
        """Return the properties of a model."""
        model = self.model(prop)
        return [*(model.required_properties or ()), *(model.optional_properties or ())]

    def required(self, prop: Any) -> set[str]:
        """Return the JSON names of the fields that a model requires."""
        return {plain(each.name) for each in self.model(prop).required_properties or ()}

    def is_map(self, prop: Any) -> bool:
        """Return whether an object has no named fields, so that it is a dict in Python."""
        return not self.fields(prop) and not is_closed(self.model(prop))

    def unknown_tag(self, prop: Any) -> str | None:
        """Return the tag of a model for the unknown members of a union, or None for any other model.

        Only such a model has a `not`: `supported` refuses any other.
        """
        for name, schema in (self.model(prop).data.properties or {}).items():
            if getattr(schema, "schema_not", None) is not None:
                return plain(name)
        return None

    def tags(self, prop: Any) -> dict[str, str]:
        """Return the fields of a model that can have only one value, a text, with that text."""
        found = {plain(each.name): single_value(each) for each in self.fields(prop)}
        return {name: value for name, value in found.items() if isinstance(value, str)}


def name_of(prop: Any) -> str:
    """Return the name of a model's class."""
    return str(prop.class_info.name)


def is_closed(model: Any) -> bool:
    """Return whether a schema forbids fields that it does not name."""
    return model.data.additionalProperties is False


def single_value(prop: Any) -> Any:
    """Return the only value that a property can have, or None if it can have several."""
    if isinstance(prop, parsed.ConstProperty):
        return scalar(prop.value.raw_value)
    if isinstance(prop, parsed.LiteralEnumProperty) and len(prop.values) == 1:
        return scalar(next(iter(prop.values)))
    return None


def scalar(value: Any) -> Any:
    """Return a scalar of the document without the generator's wrapping."""
    return plain(value) if isinstance(value, UntrustedString) else value
