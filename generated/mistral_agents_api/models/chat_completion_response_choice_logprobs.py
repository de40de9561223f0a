# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ChatCompletionResponseChoiceLogprobs(Model):
    """Log probabilities of a sequence of tokens."""

    content: list[ChatCompletionResponseTokenLogprobsTopK] | Unset
    """The tokens in order."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "content",
        }
    )

    def __init__(
        self,
        *,
        content: Sequence[ChatCompletionResponseTokenLogprobsTopK | Mapping[str, Any]] | Unset | None = UNSET,
    ) -> None:
        self.content = cast(Any, UNSET if content is None else content)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ChatCompletionResponseChoiceLogprobs")
        self = create(cls)
        key = ""
        value: Any
        try:
            key = "content"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                if not isinstance(value, list):
                    raise StructureError("a list", value)
                items, value = value, []
                for item in items:
                    value.append(_read_chat_completion_response_token_logprobs_top_k(item))
            self.content = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ChatCompletionResponseChoiceLogprobs", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.content is not UNSET:
            result["content"] = to_json(self.content)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


# Below the classes, since two models may refer to each other.
from .chat_completion_response_token_logprobs_top_k import ChatCompletionResponseTokenLogprobsTopK

_read_chat_completion_response_token_logprobs_top_k = ChatCompletionResponseTokenLogprobsTopK.from_dict
