"""Give damaged input to the decoder, to every model and to whole calls, and fail on any unexpected result.

Expected results are: events that do not depend on how the bytes were cut, models that write the JSON text that they
read, and the documented errors. Anything else is a finding; it is printed as a line that can be pasted into a test,
with its traceback. The seed is printed, too: `make fuzz SEED=...` repeats a run. `INPUTS=...` is the number of inputs.
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

from mistral_agents import BackoffStrategy, Mistral, RetryConfig
from mistral_agents.errors import HTTPValidationError, MistralError, ResponseValidationError
from mistral_agents.sse import ServerSentEvent, SSEDecoder
from mistral_agents.streams import AsyncEventStream, EventStream
from mistral_agents_api import models
from mistral_agents_api.errors import StructureError

from .answers import Answer, Body
from .event_streams import as_the_reference_has_it
from .inputs import Source

INPUTS = 200_000
# There is no wait between attempts. The wait that a server asks for (`Retry-After`) is nearly always longer than
# `max_elapsed_time` (in milliseconds), and then the call is not retried.
RETRIES = RetryConfig(backoff=BackoffStrategy(initial_interval=0, max_elapsed_time=20))
KEY = "the-secret-key"
ASK: dict[str, Any] = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Hello"}]}
START: dict[str, Any] = {"agent_id": "ag_1", "inputs": "Hello"}
# Far below Python's limit: a RecursionError for fewer brackets than this is a loop in our code.
DEEP = 100


class MismatchError(Exception):
    """An input was read, but the result is wrong."""


def check_decoder(pieces: Sequence[bytes], max_event_bytes: int) -> bool:
    """Decode a stream in pieces; check that the result is that of the whole stream and that of the reference."""
    whole = b"".join(pieces)
    events, refusal = _decode(pieces, max_event_bytes)
    if (events, refusal) != (at_once := _decode([whole], max_event_bytes)):
        raise MismatchError(f"in pieces {events}, {refusal}; at once {at_once}")
    if refusal is None and events != (reference := as_the_reference_has_it(whole)):
        raise MismatchError(f"decoded {events}; the reference has {reference}")
    return refusal is None


def _decode(pieces: Sequence[bytes], max_event_bytes: int) -> tuple[list[ServerSentEvent], str | None]:
    """Return the events and the error after them."""
    decoder, events = SSEDecoder(max_event_bytes), list[ServerSentEvent]()
    try:
        for piece in pieces:
            events += decoder.feed(piece)
        events += decoder.flush()
    except ResponseValidationError as error:
        return events, f"{error} {error.body!r}"
    return events, None


def check_model(name: str, text: str) -> bool:
    """Read a JSON document and write it again; check that the text is the same, or that StructureError refuses it."""
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
    """One client for all calls, whose requests come here; `answer` is the next answer."""

    def __init__(self) -> None:
        transport = httpx.MockTransport(self._respond)
        blocking, asynchronous = httpx.Client(transport=transport), httpx.AsyncClient(transport=transport)
        self.answer = Answer(500, {}, ())
        self.client = Mistral(KEY, retry_config=RETRIES, client=blocking, async_client=asynchronous)
        self.runner = asyncio.Runner()
        atexit.register(self.runner.close)

    def _respond(self, _: httpx.Request) -> httpx.Response:
        # Headers as a server may send them; from a str, httpx would accept ASCII only.
        headers = [(name.encode(), value.encode()) for name, value in self.answer.headers.items()]
        return httpx.Response(self.answer.status, headers=headers, stream=Body(self.answer.pieces))


@functools.cache
def network() -> Network:
    """Return the network that all checks share, because making a client takes longer than many calls."""
    return Network()


def check_complete(answer: Answer) -> bool:
    """Make a call for a whole answer."""
    return _is_taken(lambda client: client.agents.complete(**ASK), answer)


def check_complete_async(answer: Answer) -> bool:
    """Do the same with an async call."""
    return _is_taken(lambda client: network().runner.run(client.agents.complete_async(**ASK)), answer)


def check_stream(answer: Answer) -> bool:
    """Open a stream, read its text to the end, and get the final response."""
    return _is_taken(lambda client: _read(client.agents.stream(**ASK)), answer)


def check_stream_async(answer: Answer) -> bool:
    """Do the same with an async call."""
    return _is_taken(lambda client: network().runner.run(_read_async(client.agents.stream_async(**ASK))), answer)


def check_start(answer: Answer) -> bool:
    """Start a conversation, and read its answer."""
    return _is_taken(lambda client: client.conversations.start(**START), answer)


def check_start_stream(answer: Answer) -> bool:
    """Start a conversation with a stream, read its text to the end, and get the final response."""
    return _is_taken(lambda client: _read(client.conversations.start_stream(**START)), answer)


def check_start_stream_async(answer: Answer) -> bool:
    """Do the same with an async call."""

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
    """Make a call that gets this answer; return whether it succeeded. Check the error if it is one of ours."""
    network().answer = answer
    try:
        call(network().client)
    except MistralError as error:
        if KEY in f"{error!r} {error}":
            raise MismatchError("the key is in the error") from error
        if isinstance(error, HTTPValidationError):
            _ = error.detail  # it is read from the body only when it is accessed
        return False
    return True


class Target(NamedTuple):
    """A check with its inputs; it gets `share` of all inputs."""

    check: Callable[..., bool]
    """Returns whether an input was accepted or refused; an error that it raises is a finding."""
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
    """Run all targets, print a table and the findings, and return the exit status."""
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
    """Run one target; return how many inputs it accepted and refused, and add all others to the findings."""
    name = target.check.__name__
    source = Source(f"{seed} {name}")
    verdicts = {True: 0, False: 0}
    for _ in range(count):
        case = target.draw(source)
        try:
            verdicts[target.check(*case)] += 1
        except Exception as error:  # noqa: BLE001  # any error is a finding
            # Many inputs fail at the same place; the shortest one is kept.
            place = traceback.extract_tb(error.__traceback__)[-1]
            kind = type(error), place.filename, place.lineno
            shown = f"{name}({', '.join(map(repr, case))})\n{''.join(traceback.format_exception(error))}"
            findings[kind] = min(findings.get(kind, shown), shown, key=len)
    return verdicts[True], verdicts[False]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", help="the seed; the same seed gives the same inputs (default: a new one each time)")
    parser.add_argument("--inputs", type=int, default=INPUTS, help=f"how many inputs in all (default: {INPUTS:,})")
    options = parser.parse_args(arguments)
    warnings.simplefilter("error")  # because callers may turn warnings into errors
    return run(TARGETS, options.seed or str(secrets.randbits(32)), options.inputs)


if __name__ == "__main__":
    sys.exit(main())
