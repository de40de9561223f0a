"""Compare the extensions of our contract (`x-...`). They describe behaviour that OpenAPI has no keywords for."""

from __future__ import annotations

from collections.abc import Iterator

from .differences import OTHER
from .keywords import Schema, as_text
from .steps import Step

_MEANING = {
    "x-idempotent": "whether a call is retried after a failure",
    "x-stream": "how a stream ends and fails",
    "x-paging": "how to get the next page of a list",
}


def compare_extensions(old: Schema, new: Schema) -> Iterator[Step]:
    """Yield a step for each extension that differs; false counts as absent."""
    for key, meaning in _MEANING.items():
        before, after = (each.get(key) or None for each in (old, new))
        if as_text(before) != as_text(after):
            said = ["none" if value is None else as_text(value) for value in (after, before)]
            reason = f"it says {meaning}"
            yield Step("changed", f"{key} {said[0]} instead of {said[1]}", OTHER, reason=reason, rule=key)
