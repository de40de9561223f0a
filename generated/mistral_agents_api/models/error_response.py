# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self, cast

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ErrorResponse(Model):
    """Why a request failed."""

    object: str | Unset
    """Kind of document, `error`."""

    message: JsonObject | str | Unset
    """What went wrong, in words or in detail."""

    type: str | Unset
    """Kind of error."""

    param: None | str | Unset
    """The parameter at fault."""

    code: int | None | str | Unset
    """Mistral's number for the error."""

    detail: list[ValidationError] | str | Unset
    """What went wrong, in words or field by field."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "object",
            "message",
            "type",
            "param",
            "code",
            "detail",
        }
    )

    def __init__(
        self,
        *,
        object: str | Unset | None = UNSET,
        message: str | JsonObject | Unset | None = UNSET,
        type: str | Unset | None = UNSET,
        param: str | None | Unset = UNSET,
        code: str | int | None | Unset = UNSET,
        detail: str | Sequence[ValidationError | Mapping[str, Any]] | Unset | None = UNSET,
    ) -> None:
        self.object = UNSET if object is None else object
        self.message = UNSET if message is None else message
        self.type = UNSET if type is None else type
        self.param = param
        self.code = code
        self.detail = cast(Any, UNSET if detail is None else detail)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ErrorResponse")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.object = src_dict["object"] if "object" in src_dict else UNSET
            key = "message"
            value = src_dict[key] if key in src_dict else UNSET
            if isinstance(value, list):
                raise StructureError("an object", value)
            self.message = value
            self.type = src_dict["type"] if "type" in src_dict else UNSET
            self.param = src_dict["param"] if "param" in src_dict else UNSET
            self.code = src_dict["code"] if "code" in src_dict else UNSET
            key = "detail"
            value = src_dict[key] if key in src_dict else UNSET
            if isinstance(value, list):
                value = [_read_validation_error(item) for item in value]
            elif isinstance(value, dict):
                raise StructureError("a list", value)
            self.detail = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ErrorResponse", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.object is not UNSET:
            result["object"] = self.object
        if self.message is not UNSET:
            result["message"] = to_json(self.message)
        if self.type is not UNSET:
            result["type"] = self.type
        if self.param is not UNSET:
            result["param"] = self.param
        if self.code is not UNSET:
            result["code"] = self.code
        if self.detail is not UNSET:
            result["detail"] = to_json(self.detail)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


# Below the classes, since two models may refer to each other.
from .json_object import JsonObject
from .validation_error import ValidationError

_read_validation_error = ValidationError.from_dict
