"""What the generator says about a contract that it cannot read, as a place and a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

_SCHEMA = re.compile(r"Unable to process schema /components/\w+/(?P<place>[^:\s]+)")
_OPERATION = re.compile(r"parsing (?P<place>\S+ \S+) within ")
# A mistake that pydantic found: its place, its reason, and more in brackets.
_MISTAKE = re.compile(r"^(?P<place>\S+)\n +(?:Value error, )?(?P<reason>.+?) \[type=", re.MULTILINE)
_OBJECT = re.compile(r" ?<openapi_python_client[^>]*>")
_REMOVED = "Failure to process schema"


def complaints(errors: Iterable[Any]) -> str:
    """Return a line for each mistake."""
    found = dict.fromkeys(line for error in errors for line in _lines(error))
    return "\n".join(f"{line} (openapi-python-client)" for line in found)


def _lines(error: Any) -> Iterator[str]:
    header, detail = str(error.header or ""), str(error.detail or "")
    mistakes = [*_MISTAKE.finditer(detail)]
    yield from (f"{each['place'].replace('.other', '')}: {each['reason']}" for each in mistakes)
    if mistakes:
        return
    place = _SCHEMA.search(header) or _OPERATION.search(header)
    reason = " ".join(_OBJECT.sub("", detail.partition(_REMOVED)[0]).split())
    yield f"{place['place'] if place else ' '.join(header.split()).rstrip(':')}: {reason}".removesuffix(": ")
