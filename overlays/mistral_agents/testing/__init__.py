"""A service on loopback that follows the contract, for demonstrations and for tests of code that calls agents.

`StubServer` is the service. Its script decides the answers. These functions make them:

- `completion`, `thinking`, `tool_call`, `chunks` and others: what an agent answers to messages
- `outputs`, `message`, `function_call`, `handoff` and others: what an agent does in a conversation
- `json_reply`, `stream_reply`, `cut`, `dripped` and others: what is sent over the wire, faults included

pytest finds the fixtures `mistral_stub` and `mistral_client` by itself.
The package needs the extra `testing`: `pip install "mistral-agents[testing] @ git+URL"`, where `URL` is the address of
the repository, or `pip install ".[testing]"` in a checkout.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .exchange.received import RecordedRequest
    from .http.wire import HangUp, Raw, Reply, Wait
    from .openapi.contract import load_contract
    from .recordings.recorder import Recorder
    from .recordings.recording import RecordingError, load_recording
    from .recordings.replaying import Replay
    from .scripting.completions import choices, chunk, chunks, completion, thinking, tool_call
    from .scripting.entries import failure, function_call, handoff, message, outputs, reference, tool_execution
    from .scripting.entry_events import events
    from .scripting.faults import (
        STALL,
        cut,
        dripped,
        error_event,
        event,
        gzipped,
        json_reply,
        stream_reply,
        unused_address,
        verbatim,
    )
    from .scripting.script import by_operation, in_turn
    from .secrets.masking import Masks
    from .server import StubError, StubServer
else:

    def __getattr__(name: str) -> Any:
        """Load the stub when a name is first used (PEP 562), because pytest imports this package in every run."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from . import server
        from .exchange import received
        from .http import wire
        from .openapi import contract
        from .recordings import recorder, recording, replaying
        from .scripting import completions, entries, entry_events, faults, script
        from .secrets import masking

        values = (contract, completions, entries, entry_events, faults, masking, received, recorder, recording)
        for module in (*values, replaying, script, server, wire):
            globals().update((each, getattr(module, each)) for each in module.__all__ if each in __all__)
        return globals()[name]

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})


__all__ = [
    "STALL",
    "HangUp",
    "Masks",
    "Raw",
    "RecordedRequest",
    "Recorder",
    "RecordingError",
    "Replay",
    "Reply",
    "StubError",
    "StubServer",
    "Wait",
    "by_operation",
    "choices",
    "chunk",
    "chunks",
    "completion",
    "cut",
    "dripped",
    "error_event",
    "event",
    "events",
    "failure",
    "function_call",
    "gzipped",
    "handoff",
    "in_turn",
    "json_reply",
    "load_contract",
    "load_recording",
    "message",
    "outputs",
    "reference",
    "stream_reply",
    "thinking",
    "tool_call",
    "tool_execution",
    "unused_address",
    "verbatim",
]
