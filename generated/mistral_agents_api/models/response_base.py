# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, in_order, to_json


@define(init=False, repr=False)
class ResponseBase(Model):
    """What every answer carries."""

    id: str | Unset
    """Identifier of the answer."""

    object: str | Unset
    """Kind of document, `chat.completion`."""

    model: str | Unset
    """Name of the model that answered."""

    usage: UsageInfo | Unset
    """Tokens that an answer cost."""

    additional_properties: dict[str, Any]
    _key_order: tuple[str, ...] = field(eq=False, repr=False)

    def __init__(
        self,
        *,
        id: str | Unset | None = UNSET,
        object: str | Unset | None = UNSET,
        model: str | Unset | None = UNSET,
        usage: UsageInfo | Mapping[str, Any] | Unset | None = UNSET,
    ) -> None:
        self.id = UNSET if id is None else id
        self.object = UNSET if object is None else object
        self.model = UNSET if model is None else model
        self.usage = cast(Any, UNSET if usage is None else usage)
        self.additional_properties = {}
        self._key_order = ()

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data; raises StructureError where the structure is another, or a required field is missing."""
        self = cls.__new__(cls)
        key = ""
        try:
            get = src_dict.get
            self.id = get("id", UNSET)
            self.object = get("object", UNSET)
            self.model = get("model", UNSET)
            key = "usage"
            value = get("usage", UNSET)
            if isinstance(value, dict):
                value = UsageInfo.from_dict(value)
            elif value is not UNSET and value is not NULL:
                raise StructureError("an object", value)
            self.usage = value
            self.additional_properties = (
                {}
                if _FIELDS.issuperset(src_dict)
                else {name: src_dict[name] for name in src_dict if name not in _FIELDS}
            )
            self._key_order = tuple(src_dict)
        except (AttributeError, KeyError, StructureError) as error:
            raise StructureError.while_reading("ResponseBase", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.id is not UNSET:
            result["id"] = self.id
        if self.object is not UNSET:
            result["object"] = self.object
        if self.model is not UNSET:
            result["model"] = self.model
        if self.usage is not UNSET:
            result["usage"] = to_json(self.usage)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._key_order)


_FIELDS = frozenset(
    {
        "id",
        "object",
        "model",
        "usage",
    }
)


# Below the classes, since two models may refer to each other.
from .usage_info import UsageInfo
