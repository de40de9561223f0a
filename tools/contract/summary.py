"""What a new contract changes for callers, in a few lines; `make generate` ends with it."""

from __future__ import annotations

from collections.abc import Iterator

from .compare import compare
from .keywords import ContractError
from .model import read


def summarize(old: bytes, new: bytes) -> Iterator[str]:
    """Yield the lines: models, fields, values and endpoints that were added, removed or changed."""
    try:
        found = compare(read(old, "the contract compiled before"), read(new, "openapi.yaml"))
    except ContractError as error:
        yield f"What changed for callers cannot be told: {error}"
        return
    if not found:
        yield "Nothing changed for callers."
        return
    yield "Changed for callers (`make breaking OLD=...` says what breaks them):"
    for change in ("added", "removed", "changed"):
        yield from sorted({f"  {change:9}{each.where}: {each.what}" for each in found if each.change == change})
