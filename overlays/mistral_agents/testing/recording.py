"""A recording: what passed between a client and a service, in a YAML file that reads well in a diff.

    mistral_agents_recording: 1
    upstream: https://api.mistral.ai
    exchanges:
    - request: {method: POST, target: /v1/agents/completions, headers: [...], body: '{"agent_id": ...}'}
      answer: {status: 200, headers: [...], framing: chunked, chunks: [{at: 0.31, data: ...}], end: complete}
      problems: []

A body is text where it is UTF-8, and base64 (`!!binary`) otherwise. `at` counts the seconds from the request.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import yaml

from .masking import Masks

__all__ = ["ENDS", "Chunk", "Exchange", "Recording", "RecordingError", "dump_exchange", "dump_head", "load_recording"]

_VERSION = 1
_MARK = "mistral_agents_recording"
ENDS = ("complete", "closed", "reset", "interrupted")
"""How a body ended: as HTTP has it; by the end of the connection, or its reset, before that; or the client had gone."""
_FRAMINGS = ("chunked", "length", "close", "none")
# What YAML shows as it is: anything else stands in double quotes, with escapes.
_PLAIN = re.compile("[ -~\xa1-\u1fff\u2030-\ud7ff\U00010000-\U0010fffe\n]*")


class RecordingError(ValueError):
    """A file is not a recording; the message says where and why."""


@attrs.frozen
class Chunk:
    """A piece of a body; `at` counts the seconds from the request."""

    at: float
    data: bytes


@attrs.frozen
class Exchange:
    """A request and its answer.

    The answer has a `status`, or it is not HTTP: then `rest` is all that came. Otherwise `rest` is what came of a chunk
    that was never complete, or after the end.
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
    """What a file holds; `masks` are those with which it was made."""

    exchanges: Sequence[Exchange]
    masks: Masks
    upstream: str


def dump_head(upstream: str, masks: Masks) -> str:
    """Return the beginning of a file, to which exchanges are added."""
    head = {_MARK: _VERSION, "upstream": upstream, **({"masks": masks.as_yaml()} if masks.as_yaml() else {})}
    return f"{_dump(head)}exchanges:\n"


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
    return _dump([{"request": request, "answer": answer, "problems": list(exchange.problems)}])


def load_recording(path: str | os.PathLike[str]) -> Recording:
    """Read a file.

    Raises:
        RecordingError: it is not a recording.
        OSError: it cannot be read.
    """
    try:
        content = yaml.load(Path(path).read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RecordingError(f"{path} is not YAML: {_one_line(error)}") from error
    try:
        if not isinstance(content, Mapping) or content.get(_MARK) != _VERSION:
            raise ValueError(f"it does not begin with `{_MARK}: {_VERSION}`")
        masks = Masks(**{name: tuple(value) for name, value in (content.get("masks") or {}).items()})
        exchanges = content.get("exchanges") or []
        if not isinstance(exchanges, list):
            raise TypeError("`exchanges` is not a list")
        return Recording([*_exchanges(exchanges)], masks, str(content.get("upstream", "")))
    except (ValueError, TypeError) as error:
        raise RecordingError(f"{path} is not a recording: {error}") from error


def _exchanges(items: Sequence[Any]) -> Iterator[Exchange]:
    for number, item in enumerate(items, 1):
        try:
            yield _exchange(item)
        except KeyError as error:
            raise ValueError(f"exchange {number} has no {error}") from error
        except (ValueError, TypeError, AttributeError) as error:
            raise ValueError(f"exchange {number}: {error}") from error


def _exchange(item: Mapping[str, Any]) -> Exchange:
    request, answer = item["request"], item["answer"]
    status = answer.get("status")
    if status is not None and not (isinstance(status, int) and 200 <= status <= 999):
        raise ValueError(f"the status is {status!r}, not a number from 200 to 999")
    return Exchange(
        method=_string(request["method"]),
        target=_string(request["target"]),
        request_headers=_pairs(request.get("headers", [])),
        request_body=_bytes(request.get("body", "")),
        status=status,
        reason=_string(answer.get("reason", "")),
        headers=_pairs(answer.get("headers", [])),
        framing=_one_of(answer.get("framing", "none"), _FRAMINGS),
        chunks=[Chunk(_seconds(each["at"]), _bytes(each["data"])) for each in answer["chunks"]],
        rest=_bytes(answer.get("rest", "")),
        end=_one_of(answer["end"], ENDS),
        problems=[_string(each) for each in item.get("problems") or []],
    )


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
    pairs = [_string(line).partition(": ") for line in lines]
    return [(name, value) for name, _, value in pairs]


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and never folds a line."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # the same text twice is written twice
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002  # PyYAML's
        super().increase_indent(flow, indentless)


def _represented(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if _PLAIN.fullmatch(text) else '"'
    if style is None and "\n" in text:
        style = '"' if text.startswith((" ", "\n")) or " \n" in text or text.endswith(" ") else "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represented)


def _dump(content: object) -> str:
    text: str = yaml.dump(
        content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**9, default_flow_style=False
    )
    return text


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
