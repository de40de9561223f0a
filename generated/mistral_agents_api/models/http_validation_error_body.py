# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self, cast

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, in_order, to_json


@define(init=False, repr=False)
class HTTPValidationErrorBody(Model):
    """Why the form of a request was refused."""

    detail: list[ValidationError] | str | Unset
    """What is wrong, field by field, or in words."""

    additional_properties: dict[str, Any]
    _key_order: tuple[str, ...] = field(eq=False, repr=False)

    def __init__(
        self,
        *,
        detail: Sequence[ValidationError | Mapping[str, Any]] | str | Unset | None = UNSET,
    ) -> None:
        self.detail = cast(Any, UNSET if detail is None else detail)
        self.additional_properties = {}
        self._key_order = ()

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data; raises StructureError where the structure is another, or a required field is missing."""
        self = cls.__new__(cls)
        key = ""
        try:
            get = src_dict.get
            key = "detail"
            value = get("detail", UNSET)
            if isinstance(value, list):
                value = [ValidationError.from_dict(item) for item in value]
            elif isinstance(value, dict):
                raise StructureError("a list", value)
            self.detail = value
            self.additional_properties = (
                {}
                if _FIELDS.issuperset(src_dict)
                else {name: src_dict[name] for name in src_dict if name not in _FIELDS}
            )
            self._key_order = tuple(src_dict)
        except (AttributeError, KeyError, StructureError) as error:
            raise StructureError.while_reading("HTTPValidationErrorBody", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.detail is not UNSET:
            result["detail"] = to_json(self.detail)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._key_order)


_FIELDS = frozenset(
    {
        "detail",
    }
)


# Below the classes, since two models may refer to each other.
from .validation_error import ValidationError
