"""Changes to what Schemathesis sends in `make contract`; it loads this file."""

from __future__ import annotations

from typing import Any

import schemathesis

TURNS = ["conversations_start", "conversations_append", "conversations_restart"]


@schemathesis.hook.apply_to(operation_id=TURNS)
def map_body(_context: object, body: Any) -> Any:
    """Replace `store: false`, because such a conversation is not stored.

    After it has created a conversation, Schemathesis checks that the conversation exists.
    """
    if isinstance(body, dict) and body.get("store") is False:
        return {**body, "store": True}
    return body
