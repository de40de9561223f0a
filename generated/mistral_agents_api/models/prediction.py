# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NotRequired, Self, TypedDict

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class Prediction(Model):
    """Text that the answer is expected to repeat for the most part, which makes it arrive sooner."""

    type: Literal["content"] | Unset
    """Kind of prediction."""

    content: str | Unset
    """The expected text. Empty if absent."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "content",
        }
    )

    def __init__(
        self,
        *,
        type: Literal["content"] | Unset | None = "content",
        content: str | Unset | None = UNSET,
    ) -> None:
        self.type = UNSET if type is None else type
        self.content = UNSET if content is None else content
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "Prediction")
        self = create(cls)
        key = ""
        try:
            self.type = src_dict["type"] if "type" in src_dict else UNSET
            self.content = src_dict["content"] if "content" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("Prediction", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.type is not UNSET:
            result["type"] = self.type
        if self.content is not UNSET:
            result["content"] = self.content
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class PredictionDict(TypedDict):
    """`Prediction` as a plain dict."""

    type: NotRequired[Literal["content"]]
    """Kind of prediction."""

    content: NotRequired[str]
    """The expected text. Empty if absent."""
