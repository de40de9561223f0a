"""A slow event stream parser, written step by step from the standards, independently of the decoder under test.

https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
https://encoding.spec.whatwg.org/#utf-8-decoder
"""

from __future__ import annotations

import re
from typing import NamedTuple

Event = tuple[str, str, str, int | None]
BYTE_ORDER_MARK = "\ufeff"


class Interpretation(NamedTuple):
    """The events of a whole stream according to the standard, and what is unfinished at its end."""

    events: list[Event]
    last: Event | None
    """The event that one more blank line would complete, if any."""
    pending: bool
    """Whether a field, or the beginning of one, follows the last blank line."""


def interpret(stream: bytes) -> Interpretation:
    """Interpret a whole stream."""
    *lines, unterminated = re.split("\r\n|\n|\r", _utf8_decode(stream))
    state = _State()
    events = [event for event in map(state.process, lines) if event is not None]
    pending = state.has_field or unterminated[:1] not in ("", ":")
    if unterminated:
        state.process(unterminated)
    return Interpretation(events, state.dispatch(), pending and stream not in (b"\xef", b"\xef\xbb"))


def blocks(stream: bytes) -> list[bytes]:
    """Return the lines of each block between blank lines, and of an unfinished last block, joined by LF."""
    lines = re.split(rb"\r\n|\n|\r", stream.removeprefix(BYTE_ORDER_MARK.encode()))
    found: list[list[bytes]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        else:
            found.append([])
    return [b"\n".join(block) for block in found]


class _State:
    def __init__(self) -> None:
        self.data_buffer = ""
        self.event_type_buffer = ""
        self.last_event_id_buffer = ""
        self.retry: int | None = None
        self.has_field = False

    def process(self, line: str) -> Event | None:
        if line == "":
            return self.dispatch()
        if line[0] == ":":
            return None
        self.has_field = True
        if ":" in line:
            field = line[: line.index(":")]
            value = line[line.index(":") + 1 :]
            if value[:1] == " ":
                value = value[1:]
        else:
            field, value = line, ""
        if field == "event":
            self.event_type_buffer = value
        if field == "data":
            self.data_buffer += value
            self.data_buffer += "\n"
        if field == "id" and "\0" not in value:
            self.last_event_id_buffer = value
        if field == "retry" and re.fullmatch("[0-9]+", value):
            self.retry = int(value)
        return None

    def dispatch(self) -> Event | None:
        data, event_type, retry = self.data_buffer, self.event_type_buffer, self.retry
        self.data_buffer, self.event_type_buffer, self.retry, self.has_field = "", "", None, False
        if data == "":
            return None
        if data[-1] == "\n":
            data = data[:-1]
        return (event_type if event_type != "" else "message", data, self.last_event_id_buffer, retry)


def _utf8_decode(stream: bytes) -> str:
    """Decode with the state machine of the encoding standard, which also drops one byte order mark."""
    text: list[str] = []
    code_point = seen = needed = 0
    lower, upper = 0x80, 0xBF
    position = 0
    while position < len(stream):
        byte = stream[position]
        position += 1
        if needed == 0:
            if byte <= 0x7F:
                text.append(chr(byte))
            elif 0xC2 <= byte <= 0xDF:
                needed, code_point = 1, byte & 0x1F
            elif 0xE0 <= byte <= 0xEF:
                lower = 0xA0 if byte == 0xE0 else lower
                upper = 0x9F if byte == 0xED else upper
                needed, code_point = 2, byte & 0xF
            elif 0xF0 <= byte <= 0xF4:
                lower = 0x90 if byte == 0xF0 else lower
                upper = 0x8F if byte == 0xF4 else upper
                needed, code_point = 3, byte & 0x7
            else:
                text.append("\ufffd")
            continue
        if not lower <= byte <= upper:
            code_point = seen = needed = 0
            lower, upper = 0x80, 0xBF
            text.append("\ufffd")
            position -= 1
            continue
        lower, upper = 0x80, 0xBF
        code_point = code_point << 6 | byte & 0x3F
        seen += 1
        if seen == needed:
            text.append(chr(code_point))
            code_point = seen = needed = 0
    if needed != 0:
        text.append("\ufffd")
    return "".join(text).removeprefix(BYTE_ORDER_MARK)
