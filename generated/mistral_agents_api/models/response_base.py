# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
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

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "id",
            "object",
            "model",
            "usage",
        }
    )

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
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ResponseBase")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.id = src_dict["id"] if "id" in src_dict else UNSET
            self.object = src_dict["object"] if "object" in src_dict else UNSET
            self.model = src_dict["model"] if "model" in src_dict else UNSET
            key = "usage"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_usage_info(value)
            self.usage = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
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
        return in_order(result, self._source)


# Below the classes, since two models may refer to each other.
from .usage_info import UsageInfo

_read_usage_info = UsageInfo.from_dict
