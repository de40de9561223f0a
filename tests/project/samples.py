"""Requests, answers and stream events as they are on the wire, from `tests/data/samples`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import attrs

FOLDER = Path(__file__).resolve().parents[1] / "data" / "samples"
_COMPLETIONS = {
    "/v1/agents/completions": "agents_complete",
    # These operations are not in our contract, but their answers have the same schemas.
    "/v1/chat/completions": "agents_complete",
    "/v1/fim/completions": "agents_complete",
}
_OPERATIONS = {
    "POST /v1/agents": "agents_create",
    "DELETE /v1/agents/{}": "agents_delete",
    "POST /v1/conversations": "conversations_start",
    "POST /v1/conversations/{}": "conversations_append",
    "POST /v1/conversations/{}/restart": "conversations_restart",
}
# Answers that Mistral's guides print without a request.
_PRINTED = {
    "docs-agents-update.json": "agents_update",
    "docs-agents-update-version.json": "agents_update_version",
    "docs-conversations-continue.json": "conversations_append",
    "docs-conversations-get.json": "conversations_get",
    "docs-conversations-history.json": "conversations_get_history",
    "docs-conversations-list.json": "conversations_list",
    "docs-conversations-messages.json": "conversations_get_messages",
}


@attrs.frozen
class Sample:
    """A JSON body, or the fields of a stream event, with the `operationId` of its operation ("" for an entry)."""

    file: str
    operation: str
    kind: Literal["request", "answer", "error", "event", "data", "entry"]
    value: Any


def samples() -> Iterator[Sample]:
    """Yield everything in the samples; an event comes twice: as it is on the wire, and as the JSON in its data."""
    for path in sorted(FOLDER.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        for exchange in content.get("exchanges", []):
            yield from _exchange(path.name, exchange)
        for chunk in content.get("chunks", []):
            yield Sample(path.name, "agents_complete", "data", chunk)
        for entry in content.get("entries", []):
            yield Sample(path.name, "", "entry", entry)
        for error in content.get("errors", []):
            if body := error.get("body") or error.get("body_excerpt"):
                yield Sample(path.name, "conversations_start", "error", body)
        for request in content.get("request", []):
            yield Sample(path.name, _operation(request["method"], request["path"]), "request", request["body"])
        if "body" in content:
            yield Sample(path.name, _PRINTED.get(path.name, "conversations_start"), "answer", content["body"])
    yield from stream("docs-conversations-stream-web-search.sse.txt", "conversations_start")


def stream(file: str, operation: str) -> Iterator[Sample]:
    """Yield the events of a recorded stream, in which each event has one line of data."""
    for block in (FOLDER / file).read_text(encoding="utf-8").strip().split("\n\n"):
        event = dict(line.split(": ", 1) for line in block.splitlines())
        yield Sample(file, operation, "event", event)
        if event["data"] != "[DONE]":
            yield Sample(file, operation, "data", json.loads(event["data"]))


def _exchange(file: str, exchange: dict[str, Any]) -> Iterator[Sample]:
    request, response = exchange["request"], exchange["response"]
    operation = _operation(request["method"], request["path"])
    if request.get("body") is not None and not request["path"].startswith(("/v1/chat", "/v1/fim")):
        yield Sample(file, operation, "request", request["body"])
    if response.get("body") is not None:
        yield Sample(file, operation, "answer", response["body"])
    if "body_file" in response:
        yield from stream(response["body_file"], operation)


def _operation(method: str, path: str) -> str:
    if path in _COMPLETIONS:
        return _COMPLETIONS[path]
    _, version, tag, *rest = path.split("/")
    return _OPERATIONS[f"{method} /" + "/".join([version, tag, *(["{}", *rest[1:]] if rest else [])])]
