# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, cast

from attrs import define, field

from ..types import Model, check_object, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class UnknownContentChunk(Model):
    """A part of a message whose type is not known here, kept as it came."""

    _source: Mapping[str, Any] = field(init=False, repr=False)

    @property
    def type(self) -> Any:
        """The tag, as it came; None where there is none."""
        return self.additional_properties.get("type")

    @property
    def raw(self) -> dict[str, Any]:
        """The whole of it, as it came."""
        return self.additional_properties

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._source = {}
        self.additional_properties = dict(raw)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Keep the data as it is; raises StructureError if it is no object."""
        check_object(src_dict, "UnknownContentChunk")
        return cls(src_dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the data as it came."""
        return cast("dict[str, Any]", to_json(self.additional_properties))
