# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Required, Self, TypedDict

from attrs import define, field

from ..errors import StructureError
from ..types import Model, in_order, to_json


@define(init=False, repr=False)
class APIKeyAuth(Model):
    """An API key."""

    type: Literal["api-key"]
    """Tag of this kind of credentials."""

    value: str = field(repr=False)
    """The key, a secret."""

    additional_properties: dict[str, Any]
    _key_order: tuple[str, ...] = field(eq=False, repr=False)

    def __init__(
        self,
        *,
        value: str,
        type: Literal["api-key"] = "api-key",
    ) -> None:
        self.type = type
        self.value = value
        self.additional_properties = {}
        self._key_order = ()

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data; raises StructureError where the structure is another, or a required field is missing."""
        self = cls.__new__(cls)
        key = ""
        try:
            get = src_dict.get
            key = "type"
            self.type = src_dict["type"]
            key = "value"
            self.value = src_dict["value"]
            self.additional_properties = (
                {}
                if _FIELDS.issuperset(src_dict)
                else {name: src_dict[name] for name in src_dict if name not in _FIELDS}
            )
            self._key_order = tuple(src_dict)
        except (AttributeError, KeyError, StructureError) as error:
            raise StructureError.while_reading("APIKeyAuth", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["value"] = self.value
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._key_order)


_FIELDS = frozenset(
    {
        "type",
        "value",
    }
)


class APIKeyAuthDict(TypedDict):
    """`APIKeyAuth` as a plain dict."""

    type: Required[Literal["api-key"]]
    """Tag of this kind of credentials."""

    value: Required[str]
    """The key, a secret."""
