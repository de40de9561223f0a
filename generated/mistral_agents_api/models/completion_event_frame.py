# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class CompletionEventFrame(Model):
    """One server-sent event of a stream."""

    data: Literal["[DONE]"] | str
    """The chunk as JSON text, or `[DONE]` at the end of the stream."""

    event: str | Unset
    """Name of the event. Mistral's events have none."""

    id: str | Unset
    """Identifier of the event."""

    retry: int | Unset
    """Time to wait before connecting again, in milliseconds."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "data",
            "event",
            "id",
            "retry",
        }
    )

    def __init__(
        self,
        *,
        data: Literal["[DONE]"] | str,
        event: str | Unset | None = UNSET,
        id: str | Unset | None = UNSET,
        retry: int | Unset | None = UNSET,
    ) -> None:
        self.data = data
        self.event = UNSET if event is None else event
        self.id = UNSET if id is None else id
        self.retry = UNSET if retry is None else retry
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "CompletionEventFrame")
        self = create(cls)
        key = ""
        try:
            self.data = src_dict["data"]
            self.event = src_dict["event"] if "event" in src_dict else UNSET
            self.id = src_dict["id"] if "id" in src_dict else UNSET
            self.retry = src_dict["retry"] if "retry" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("CompletionEventFrame", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["data"] = self.data
        if self.event is not UNSET:
            result["event"] = self.event
        if self.id is not UNSET:
            result["id"] = self.id
        if self.retry is not UNSET:
            result["retry"] = self.retry
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)
