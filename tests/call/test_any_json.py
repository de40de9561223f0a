"""Whatever JSON the service sends, the call returns it, or raises a MistralError that contains it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from completion_payloads import ASK, chunk, sse, texts
from mistral_agents import errors
from seam import answer, seam, stream
from worlds import WORLDS

BLOCKING = WORLDS[0]
NAMES = [
    "choices",
    "index",
    "message",
    "delta",
    "content",
    "type",
    "text",
    "thinking",
    "tool_calls",
    "function",
    "name",
]
NAMES += ["arguments", "finish_reason", "usage", "detail", "error", "loc", "msg", "code", "object"]
TEXTS = st.text(max_size=5) | st.sampled_from(["text", "thinking", "reference", "assistant", "error", "function"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
)
CHOICES = st.lists(st.fixed_dictionaries({"index": JSON, "message": JSON, "delta": JSON, "finish_reason": JSON}))
DOCUMENTS = JSON | st.fixed_dictionaries({"choices": CHOICES | JSON, "usage": JSON}) | st.dictionaries(TEXTS, JSON)


@given(document=DOCUMENTS)
def test_answers(document: object) -> None:
    """A call returns the JSON that the service sent, or raises a ResponseValidationError that contains it."""
    try:
        read = BLOCKING.complete(seam(answer(document)).client(), **ASK).to_dict()
    except errors.ResponseValidationError as error:
        read = json.loads(error.body)
    assert json.dumps(read) == json.dumps(document)


@given(document=DOCUMENTS, status=st.sampled_from([400, 422, 500]))
def test_error_bodies(document: object, status: int) -> None:
    """The status decides the error's class, the body is kept, and `detail` has a type that the contract allows."""
    with pytest.raises(errors.SDKError) as caught:
        BLOCKING.complete(seam(answer(document, status)).client(retry_config=None), **ASK)
    assert (caught.value.status_code, json.dumps(json.loads(caught.value.body))) == (status, json.dumps(document))
    assert isinstance(getattr(caught.value, "detail", None), (list, str, type(None)))


@given(document=DOCUMENTS, name=st.sampled_from(["message", "error", "ping"]))
def test_events(document: object, name: str) -> None:
    """An event is delivered, skipped, or raised as an error that contains it; the event before it is delivered."""
    body = sse(chunk("a")) + f"event: {name}\n".encode() + sse(json.dumps(document), "[DONE]")
    events, error = BLOCKING.read(seam(stream(body)).client(), **ASK)
    kept = [json.dumps(event.data.to_dict()) for event in events[1:]]
    reported = document
    if isinstance(document, dict) and document.get("choices") is None:
        document = {**document, "choices": []}  # null is read as an empty list: callers can always iterate over it
    if isinstance(error, (errors.StreamEventError, errors.ResponseValidationError)):
        kept.append(json.dumps(json.loads(error.body)))
    assert texts(events[:1]) == ["a"]
    assert kept in ([json.dumps(document)], [json.dumps(reported)]) or (name, kept, error) == ("ping", [], None)
