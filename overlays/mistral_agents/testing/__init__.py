"""A service on loopback that keeps the contract, for demonstrations and for tests of code that calls agents.

`StubServer` is the service; the functions of `mistral_agents.testing.faults`, all to be found here, script its answers.
It needs the extra `testing`: `pip install "mistral-agents[testing]"`.
"""

from .faults import (
    STALL,
    chunk,
    completion,
    cut,
    dripped,
    error_event,
    event,
    gzipped,
    in_turn,
    json_reply,
    stream_reply,
    unused_address,
    verbatim,
)
from .server import RecordedRequest, StubServer
from .wire import HangUp, Raw, Reply, Wait

__all__ = [
    "STALL",
    "HangUp",
    "Raw",
    "RecordedRequest",
    "Reply",
    "StubServer",
    "Wait",
    "chunk",
    "completion",
    "cut",
    "dripped",
    "error_event",
    "event",
    "gzipped",
    "in_turn",
    "json_reply",
    "stream_reply",
    "unused_address",
    "verbatim",
]
