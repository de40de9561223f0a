"""Every fault of docs/reliability.md, through the recorder and from its recording: what the client receives."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

import fault_scenarios
from completion_payloads import ASK
from mistral_agents.testing import Recorder, Reply, StubServer, Wait, load_recording
from testing.socket_client import PATIENCE_SECONDS, STALL_SECONDS, receive

# A reset discards what the client has not read yet. So the pause before a reset is kept, and all others are left out.
BEFORE_RESET_SECONDS = 0.05


def faults() -> dict[str, object]:
    """Return the replies of the scenarios by name: each one is a reply, or a function that makes a reply."""
    scenarios = [
        each
        for table in vars(fault_scenarios).values()
        if isinstance(table, list)
        for each in table
        if isinstance(each, fault_scenarios.Scenario)
    ]
    replies: dict[int, tuple[str, object]] = {}
    for number, scenario in enumerate(scenarios):
        for reply in scenario.replies:
            replies.setdefault(id(reply), (f"{number} {scenario}", reply))
    return {name: reply for name, reply in replies.values() if reply is not None}


FAULTS = faults()


@pytest.mark.parametrize("given", FAULTS.values(), ids=FAULTS.keys())
def test_fault_is_recorded_and_replayed(given: object, tmp_path: Path) -> None:
    """The client receives the same bytes, chunks and end from the service, through the recorder, and in the replay."""
    reply = given if isinstance(given, Reply) else given()  # type: ignore[operator]  # it makes one
    over = threading.Event()
    stalls = any(isinstance(piece, Wait) and piece.seconds > 1_000_000 for piece in reply.body)
    patience = STALL_SECONDS if stalls else PATIENCE_SECONDS

    def sleep(seconds: float) -> None:
        if seconds > 1_000_000:
            over.wait(60)
            raise OSError("the client is gone")
        over.wait(seconds if seconds == BEFORE_RESET_SECONDS else 0)

    path = tmp_path / "recording.yaml"
    try:
        with StubServer(respond=lambda _: reply, sleep=sleep) as service:
            directly = receive(service.port, patience=patience)
            with StubServer(record=Recorder(path, service.url)) as recorder:
                passed = receive(recorder.port, patience=patience)
            over.set()
    finally:
        over.set()
    with StubServer(replay=path, strict=True) as replay:
        replayed = receive(replay.port, patience=patience)
    assert passed == directly
    assert replayed == directly
    (exchange,) = load_recording(path).exchanges
    assert exchange.request_body.decode() == json.dumps(ASK)
