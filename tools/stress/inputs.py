"""The inputs of `make fuzz`: documents of the contract, event streams and HTTP answers, damaged at random.

Before the damage, a document has every field of its schema. An event stream for the decoder consists of up to two
known streams and of random tokens. All random numbers come from one seeded generator, so that the same seed gives the
same inputs.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
import zlib
from collections.abc import Sequence
from typing import Any, TypeVar

import httpx

from mistral_agents_api import models

from . import documents
from .answers import Answer
from .event_streams import STREAMS, TOKENS, one_byte_each

T = TypeVar("T")

# Documents by class name. A component without `from_dict` is an enum or an alias.
DOCUMENTS: dict[str, Any] = {
    documents.class_name(name): documents.full_document(documents.component(name))
    for name in documents.SCHEMAS
    if hasattr(getattr(models, documents.class_name(name), None), "from_dict")
}

# Lists to pick from: an item that is in a list several times is picked more often.
_WHOLE = list(DOCUMENTS.values())
_ANSWERED = ["ChatCompletionResponse"] * 6 + ["CompletionChunk", "ErrorResponse", "HTTPValidationErrorBody", "ToolCall"]
_STREAMED = ["CompletionChunk"] * 20 + ["ChatCompletionResponse", "ErrorResponse", "ToolCallFragment"]
_EVENTS = (
    ["MessageOutputEvent"] * 8 + ["FunctionCallEvent"] * 6 + ["ToolExecutionStartedEvent", "ToolExecutionDeltaEvent"]
)
_EVENTS += ["ToolExecutionDoneEvent", "AgentHandoffStartedEvent", "AgentHandoffDoneEvent", "ResponseErrorEvent"]
_EVENTS += ["ResponseStartedEvent", "MessageOutputEntry"]
# The fields that say to which entry an event belongs; some of these values are not identifiers.
_PLACES: dict[str, list[Any]] = {
    "output_index": [0, 1, 2, None, "0"],
    "content_index": [0, 1, None],
    "id": ["a", "b", "null", "", None],
    "tool_call_id": ["a", "b", "null", "", None],
    "name": ["f", "g", ""],
}
_SCALARS: list[Any] = [
    *(None, True, False, 0, 1, -1, 2**63, 10**400, -0.0, 0.5, 1e308, float("nan"), float("-inf")),
    *("", "text", "type", "[DONE]", "stop", "\ud800", "é\u2028\0", "😀" * 50, "[" * 500),
]
_HOSTILE = [*_SCALARS, [], {}, [[]], [None], [{}], [[{}]], {"": None}, {"type": None}, {"type": ["text"]}]
_NAMES = [*documents.AWKWARD_NAMES, "_FIELDS", "\ud800", "role", "index", "content", "choices", "error", "message"]
# json.loads, from_dict and to_dict each have a limit of depth below a thousand.
_DEPTHS = [1] * 6 + [2] * 4 + [5] * 3 + [50, 300, 450, 900]
# Snippets for any body, also more digits than Python converts (4,300) and more brackets than json.loads accepts.
_SNIPPETS = [
    b"9" * 5_000,
    b"[" * 20_000,
    b"null",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\\ud800",
    b'"',
    b"}",
    b"NaN",
    b"-",
    b"\0",
]
_ENCODINGS = ["utf-8"] * 12 + ["utf-8-sig", "utf-16", "utf-32", "latin-1"]
_STATUSES = [200] * 50 + [0, 100, 201, 204, 206, 299, 301, 401, 403, 404, 408, 422, 422, 422, 429, 500, 503, 529, 999]
_TYPES = ["application/json", "text/event-stream", "application/problem+json", "text/html", "", ";", "a/b;c=d", "é"]
_CODINGS = ["gzip", "deflate", "gzip, deflate", "identity", "br", "zstd", "unheard-of", "", ", ,", "é"]
_DATES = ["Wed, 21 Oct 2015 07:28:00 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
_DATES += ["Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 00 Foo 0000 99:99:99 GMT", "Sun, 06 Nov 1994 08:49:37 XYZ", "May"]
_NUMBERS = ["0", "1", "-5", "0.001", "nan", "inf", "1e400", "9" * 5_000, "\u0661", " ", "é"]
_HEADERS = {
    "content-encoding": _CODINGS,
    "retry-after": _DATES + _NUMBERS,
    "retry-after-ms": _NUMBERS,
    "x-request-id": ["", "é", "r" * 1_000],
    "location": ["/", "http://[", "é"],
}
_ACCIDENTS = [httpx.ReadError, httpx.ReadTimeout, httpx.RemoteProtocolError]


class Source:
    """Draws inputs; the same seed gives the same inputs."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311  # not for secrets

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of several choices."""
        return self._random.choice(choices)

    def model(self) -> tuple[str, str]:
        """Return the name of a model and the JSON text of a document for it."""
        name = self.pick(list(DOCUMENTS))
        return name, self._text(name)

    def event_stream(self) -> tuple[list[bytes], int]:
        """Return an event stream in pieces, and the limit for the size of an event."""
        known = [stream for stream, _ in self._random.choices(list(STREAMS.values()), k=self._random.randrange(3))]
        tokens = self._random.choices(TOKENS, k=self._random.randrange(20))
        stream = b"".join(self._random.sample([*known, b"".join(tokens)], len(known) + 1))
        # The smallest limit is 2. The first two bytes do not count while they may begin a byte order mark, and so would
        # not exceed a limit of 1.
        limit = 10**6 if self._chance(0.7) else self._random.randrange(2, 60)
        return self._pieces(self._damaged_bytes(stream, TOKENS)), limit

    def answer(self) -> Answer:
        """Return an answer to a request for one document."""
        return self._whole_answer(self.pick(_ANSWERED))

    def conversation_answer(self) -> Answer:
        """Return an answer to a request for a conversation's next entries."""
        return self._whole_answer(self.pick(["ConversationResponse"] * 6 + ["AgentConversation", *_ANSWERED]))

    def _whole_answer(self, name: str) -> Answer:
        body = self._text(name, ascii_only=self._chance(0.5))
        coding = self.pick(_ENCODINGS)
        return self._answer(body.encode(coding, "replace" if coding == "latin-1" else "surrogatepass"), _TYPES[0])

    def streamed_answer(self) -> Answer:
        """Return an answer to a call for a stream."""
        events = []
        for _ in range(self._random.randrange(5)):
            name = self.pick(["error", "ping", "message", ""]) if self._chance(0.1) else None
            text = self._text(self.pick(_STREAMED), ascii_only=self._chance(0.5))
            events.append(f"data: {text}\n\n" if name is None else f"event: {name}\ndata: {text}\n\n")
        if self._chance(0.7):
            events.append("data: [DONE]\n\n")
        return self._answer("".join(events).encode("utf-8", "surrogatepass"), _TYPES[1])

    def conversation_stream(self) -> Answer:
        """Return an answer to a request for the stream of a conversation."""
        texts = [self._text("ResponseStartedEvent")] if self._chance(0.7) else []
        for _ in range(self._random.randrange(8)):
            name = self.pick(_EVENTS)
            fields = {key: self.pick(values) for key, values in _PLACES.items() if key in DOCUMENTS[name]}
            texts.append(self._text(name, ascii_only=self._chance(0.5), **(fields if self._chance(0.8) else {})))
        if self._chance(0.7):
            texts.append(self._text("ResponseDoneEvent"))
        return self._answer("".join(f"data: {text}\n\n" for text in texts).encode("utf-8", "surrogatepass"), _TYPES[1])

    def _chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def _text(self, name: str, /, *, ascii_only: bool = True, **fields: Any) -> str:
        """Return a document for the named model as JSON text, with these fields, damaged in at most four places."""
        while True:
            document = {**DOCUMENTS[name], **fields} if fields else DOCUMENTS[name]
            for _ in range(self.pick([0, 0, 1, 1, 2, 4])):
                document = self._damaged(document)
            try:
                return json.dumps(document, ensure_ascii=ascii_only)
            except RecursionError:  # two damages together were too deep
                continue

    def _damaged(self, value: Any) -> Any:
        """Return a copy that differs in one place and shares all other parts."""
        if isinstance(value, (dict, list)) and value and self._chance(0.8):
            copied: Any = value.copy()
            step = self.pick(list(copied) if isinstance(copied, dict) else range(len(copied)))
            copied[step] = self._damaged(copied[step])
            return copied
        kind = self._random.randrange(6)
        if kind == 0:
            return self.pick(_HOSTILE)
        if kind == 1:
            return self._part(self.pick(_WHOLE))
        return self._buried(value) if kind == 2 else self._rearranged(value)

    def _rearranged(self, value: Any) -> Any:
        if isinstance(value, dict):
            return self._rearranged_object(value)
        if isinstance(value, list):
            return self._random.sample([*value, *value, self.pick(_HOSTILE)], self._random.randrange(len(value) + 2))
        return self.pick(_SCALARS)

    def _part(self, value: Any) -> Any:
        while isinstance(value, (dict, list)) and value and self._chance(0.5):
            value = self.pick(list(value.values()) if isinstance(value, dict) else value)
        return value

    def _buried(self, value: Any) -> Any:
        name = self.pick([*_NAMES, None, None])
        for _ in range(self.pick(_DEPTHS)):
            value = [value] if name is None else {name: value}
        return value

    def _rearranged_object(self, value: dict[str, Any]) -> dict[str, Any]:
        kind = self._random.randrange(4)
        if kind == 0:
            return {key: item for key, item in value.items() if self._chance(0.6)}
        if kind == 1:
            return {**value, self.pick(_NAMES): self.pick(_HOSTILE)}
        mixed = self._random.sample(list(value), len(value))
        if kind == 2:
            return {key: value[key] for key in mixed}
        return dict(zip(mixed, value.values(), strict=True))

    def _damaged_bytes(self, data: bytes, snippets: Sequence[bytes]) -> bytes:
        for _ in range(self._random.randrange(4)):
            start, other = self._random.randrange(len(data) + 1), self._random.randrange(len(data) + 1)
            length = self.pick([0, 0, 1, 1, 4, 30])
            put = self.pick([b"", self._random.randbytes(1), self.pick(snippets), data[other : other + length]])
            data = data[:start] + put + data[start + length :]
        return data

    def _pieces(self, data: bytes) -> list[bytes]:
        if self._chance(0.1) and len(data) < 1_000:
            return one_byte_each(data)
        cuts = sorted(self._random.randrange(len(data) + 1) for _ in range(self._random.randrange(6)))
        return [data[start:end] for start, end in itertools.pairwise([0, *cuts, len(data)])]

    def _answer(self, body: bytes, content_type: str) -> Answer:
        if self._chance(0.2):
            body = self._damaged_bytes(body, _SNIPPETS)
        headers = (
            {} if self._chance(0.05) else {"content-type": content_type if self._chance(0.9) else self.pick(_TYPES)}
        )
        headers |= {name: self.pick(values) for name, values in _HEADERS.items() if self._chance(0.05)}
        coding = headers.get("content-encoding", "")
        if "deflate" in coding:
            body = zlib.compress(body, 1)
        if "gzip" in coding:
            body = gzip.compress(body, 1, mtime=0)
        if coding and self._chance(0.3):
            body = self._damaged_bytes(body, _SNIPPETS)
        pieces: list[bytes | Exception] = [*self._pieces(body)]
        if self._chance(0.1):
            pieces.insert(self._random.randrange(len(pieces) + 1), self.pick(_ACCIDENTS)("an accident"))
        return Answer(self.pick(_STATUSES), headers, tuple(pieces))
