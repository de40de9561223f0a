"""What a caller reads from the models of either library, in the same form."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from typing import Any

from .compare import ABSENT

# The key under which the class of a model is compared. Programs depend on the class (`isinstance`, `match`).
CLASS = "(class)"
# The errors that both libraries have.
ERRORS = ("HTTPValidationError", "SDKError", "ResponseValidationError")


def read(value: Any, data: Any) -> Any:
    """Return the value at each place of `data`, the JSON of the answer; a model is read by its attributes."""
    if value is ABSENT:
        return ABSENT
    if isinstance(data, Mapping) and not isinstance(value, str):
        shown = {} if isinstance(value, Mapping) else {CLASS: type(value).__name__}
        return shown | {name: read(_member(value, name), below) for name, below in data.items()}
    if isinstance(data, Sequence) and not isinstance(data, str) and isinstance(value, list):
        length = [] if len(value) == len(data) else [f"{len(value)} items"]
        return [read(item, below) for item, below in zip(value, data, strict=False)] + length
    return _plain(value)


def read_events(events: Sequence[Any], data: Sequence[Any]) -> Any:
    """Return what is read from the events of a stream, with their names, if they have one."""
    shown = [{"event": getattr(event, "event", ABSENT), "data": event.data} for event in events]
    return [
        {name: read(value, below) for name, value in event.items() if value is not ABSENT}
        for event, below in zip(shown, data, strict=False)
    ] + [f"{len(events)} events"]


def read_error(error: Exception) -> Any:
    """Return what is read from an error for a status; of any other error, only its class name."""
    names = [each.__name__ for each in type(error).__mro__]
    body = getattr(error, "body", None)
    return {
        "kind": next((name for name in names if name in ERRORS), names[0]),
        "status_code": getattr(error, "status_code", None),
        "body": body.decode() if isinstance(body, bytes) else body,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    # The SDK has a class for an unknown text.
    return str(value) if isinstance(value, str) else value


def _member(value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(name, ABSENT)
    found = getattr(value, name, ABSENT)
    if found is ABSENT or callable(found):
        try:
            return value[name]
        except (KeyError, TypeError):
            # The SDK keeps unknown fields beside the model's own fields.
            return getattr(value, "raw", {}).get(name, ABSENT)
    return found


__all__ = ["read", "read_error", "read_events"]
