"""Compare the extensions by which our contract says what callers see and OpenAPI cannot say."""

from __future__ import annotations

from collections.abc import Iterator

from .differences import OTHER
from .keywords import Schema, as_text
from .steps import Step

_MEANING = {
    "x-idempotent": "whether a call is sent again after a failure",
    "x-stream": "how a stream ends and fails",
    "x-paging": "how a list is read page by page",
}


def compare_extensions(old: Schema, new: Schema) -> Iterator[Step]:
    """Yield which of them differ; false is the same as not being there."""
    for key, meaning in _MEANING.items():
        before, after = (each.get(key) or None for each in (old, new))
        if as_text(before) != as_text(after):
            said = ["none" if value is None else as_text(value) for value in (after, before)]
            reason = f"it says {meaning}"
            yield Step("changed", f"{key} {said[0]} instead of {said[1]}", OTHER, reason=reason, rule=key)
