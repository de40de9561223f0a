# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, in_order, to_json


@define(init=False, repr=False)
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

    additional_properties: dict[str, Any]
    _key_order: tuple[str, ...] = field(eq=False, repr=False)

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
        self.additional_properties = {}
        self._key_order = ()

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data; raises StructureError where the structure is another, or a required field is missing."""
        self = cls.__new__(cls)
        key = ""
        try:
            get = src_dict.get
            key = "loc"
            value = get("loc", UNSET)
            if not isinstance(value, list) and value is not UNSET and value is not NULL:
                raise StructureError("a list", value)
            self.loc = value
            self.msg = get("msg", UNSET)
            self.type = get("type", UNSET)
            self.input = get("input", UNSET)
            key = "ctx"
            value = get("ctx", UNSET)
            if not isinstance(value, dict) and value is not UNSET and value is not NULL:
                raise StructureError("an object", value)
            self.ctx = value
            self.additional_properties = (
                {}
                if _FIELDS.issuperset(src_dict)
                else {name: src_dict[name] for name in src_dict if name not in _FIELDS}
            )
            self._key_order = tuple(src_dict)
        except (AttributeError, KeyError, StructureError) as error:
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
        return in_order(result, self._key_order)


_FIELDS = frozenset(
    {
        "loc",
        "msg",
        "type",
        "input",
        "ctx",
    }
)


# Below the classes, since two models may refer to each other.
from .json_object import JsonObject
