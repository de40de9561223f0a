# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ChatCompletionResponseTokenLogprobsTopK(Model):
    """A token with its log probability, and those of the likeliest tokens in its place."""

    token: str | Unset
    """The token's text."""

    logprob: float | Unset
    """Natural logarithm of the token's probability."""

    bytes: list[int] | Unset
    """The token's UTF-8 bytes, each from 0 to 255."""

    token_id: int | Unset
    """The token's number in the model's vocabulary."""

    top_logprobs: list[ChatCompletionResponseTokenLogprobs] | None | Unset
    """The likeliest tokens in this place."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "token",
            "logprob",
            "bytes",
            "token_id",
            "top_logprobs",
        }
    )

    def __init__(
        self,
        *,
        token: str | Unset | None = UNSET,
        logprob: float | Unset | None = UNSET,
        bytes: Sequence[int] | Unset | None = UNSET,
        token_id: int | Unset | None = UNSET,
        top_logprobs: Sequence[ChatCompletionResponseTokenLogprobs | Mapping[str, Any]] | None | Unset = UNSET,
    ) -> None:
        self.token = UNSET if token is None else token
        self.logprob = UNSET if logprob is None else logprob
        self.bytes = cast(Any, UNSET if bytes is None else bytes)
        self.token_id = UNSET if token_id is None else token_id
        self.top_logprobs = cast(Any, top_logprobs)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ChatCompletionResponseTokenLogprobsTopK")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.token = src_dict["token"] if "token" in src_dict else UNSET
            self.logprob = src_dict["logprob"] if "logprob" in src_dict else UNSET
            key = "bytes"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL and not isinstance(value, list):
                raise StructureError("a list", value)
            self.bytes = value
            self.token_id = src_dict["token_id"] if "token_id" in src_dict else UNSET
            key = "top_logprobs"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                if not isinstance(value, list):
                    raise StructureError("a list", value)
                items, value = value, []
                for item in items:
                    value.append(_read_chat_completion_response_token_logprobs(item))
            self.top_logprobs = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading(
                "ChatCompletionResponseTokenLogprobsTopK", key, src_dict, error
            ) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.token is not UNSET:
            result["token"] = self.token
        if self.logprob is not UNSET:
            result["logprob"] = self.logprob
        if self.bytes is not UNSET:
            result["bytes"] = to_json(self.bytes)
        if self.token_id is not UNSET:
            result["token_id"] = self.token_id
        if self.top_logprobs is not UNSET:
            result["top_logprobs"] = to_json(self.top_logprobs)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


# Below the classes, since two models may refer to each other.
from .chat_completion_response_token_logprobs import ChatCompletionResponseTokenLogprobs

_read_chat_completion_response_token_logprobs = ChatCompletionResponseTokenLogprobs.from_dict
