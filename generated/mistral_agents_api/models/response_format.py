# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, to_json
from .response_formats import ResponseFormats


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ResponseFormat(Model):
    """Form that the answer must have."""

    type: ResponseFormats | Unset
    """Free text; any JSON, which the messages must ask for as well; or JSON that follows a given schema."""

    json_schema: JSONSchema | None | Unset
    """The schema to follow, for the type `json_schema`."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "json_schema",
        }
    )

    def __init__(
        self,
        *,
        type: ResponseFormats | Unset | None = UNSET,
        json_schema: JSONSchema | JSONSchemaDict | None | Unset = UNSET,
    ) -> None:
        self.type = UNSET if type is None else type
        self.json_schema = cast(Any, json_schema)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ResponseFormat")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.type = src_dict["type"] if "type" in src_dict else UNSET
            key = "json_schema"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_json_schema(value)
            self.json_schema = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
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
        return in_order(result, self._source)


class ResponseFormatDict(TypedDict):
    """`ResponseFormat` as a plain dict."""

    type: NotRequired[ResponseFormats]
    """Free text; any JSON, which the messages must ask for as well; or JSON that follows a given schema."""

    json_schema: NotRequired[JSONSchema | JSONSchemaDict | None]
    """The schema to follow, for the type `json_schema`."""


# Below the classes, since two models may refer to each other.
from .json_schema import JSONSchema, JSONSchemaDict

_read_json_schema = JSONSchema.from_dict
