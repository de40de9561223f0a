"""From keyword arguments to a request of the contract, and from what the service sends to its models.

The only module that uses names of the generated package that begin with an underscore. It names no field of a request but
those by which it decides: `messages`, `agent_id`, `stream`, `model`, `prompt`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from mistral_agents_api.errors import StructureError
from mistral_agents_api.types import encode_json, to_json

from .errors import InvalidArgumentError, ResponseValidationError


def complete_request(arguments: Mapping[str, Any], extra_body: Mapping[str, Any]) -> dict[str, Any]:
    """Return method, path, headers and body of a request for one JSON answer."""
    from mistral_agents_api.models import AgentsCompletionRequest

    if arguments.get("stream"):
        raise InvalidArgumentError("stream=True: complete() returns one answer; call stream() for a stream")
    _check_agent_arguments(arguments)
    return _request(AgentsCompletionRequest, arguments, extra_body)


def stream_request(arguments: Mapping[str, Any], extra_body: Mapping[str, Any]) -> dict[str, Any]:
    """Return method, path, headers and body of a request for a stream, in whichever form the arguments have."""
    from mistral_agents_api.models import AgentsCompletionStreamRequest, FIMCompletionStreamRequest

    if arguments.get("stream", True) is False:
        raise InvalidArgumentError("stream=False: stream() returns a stream; call complete() for one answer")
    fill_in = arguments.keys() & {"model", "prompt"}
    agent = arguments.keys() & {"messages", "agent_id"}
    if fill_in and agent:
        given = " and ".join(sorted(fill_in | agent))
        raise InvalidArgumentError(
            f"stream() takes messages and agent_id, or model and prompt, not both: {given} given"
        )
    if not fill_in:
        _check_agent_arguments(arguments)
        return _request(AgentsCompletionStreamRequest, {**arguments, "stream": True}, extra_body)
    if not isinstance(arguments.get("prompt"), str):
        raise _missing("prompt", "the text to complete", arguments)
    if "model" not in arguments:
        raise _missing("model", "the name of a model, or None for the service's choice", arguments)
    return _request(FIMCompletionStreamRequest, {**arguments, "stream": True}, extra_body)


def _check_agent_arguments(arguments: Mapping[str, Any]) -> None:
    messages, agent_id = arguments.get("messages"), arguments.get("agent_id")
    if not messages or isinstance(messages, (str, bytes, Mapping)) or not hasattr(messages, "__len__"):
        raise _missing("messages", "a list of at least one message", arguments)
    if not agent_id or not isinstance(agent_id, str):
        raise _missing("agent_id", "the agent's identifier", arguments)


def _missing(name: str, what: str, arguments: Mapping[str, Any]) -> InvalidArgumentError:
    instead = f", not {arguments[name]!r:.80}" if name in arguments else ""
    return InvalidArgumentError(f"{name} is missing: give {what}{instead}")


def _request(model: Any, arguments: Mapping[str, Any], extra_body: Mapping[str, Any]) -> dict[str, Any]:
    from mistral_agents_api.api.agents import agents_completion

    request = model(**arguments)  # a TypeError here names an unknown keyword
    try:
        return agents_completion._get_kwargs(body=cast(Any, {**request.to_dict(), **extra_body}))
    except (TypeError, ValueError, RecursionError) as error:
        culprit = "the request"
        for name, value in {**arguments, **extra_body}.items():
            try:
                encode_json(to_json(value))
            except (TypeError, ValueError, RecursionError):
                culprit = name
        raise InvalidArgumentError(f"{culprit} cannot be written as JSON: {error or type(error).__name__}") from error


def read_json(body: bytes | str, what: str) -> Any:
    """Read JSON that the service sent; raise ResponseValidationError naming `what` when it is none."""
    try:
        return json.loads(body)
    # ValueError: not JSON, not UTF-8, or an integer of more digits than Python converts.
    except (ValueError, RecursionError) as error:
        reason = f"cannot be read as JSON ({error})" if isinstance(error, ValueError) else "is nested too deep"
        raise ResponseValidationError(f"{what} {reason}. Check server_url.", body=_bytes(body)) from error


def read_model(model: Any, data: Any, body: bytes | str, what: str) -> Any:
    """Read a model; raise ResponseValidationError naming the place that is not of the contract's form."""
    try:
        return model.from_dict(data)
    except (StructureError, RecursionError) as error:
        raise ResponseValidationError(f"{what} is not what the contract says: {error}.", body=_bytes(body)) from error


def _bytes(body: bytes | str) -> bytes:
    return body if isinstance(body, bytes) else body.encode("utf-8", errors="surrogatepass")
