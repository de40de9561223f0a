# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self, cast

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class HTTPValidationErrorBody(Model):
    """Why the form of a request was refused."""

    detail: list[ValidationError] | str | Unset
    """What is wrong, field by field, or in words."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "detail",
        }
    )

    def __init__(
        self,
        *,
        detail: Sequence[ValidationError | Mapping[str, Any]] | str | Unset | None = UNSET,
    ) -> None:
        self.detail = cast(Any, UNSET if detail is None else detail)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "HTTPValidationErrorBody")
        self = create(cls)
        key = ""
        value: Any
        try:
            key = "detail"
            value = src_dict[key] if key in src_dict else UNSET
            if isinstance(value, list):
                value = [_read_validation_error(item) for item in value]
            elif isinstance(value, dict):
                raise StructureError("a list", value)
            self.detail = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("HTTPValidationErrorBody", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.detail is not UNSET:
            result["detail"] = to_json(self.detail)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


# Below the classes, since two models may refer to each other.
from .validation_error import ValidationError

_read_validation_error = ValidationError.from_dict
