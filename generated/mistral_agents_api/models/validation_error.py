# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ValidationError(Model):
    """What is wrong with one field."""

    loc: list[int | str] | Unset
    """Path to the field, names and positions from the outside in."""

    msg: str | Unset
    """What is wrong, in words."""

    type: str | Unset
    """Kind of mistake."""

    input: Any | Unset
    """What was received; any JSON value."""

    ctx: JsonObject | Unset
    """A JSON object of any content."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "loc",
            "msg",
            "type",
            "input",
            "ctx",
        }
    )

    def __init__(
        self,
        *,
        loc: Sequence[str | int] | Unset | None = UNSET,
        msg: str | Unset | None = UNSET,
        type: str | Unset | None = UNSET,
        input: Any | Unset = UNSET,
        ctx: JsonObject | Unset | None = UNSET,
    ) -> None:
        self.loc = cast(Any, UNSET if loc is None else loc)
        self.msg = UNSET if msg is None else msg
        self.type = UNSET if type is None else type
        self.input = input
        self.ctx = UNSET if ctx is None else ctx
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ValidationError")
        self = create(cls)
        key = ""
        value: Any
        try:
            key = "loc"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL and not isinstance(value, list):
                raise StructureError("a list", value)
            self.loc = value
            self.msg = src_dict["msg"] if "msg" in src_dict else UNSET
            self.type = src_dict["type"] if "type" in src_dict else UNSET
            self.input = src_dict["input"] if "input" in src_dict else UNSET
            key = "ctx"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL and not isinstance(value, dict):
                raise StructureError("an object", value)
            self.ctx = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ValidationError", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.loc is not UNSET:
            result["loc"] = to_json(self.loc)
        if self.msg is not UNSET:
            result["msg"] = self.msg
        if self.type is not UNSET:
            result["type"] = self.type
        if self.input is not UNSET:
            result["input"] = to_json(self.input)
        if self.ctx is not UNSET:
            result["ctx"] = to_json(self.ctx)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


# Below the classes, since two models may refer to each other.
from .json_object import JsonObject
