"""What Schemathesis does differently for `make contract`; it loads this file."""

from __future__ import annotations

from typing import Any

import schemathesis

TURNS = ["conversations_start", "conversations_append", "conversations_restart"]


@schemathesis.hook.apply_to(operation_id=TURNS)
def map_body(_context: object, body: Any) -> Any:
    """Let each conversation be kept: with `store: false` it is not, and the check for created things would miss it."""
    if isinstance(body, dict) and body.get("store") is False:
        return {**body, "store": True}
    return body
