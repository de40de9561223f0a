"""A recording: requests to a service and its answers, in a YAML file whose diffs are easy to read.

    mistral_agents_recording: 1
    upstream: https://api.mistral.ai
    exchanges:
    - request: {method: POST, target: /v1/agents/completions, headers: [...], body: '{"agent_id": ...}'}
      answer: {status: 200, headers: [...], framing: chunked, chunks: [{at: 0.31, data: ...}], end: complete}
      problems: []

A body is a text if it is UTF-8, otherwise base64 (`!!binary`). `at` is the time since the request, in seconds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import attrs

from ..http.http1 import Head, framing_of
from ..secrets.masking import Credentials, Masker, Masks
from .yaml_text import read_yaml, written_yaml

__all__ = ["ENDS", "Chunk", "Exchange", "Recording", "RecordingError", "dump_exchange", "dump_head", "load_recording"]

_VERSION = 1
_MARK = "mistral_agents_recording"
ENDS = ("complete", "closed", "reset", "interrupted")
"""How a body ended.

- "complete": with the end that HTTP defines
- "closed", "reset": the connection was closed, or reset, before that
- "interrupted": the client went away, or the recorder was stopped, before that
"""
_ANSWER = ("status", "reason", "headers", "framing", "chunks", "rest", "end")
_FRAMINGS = ("chunked", "length", "close", "none")


_Kind = TypeVar("_Kind", Masks, Credentials)


class RecordingError(ValueError):
    """A file is not a recording; the message says where and why."""


@attrs.frozen
class Chunk:
    """A piece of a body; `at` is the time since the request, in seconds."""

    at: float
    data: bytes


@attrs.frozen
class Exchange:
    """A request and its answer.

    If the answer has no HTTP head, `status` is None, and `rest` has all bytes that arrived. Otherwise `rest` has the
    bytes of an incomplete or damaged last chunk, or bytes after the end.
    """

    method: str
    target: str
    request_headers: Sequence[tuple[str, str]]
    request_body: bytes
    status: int | None
    reason: str
    headers: Sequence[tuple[str, str]]
    framing: str
    chunks: Sequence[Chunk]
    rest: bytes
    end: str
    problems: Sequence[str] = ()


@attrs.frozen
class Recording:
    """The content of a file.

    The recorder had these `masks`. Its contract marks these `credentials` as `writeOnly`.
    """

    exchanges: Sequence[Exchange]
    masks: Masks
    upstream: str
    credentials: Credentials = attrs.field(factory=Credentials)


def dump_head(upstream: str, masks: Masks, credentials: Credentials = Credentials()) -> str:  # noqa: B008  # it is frozen
    """Return the beginning of a file, to which exchanges are added."""
    head: dict[str, Any] = {_MARK: _VERSION, "upstream": upstream}
    for name, each in (("masks", masks), ("credentials", credentials)):
        lists = {field: list(values) for field, values in attrs.asdict(each).items() if values}
        head |= {name: lists} if lists else {}
    return f"{written_yaml(head)}exchanges:\n"


def dump_exchange(exchange: Exchange) -> str:
    """Return an exchange as an item of a file's list."""
    answer: dict[str, Any] = {}
    if exchange.status is not None:
        answer |= {"status": exchange.status, "reason": exchange.reason, "headers": _lines(exchange.headers)}
        answer["framing"] = exchange.framing
    answer["chunks"] = [{"at": round(each.at, 3), "data": _text(each.data)} for each in exchange.chunks]
    answer |= {"rest": _text(exchange.rest)} if exchange.rest else {}
    answer["end"] = exchange.end
    request: dict[str, Any] = {"method": exchange.method, "target": exchange.target}
    request["headers"] = _lines(exchange.request_headers)
    request |= {"body": _text(exchange.request_body)} if exchange.request_body else {}
    return written_yaml([{"request": request, "answer": answer, "problems": list(exchange.problems)}])


def load_recording(path: str | os.PathLike[str]) -> Recording:
    """Read a file.

    Raises:
        RecordingError: it is not a recording.
        OSError: it cannot be read.
    """
    try:
        content = read_yaml(Path(path).read_bytes())
        if not isinstance(content, Mapping) or content.get(_MARK) != _VERSION:
            raise ValueError(f"it does not begin with `{_MARK}: {_VERSION}`")
        _object(content, "the file", (_MARK, "upstream", "masks", "credentials", "exchanges"))
        masks = _lists(Masks, content.get("masks") or {}, "masks")
        Masker(masks)  # raises an error if a pattern is not a regular expression
        credentials = _lists(Credentials, content.get("credentials") or {}, "credentials")
        exchanges = [*_exchanges(_list(content.get("exchanges") or [], "`exchanges`"))]
        return Recording(exchanges, masks, str(content.get("upstream", "")), credentials)
    except (ValueError, TypeError) as error:
        raise RecordingError(f"{path} is not a recording: {error}") from error


def _lists(kind: type[_Kind], content: object, what: str) -> _Kind:
    lists = _object(content, f"`{what}`", [field.name for field in attrs.fields(kind)])
    for name, values in lists.items():
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise TypeError(f"`{name}` of `{what}` is not a list of texts")
    return kind(**{name: tuple(values) for name, values in lists.items()})


def _exchanges(items: Sequence[Any]) -> Iterator[Exchange]:
    for number, item in enumerate(items, 1):
        try:
            yield _exchange(item)
        except KeyError as error:
            raise ValueError(f"exchange {number} has no {error}") from error
        except (ValueError, TypeError) as error:
            raise ValueError(f"exchange {number}: {error}") from error


def _exchange(item: Any) -> Exchange:
    whole = _object(item, "it", ("request", "answer", "problems"))
    request = _object(whole["request"], "`request`", ("method", "target", "headers", "body"))
    answer = _object(whole["answer"], "`answer`", _ANSWER)
    status = answer.get("status")
    if status is not None and not (isinstance(status, int) and 200 <= status <= 999):
        raise ValueError(f"the status is {status!r}, not a number from 200 to 999")
    exchange = Exchange(
        method=_string(request["method"]),
        target=_string(request["target"]),
        request_headers=_pairs(_list(request.get("headers", []), "`headers`")),
        request_body=_bytes(request.get("body", "")),
        status=status,
        reason=_line(answer.get("reason", "")),
        headers=_pairs(_list(answer.get("headers", []), "`headers`")),
        framing=_one_of(answer.get("framing", "none"), _FRAMINGS),
        chunks=[_chunk(_object(each, "a chunk", ("at", "data"))) for each in _list(answer["chunks"], "`chunks`")],
        rest=_bytes(answer.get("rest", "")),
        end=_one_of(answer["end"], ENDS),
        problems=[_string(each) for each in _list(whole.get("problems", []), "`problems`")],
    )
    _check_framing(exchange)
    _check_length(exchange)
    return exchange


def _check_framing(exchange: Exchange) -> None:
    """Refuse an answer whose head does not agree with `framing`, or that has an empty chunk.

    For a client, the body would end at another place than in the recording.
    """
    head = None if exchange.status is None else Head(exchange.status, exchange.reason, exchange.headers)
    framing = "none" if head is None else framing_of(exchange.method, head) or "none"
    if exchange.framing != framing:
        raise ValueError(f"`framing` is {exchange.framing}, but the answer's status and headers say {framing}")
    if framing == "chunked" and not all(chunk.data for chunk in exchange.chunks):
        raise ValueError("a chunk is empty, which ends a body in HTTP; delete this chunk")


def _check_length(exchange: Exchange) -> None:
    """Refuse a body whose length is not the one in `content-length`, because somebody edited it.

    A client would wait for missing bytes, or read the surplus bytes as the next answer.
    """
    stated = [value for name, value in exchange.headers if name.lower() == "content-length"]
    length = sum(len(chunk.data) for chunk in exchange.chunks)
    if (exchange.framing, exchange.end) == ("length", "complete") and int(stated[0]) != length:
        raise ValueError(f"content-length is {stated[0]}, but the body has {length} bytes; correct the header")


def _chunk(item: Mapping[str, Any]) -> Chunk:
    return Chunk(_seconds(item["at"]), _bytes(item["data"]))


def _object(value: object, what: str, known: Sequence[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{what} is {value!r}, not an object")
    for name in value:
        if name not in known:
            raise ValueError(f"{what} has the unknown field {name!r}; the known ones are {', '.join(known)}")
    return value


def _list(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{what} is {value!r}, not a list")
    return value


def _one_of(value: object, known: Sequence[str]) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is not one of {', '.join(known)}")
    return str(value)


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e9:
        raise ValueError(f"`at` is {value!r}, not a number of seconds")
    return float(value)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected a text, got {value!r}; put it in quotes")
    return value


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else _string(value).encode("utf-8")


def _text(data: bytes) -> str | bytes:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data


def _lines(headers: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{name}: {value}" for name, value in headers]


def _pairs(lines: Sequence[Any]) -> list[tuple[str, str]]:
    pairs = [_line(line).partition(":") for line in lines]
    for name, colon, _ in pairs:
        if not name or not colon:
            raise ValueError(f"expected `name: value`, got {name!r}")
    return [(name, value.removeprefix(" ")) for name, _, value in pairs]


def _line(value: object) -> str:
    line = _string(value)
    if not re.fullmatch("[^\0\r\n\u0100-\U0010ffff]*", line):
        raise ValueError(f"expected one line of Latin-1, for the head of a request or an answer, got {line!r}")
    return line
