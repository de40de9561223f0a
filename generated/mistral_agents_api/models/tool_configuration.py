# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NotRequired, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ToolConfiguration(Model):
    """Which functions of a tool may be used, and how."""

    exclude: list[str] | None | Unset
    """Functions that may not be used."""

    include: list[str] | None | Unset
    """Functions that alone may be used."""

    requires_confirmation: list[str] | None | Unset
    """Functions that may be used once the user agrees."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "exclude",
            "include",
            "requires_confirmation",
        }
    )

    def __init__(
        self,
        *,
        exclude: Sequence[str] | None | Unset = UNSET,
        include: Sequence[str] | None | Unset = UNSET,
        requires_confirmation: Sequence[str] | None | Unset = UNSET,
    ) -> None:
        self.exclude = cast(Any, exclude)
        self.include = cast(Any, include)
        self.requires_confirmation = cast(Any, requires_confirmation)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ToolConfiguration")
        self = create(cls)
        key = ""
        value: Any
        try:
            key = "exclude"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL and not isinstance(value, list):
                raise StructureError("a list", value)
            self.exclude = value
            key = "include"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL and not isinstance(value, list):
                raise StructureError("a list", value)
            self.include = value
            key = "requires_confirmation"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL and not isinstance(value, list):
                raise StructureError("a list", value)
            self.requires_confirmation = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ToolConfiguration", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.exclude is not UNSET:
            result["exclude"] = to_json(self.exclude)
        if self.include is not UNSET:
            result["include"] = to_json(self.include)
        if self.requires_confirmation is not UNSET:
            result["requires_confirmation"] = to_json(self.requires_confirmation)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ToolConfigurationDict(TypedDict):
    """`ToolConfiguration` as a plain dict."""

    exclude: NotRequired[Sequence[str] | None]
    """Functions that may not be used."""

    include: NotRequired[Sequence[str] | None]
    """Functions that alone may be used."""

    requires_confirmation: NotRequired[Sequence[str] | None]
    """Functions that may be used once the user agrees."""
