# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Required, Self, TypedDict

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class JSONSchema(Model):
    """A named JSON Schema for the answer."""

    name: str
    """Name of the schema."""

    schema: JsonObject
    """A JSON object of any content."""

    description: None | str | Unset
    """What the schema is for."""

    strict: bool | Unset
    """Whether the answer must follow the schema exactly. False if absent."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "name",
            "schema",
            "description",
            "strict",
        }
    )

    def __init__(
        self,
        *,
        name: str,
        schema: JsonObject,
        description: str | None | Unset = UNSET,
        strict: bool | Unset | None = UNSET,
    ) -> None:
        self.name = name
        self.schema = schema
        self.description = description
        self.strict = UNSET if strict is None else strict
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "JSONSchema")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.name = src_dict["name"]
            key = "schema"
            value = src_dict[key]
            if not isinstance(value, dict):
                raise StructureError("an object", value)
            self.schema = value
            self.description = src_dict["description"] if "description" in src_dict else UNSET
            self.strict = src_dict["strict"] if "strict" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("JSONSchema", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["name"] = self.name
        result["schema"] = to_json(self.schema)
        if self.description is not UNSET:
            result["description"] = self.description
        if self.strict is not UNSET:
            result["strict"] = self.strict
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class JSONSchemaDict(TypedDict):
    """`JSONSchema` as a plain dict."""

    name: Required[str]
    """Name of the schema."""

    schema: Required[JsonObject]
    """A JSON object of any content."""

    description: NotRequired[str | None]
    """What the schema is for."""

    strict: NotRequired[bool]
    """Whether the answer must follow the schema exactly. False if absent."""


# Below the classes, since two models may refer to each other.
from .json_object import JsonObject
