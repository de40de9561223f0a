"""Feed damaged input to the decoder, to every model and to whole calls, and fail if anything but a refusal comes of it.

What may come of it: events that do not depend on where the bytes were cut, models that give back their JSON text, and
the errors that are documented. Anything else is a finding, printed as a line to paste into a test, with its traceback.
The seed is printed, too; `make fuzz SEED=...` repeats a run, and `INPUTS=...` says how long it is.
"""

from __future__ import annotations

import argparse
import asyncio
import atexit
import functools
import json
import secrets
import sys
import time
import traceback
import warnings
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

import httpx

from clients import ASK, KEY, Answer, Body
from mistral_agents import BackoffStrategy, Mistral, RetryConfig
from mistral_agents.errors import HTTPValidationError, MistralError, ResponseValidationError
from mistral_agents.sse import ServerSentEvent, SSEDecoder
from mistral_agents.streams import AsyncEventStream, EventStream
from mistral_agents_api import models
from mistral_agents_api.errors import StructureError
from sse_streams import as_the_reference_has_it

from .inputs import Source

INPUTS = 200_000
# Attempts follow each other at once, and what a server asks to wait (`Retry-After`) is nearly always too long.
RETRIES = RetryConfig(backoff=BackoffStrategy(initial_interval=0, max_elapsed_time=20))
START: dict[str, Any] = {"agent_id": "ag_1", "inputs": "Hello"}
# Far below where Python gives up; a RecursionError over fewer brackets is a loop of ours.
DEEP = 100


class MismatchError(Exception):
    """Something was read, but not as it should be."""


def check_decoder(pieces: Sequence[bytes], max_event_bytes: int) -> bool:
    """Decode a stream in pieces: what comes out is the same as from the whole, and as the reference has it."""
    whole = b"".join(pieces)
    events, refusal = _decode(pieces, max_event_bytes)
    if (events, refusal) != (at_once := _decode([whole], max_event_bytes)):
        raise MismatchError(f"in pieces {events}, {refusal}; at once {at_once}")
    if refusal is None and events != (reference := as_the_reference_has_it(whole)):
        raise MismatchError(f"decoded {events}; the reference has {reference}")
    return refusal is None


def _decode(pieces: Sequence[bytes], max_event_bytes: int) -> tuple[list[ServerSentEvent], str | None]:
    """Return the events, and the error that ended them."""
    decoder, events = SSEDecoder(max_event_bytes), list[ServerSentEvent]()
    try:
        for piece in pieces:
            events += decoder.feed(piece)
        events += decoder.flush()
    except ResponseValidationError as error:
        return events, f"{error} {error.body!r}"
    return events, None


def check_model(name: str, text: str) -> bool:
    """Read a JSON document and write it again: the text is the same, unless StructureError refuses it."""
    try:
        written = json.dumps(getattr(models, name).from_dict(json.loads(text)).to_dict())
    except StructureError as error:
        return not str(error)
    except RecursionError:
        if text.count("[") + text.count("{") < DEEP:
            raise
        return False
    if written != text:
        raise MismatchError(f"written: {written}")
    return True


class Network:
    """One client for all calls; its connections end here, where `answer` is what comes next."""

    def __init__(self) -> None:
        transport = httpx.MockTransport(self._respond)
        blocking, asynchronous = httpx.Client(transport=transport), httpx.AsyncClient(transport=transport)
        self.answer = Answer(500, {}, ())
        self.client = Mistral(KEY, retry_config=RETRIES, client=blocking, async_client=asynchronous)
        self.runner = asyncio.Runner()
        atexit.register(self.runner.close)

    def _respond(self, _: httpx.Request) -> httpx.Response:
        # Headers as a server may write them; httpx by itself would take ASCII alone.
        headers = [(name.encode(), value.encode()) for name, value in self.answer.headers.items()]
        return httpx.Response(self.answer.status, headers=headers, stream=Body(self.answer.pieces))


@functools.cache
def network() -> Network:
    """Return the one that all checks share, since making a client takes longer than many calls."""
    return Network()


def check_complete(answer: Answer) -> bool:
    """Ask for a whole answer."""
    return _is_taken(lambda client: client.agents.complete(**ASK), answer)


def check_complete_async(answer: Answer) -> bool:
    """Do the same on an event loop."""
    return _is_taken(lambda client: network().runner.run(client.agents.complete_async(**ASK)), answer)


def check_stream(answer: Answer) -> bool:
    """Ask for a stream, read its text to the end, and put it together."""
    return _is_taken(lambda client: _read(client.agents.stream(**ASK)), answer)


def check_stream_async(answer: Answer) -> bool:
    """Do the same on an event loop."""
    return _is_taken(lambda client: network().runner.run(_read_async(client.agents.stream_async(**ASK))), answer)


def check_start(answer: Answer) -> bool:
    """Start a conversation, and ask for a whole answer."""
    return _is_taken(lambda client: client.conversations.start(**START), answer)


def check_start_stream(answer: Answer) -> bool:
    """Start a conversation, read its text to the end, and put its entries together."""
    return _is_taken(lambda client: _read(client.conversations.start_stream(**START)), answer)


def check_start_stream_async(answer: Answer) -> bool:
    """Do the same on an event loop."""

    def read(client: Mistral) -> None:
        network().runner.run(_read_async(client.conversations.start_stream_async(**START)))

    return _is_taken(read, answer)


def _read(stream: EventStream[Any, Any]) -> None:
    for _ in stream.text():
        pass
    stream.get_final_response()


async def _read_async(asked: Awaitable[AsyncEventStream[Any, Any]]) -> None:
    stream = await asked
    async for _ in stream.text():
        pass
    await stream.get_final_response()


def _is_taken(call: Callable[[Mistral], object], answer: Answer) -> bool:
    """Call while the service answers so; tell whether it did not raise, and look at what it raised of ours."""
    network().answer = answer
    try:
        call(network().client)
    except MistralError as error:
        if KEY in f"{error!r} {error}":
            raise MismatchError("the key is in the error") from error
        if isinstance(error, HTTPValidationError):
            _ = error.detail  # read from the body when it is asked for
        return False
    return True


class Target(NamedTuple):
    """Something to feed; `share` of all inputs goes to it."""

    check: Callable[..., bool]
    """Takes an input, and tells whether it was accepted; raises what is a finding."""
    draw: Callable[[Source], tuple[object, ...]]
    share: float


TARGETS = (
    Target(check_decoder, Source.event_stream, 0.36),
    Target(check_model, Source.model, 0.36),
    Target(check_complete, lambda source: (source.answer(),), 0.07),
    Target(check_stream, lambda source: (source.streamed_answer(),), 0.06),
    Target(check_complete_async, lambda source: (source.answer(),), 0.04),
    Target(check_stream_async, lambda source: (source.streamed_answer(),), 0.03),
    Target(check_start, lambda source: (source.conversation_answer(),), 0.03),
    Target(check_start_stream, lambda source: (source.conversation_stream(),), 0.03),
    Target(check_start_stream_async, lambda source: (source.conversation_stream(),), 0.02),
)


def run(targets: Sequence[Target], seed: str, inputs: int) -> int:
    """Feed the targets, print a table and the findings, and return the exit status."""
    findings: dict[object, str] = {}
    total = 0
    print(f"fuzz: seed {seed}\n{'target':<20}{'inputs':>10}{'accepted':>10}{'refused':>10}{'seconds':>10}")
    for target in targets:
        count, began = round(inputs * target.share), time.perf_counter()
        accepted, refused = feed(target, seed, count, findings)
        seconds = time.perf_counter() - began
        print(f"{target.check.__name__:<20}{count:>10,}{accepted:>10,}{refused:>10,}{seconds:>10.1f}", flush=True)
        total += count
    for finding in findings.values():
        print(f"\nFINDING, from tools.stress.fuzz:\n{finding}")
    print(f"fuzz: {total:,} inputs, {len(findings)} findings")
    return 1 if findings else 0


def feed(target: Target, seed: str, count: int, findings: dict[object, str]) -> tuple[int, int]:
    """Feed one target; count what was accepted and refused, and add what was neither to the findings."""
    name = target.check.__name__
    source = Source(f"{seed} {name}")
    verdicts = {True: 0, False: 0}
    for _ in range(count):
        case = target.draw(source)
        try:
            verdicts[target.check(*case)] += 1
        except Exception as error:  # noqa: BLE001  # whatever it is, it is a finding
            # Many inputs lead to the same place; the shortest is kept.
            place = traceback.extract_tb(error.__traceback__)[-1]
            kind = type(error), place.filename, place.lineno
            shown = f"{name}({', '.join(map(repr, case))})\n{''.join(traceback.format_exception(error))}"
            findings[kind] = min(findings.get(kind, shown), shown, key=len)
    return verdicts[True], verdicts[False]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--seed", help="what to begin from; the same gives the same inputs (default: another each time)"
    )
    parser.add_argument("--inputs", type=int, default=INPUTS, help=f"how many inputs in all (default: {INPUTS:,})")
    options = parser.parse_args(arguments)
    warnings.simplefilter("error")  # a caller may have made errors of them
    return run(TARGETS, options.seed or str(secrets.randbits(32)), options.inputs)


if __name__ == "__main__":
    sys.exit(main())
