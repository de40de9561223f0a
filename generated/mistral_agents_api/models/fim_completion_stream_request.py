# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, NotRequired, Required, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class FIMCompletionStreamRequest(Model):
    """A request to fill in what stands between a prompt and a suffix, answered as a stream of events."""

    model: None | str
    """Name of the model, `codestral-2405` or `codestral-latest`."""

    prompt: str
    """Text or code to continue."""

    suffix: None | str | Unset
    """Text or code that follows the gap. The prompt is merely continued if absent."""

    temperature: float | Unset
    """Randomness of the sampling, from 0 to 1. Set this or `top_p`, not both."""

    top_p: float | Unset
    """Sample from the likeliest tokens that together have this probability, from 0 to 1. Set this or `temperature`,
    not both."""

    max_tokens: int | None | Unset
    """Most tokens to generate, 0 or more. Prompt and answer together have to fit into the model's context."""

    min_tokens: int | None | Unset
    """Fewest tokens to generate."""

    stream: Literal[True] | Unset
    """Ask for a stream of events. The service sends one JSON document when this is absent."""

    stop: list[str] | str | Unset
    """Stop generating at this text, or at any one of several."""

    random_seed: int | None | Unset
    """Seed of the sampling, 0 or more. The same seed gives the same answer."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "model",
            "prompt",
            "suffix",
            "temperature",
            "top_p",
            "max_tokens",
            "min_tokens",
            "stream",
            "stop",
            "random_seed",
        }
    )

    def __init__(
        self,
        *,
        model: str | None,
        prompt: str,
        suffix: str | None | Unset = UNSET,
        temperature: float | Unset | None = UNSET,
        top_p: float | Unset | None = UNSET,
        max_tokens: int | None | Unset = UNSET,
        min_tokens: int | None | Unset = UNSET,
        stream: Literal[True] | Unset | None = UNSET,
        stop: str | Sequence[str] | Unset | None = UNSET,
        random_seed: int | None | Unset = UNSET,
    ) -> None:
        self.model = model
        self.prompt = prompt
        self.suffix = suffix
        self.temperature = UNSET if temperature is None else temperature
        self.top_p = UNSET if top_p is None else top_p
        self.max_tokens = max_tokens
        self.min_tokens = min_tokens
        self.stream = UNSET if stream is None else stream
        self.stop = cast(Any, UNSET if stop is None else stop)
        self.random_seed = random_seed
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "FIMCompletionStreamRequest")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.model = src_dict["model"]
            self.prompt = src_dict["prompt"]
            self.suffix = src_dict["suffix"] if "suffix" in src_dict else UNSET
            self.temperature = src_dict["temperature"] if "temperature" in src_dict else UNSET
            self.top_p = src_dict["top_p"] if "top_p" in src_dict else UNSET
            self.max_tokens = src_dict["max_tokens"] if "max_tokens" in src_dict else UNSET
            self.min_tokens = src_dict["min_tokens"] if "min_tokens" in src_dict else UNSET
            self.stream = src_dict["stream"] if "stream" in src_dict else UNSET
            key = "stop"
            value = src_dict[key] if key in src_dict else UNSET
            if isinstance(value, dict):
                raise StructureError("a list", value)
            self.stop = value
            self.random_seed = src_dict["random_seed"] if "random_seed" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("FIMCompletionStreamRequest", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["model"] = self.model
        result["prompt"] = self.prompt
        if self.suffix is not UNSET:
            result["suffix"] = self.suffix
        if self.temperature is not UNSET:
            result["temperature"] = self.temperature
        if self.top_p is not UNSET:
            result["top_p"] = self.top_p
        if self.max_tokens is not UNSET:
            result["max_tokens"] = self.max_tokens
        if self.min_tokens is not UNSET:
            result["min_tokens"] = self.min_tokens
        if self.stream is not UNSET:
            result["stream"] = self.stream
        if self.stop is not UNSET:
            result["stop"] = to_json(self.stop)
        if self.random_seed is not UNSET:
            result["random_seed"] = self.random_seed
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class FIMCompletionStreamRequestDict(TypedDict):
    """`FIMCompletionStreamRequest` as a plain dict."""

    model: Required[str | None]
    """Name of the model, `codestral-2405` or `codestral-latest`."""

    prompt: Required[str]
    """Text or code to continue."""

    suffix: NotRequired[str | None]
    """Text or code that follows the gap. The prompt is merely continued if absent."""

    temperature: NotRequired[float | None]
    """Randomness of the sampling, from 0 to 1. Set this or `top_p`, not both."""

    top_p: NotRequired[float | None]
    """Sample from the likeliest tokens that together have this probability, from 0 to 1. Set this or `temperature`,
    not both."""

    max_tokens: NotRequired[int | None]
    """Most tokens to generate, 0 or more. Prompt and answer together have to fit into the model's context."""

    min_tokens: NotRequired[int | None]
    """Fewest tokens to generate."""

    stream: NotRequired[Literal[True] | None]
    """Ask for a stream of events. The service sends one JSON document when this is absent."""

    stop: NotRequired[str | Sequence[str] | None]
    """Stop generating at this text, or at any one of several."""

    random_seed: NotRequired[int | None]
    """Seed of the sampling, 0 or more. The same seed gives the same answer."""
