# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class PromptTokensDetails(Model):
    """What the prompt's tokens consist of."""

    cached_tokens: int | Unset
    """Tokens that came from the cache. 0 if absent."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "cached_tokens",
        }
    )

    def __init__(
        self,
        *,
        cached_tokens: int | Unset | None = UNSET,
    ) -> None:
        self.cached_tokens = UNSET if cached_tokens is None else cached_tokens
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "PromptTokensDetails")
        self = create(cls)
        key = ""
        try:
            self.cached_tokens = src_dict["cached_tokens"] if "cached_tokens" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("PromptTokensDetails", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.cached_tokens is not UNSET:
            result["cached_tokens"] = self.cached_tokens
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)
