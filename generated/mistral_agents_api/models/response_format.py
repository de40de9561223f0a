# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NotRequired, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, in_order, to_json
from .response_formats import ResponseFormats


@define(init=False, repr=False)
class ResponseFormat(Model):
    """Form that the answer must have."""

    type: ResponseFormats | Unset
    """Free text; any JSON, which the messages must ask for as well; or JSON that follows a given schema."""

    json_schema: JSONSchema | None | Unset
    """The schema to follow, for the type `json_schema`."""

    additional_properties: dict[str, Any]
    _key_order: tuple[str, ...] = field(eq=False, repr=False)

    def __init__(
        self,
        *,
        type: ResponseFormats | Unset | None = UNSET,
        json_schema: JSONSchema | JSONSchemaDict | None | Unset = UNSET,
    ) -> None:
        self.type = UNSET if type is None else type
        self.json_schema = cast(Any, json_schema)
        self.additional_properties = {}
        self._key_order = ()

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data; raises StructureError where the structure is another, or a required field is missing."""
        self = cls.__new__(cls)
        key = ""
        try:
            get = src_dict.get
            self.type = get("type", UNSET)
            key = "json_schema"
            value = get("json_schema", UNSET)
            if isinstance(value, dict):
                value = JSONSchema.from_dict(value)
            elif value is not UNSET and value is not NULL:
                raise StructureError("an object", value)
            self.json_schema = value
            self.additional_properties = (
                {}
                if _FIELDS.issuperset(src_dict)
                else {name: src_dict[name] for name in src_dict if name not in _FIELDS}
            )
            self._key_order = tuple(src_dict)
        except (AttributeError, KeyError, StructureError) as error:
            raise StructureError.while_reading("ResponseFormat", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.type is not UNSET:
            result["type"] = self.type
        if self.json_schema is not UNSET:
            result["json_schema"] = to_json(self.json_schema)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._key_order)


_FIELDS = frozenset(
    {
        "type",
        "json_schema",
    }
)


class ResponseFormatDict(TypedDict):
    """`ResponseFormat` as a plain dict."""

    type: NotRequired[ResponseFormats | None]
    """Free text; any JSON, which the messages must ask for as well; or JSON that follows a given schema."""

    json_schema: NotRequired[JSONSchema | JSONSchemaDict | None]
    """The schema to follow, for the type `json_schema`."""


# Below the classes, since two models may refer to each other.
from .json_schema import JSONSchema, JSONSchemaDict
