"""The cases: what is measured. `CASES` has the cases by their names on the command line."""

from __future__ import annotations

import functools
import itertools
import statistics
from collections.abc import Callable, Iterator
from typing import Any

from . import decoder, fresh, payloads
from .bench import ENVIRONMENT, Bench, BenchmarkError, Row, row
from .participants import CONCURRENCY, SPEED, STANDARD, Participant
from .worker import Reply

Case = Callable[[Bench], Iterator[Row]]
MODES = {"sync": True, "async": False}
# Streams are so long that the cost of their beginning and end hardly counts.
EVENTS, SHORT_EVENTS, LONG_EVENTS = 20_000, 5_000, 100_000
# The least number of rounds with new processes: their figures vary more than others.
PROCESSES = 15
# The number of rounds for memory, whose figures hardly vary.
MEMORY = 3
# With a large pool, httpx takes seconds for a round, so there are only two rounds.
SLOW_ROUNDS = 2
PACED_EVENTS = 100


def stream(title: str, kind: str, events: int, **order: Any) -> Case:
    """Read one long stream."""

    def rows(bench: Bench) -> Iterator[Row]:
        for mode, blocking in MODES.items():

            def ask(each: Participant, count: int, *, blocking: bool = blocking) -> Reply:
                return bench.read(each, f"{kind}-{count}", do="stream", blocking=blocking, **order)

            yield bench.cpu(f"{title}, {mode}", "µs/event", events, ask)

    return rows


def json_answer(title: str, size: int, requests: int) -> Case:
    """Ask for a JSON answer many times, on one connection."""

    def rows(bench: Bench) -> Iterator[Row]:
        for mode, blocking in MODES.items():

            def ask(each: Participant, count: int, *, blocking: bool = blocking) -> Reply:
                return bench.read(each, f"json-{size}", do="complete", blocking=blocking, times=count)

            yield bench.cpu(f"{title}, {mode}", "µs/request", requests, ask)

    return rows


def chunks(bench: Bench) -> Iterator[Row]:
    """Make models from parsed JSON; B parses the JSON."""
    events = itertools.islice(payloads.events("text", SHORT_EVENTS), SHORT_EVENTS)
    texts = [event.decode().removeprefix("data: ") for event in events]

    def ask(each: Participant, count: int) -> Reply:
        return bench.ask(each, do="read_chunks", texts=texts[:count])

    yield bench.cpu("from_dict (B: json.loads)", "µs/event", len(texts), ask)


def construct(bench: Bench) -> Iterator[Row]:
    """Make a client in a process that has made one before."""

    def ask(each: Participant, count: int) -> Reply:
        return bench.ask(each, do="construct", times=count)

    yield bench.cpu("another client", "µs", 10, ask)


def imports(bench: Bench) -> Iterator[Row]:
    """Import the library in a new process."""
    replies = bench.in_turns(lambda each: fresh.script(fresh.IMPORT, each), bench.usual, max(bench.rounds, PROCESSES))
    yield row("import", "ms", replies, lambda reply: reply["cpu"] * 1e3)


def first_answer(bench: Bench) -> Iterator[Row]:
    """Start a process that makes one call."""

    def ask(each: Participant) -> Reply:
        return fresh.read(fresh.FIRST_ANSWER, each, bench, "json-600")

    replies = bench.in_turns(ask, bench.usual, max(bench.rounds, PROCESSES))
    yield row("process start to first answer", "ms", replies, lambda reply: reply["cpu"] * 1e3)


def memory(bench: Bench) -> Iterator[Row]:
    """Read a long stream in a new process."""

    def ask(each: Participant) -> Reply:
        events = LONG_EVENTS if each.divisor == 1 else SHORT_EVENTS // each.divisor
        return fresh.read(fresh.MEMORY, each, bench, f"text-{events}")

    replies = bench.in_turns(ask, bench.usual, MEMORY)
    yield row("memory after import", "MB", replies, lambda reply: reply["imported"] / 1e6)
    whole = {each.name: replies[each.name] for each in bench.usual if each.divisor == 1}
    yield row(f"memory after {LONG_EVENTS:,} events", "MB", whole, lambda reply: reply["streamed"] / 1e6)


def together(bench: Bench) -> Iterator[Row]:
    """Read many streams at once; the server sends no event before all requests have arrived."""
    yield streams_at_once(bench, 10, bursts=10)
    yield streams_at_once(bench, 100)
    yield streams_at_once(bench, 100, again=True, slow=True)
    yield streams_at_once(bench, 1_000, slow=True)


def streams_at_once(bench: Bench, streams: int, *, slow: bool = False, **order: Any) -> Row:
    """Let each client read `streams` streams at once.

    `slow`: clients that keep all connections in one pool, as httpx does, have only `SLOW_ROUNDS` rounds.
    """

    def ask(each: Participant) -> Reply:
        return bench.read(each, f"together-{streams}", do="together", streams=streams, **order)

    # SPEED is left out, because the JSON parser makes no difference to a pool. With more than ten streams, the other
    # SDKs are left out, too, because they would take minutes.
    over_httpx = [each for each in bench.usual if each != SPEED and (streams == 10 or each.divisor == 1)]
    concurrency = [each for each in bench.participants if each == CONCURRENCY]
    if slow:
        replies = bench.in_turns(ask, over_httpx, min(bench.rounds, SLOW_ROUNDS)) | bench.in_turns(ask, concurrency)
    else:
        replies = bench.in_turns(ask, over_httpx + concurrency)
    title = f"{streams:,} streams at once{', on kept connections' if order.get('again') else ''}"
    events = streams * payloads.EVENTS_TOGETHER
    return row(title, "µs/event", replies, lambda reply: reply["cpu"] / events * 1e6)


def latency(bench: Bench) -> Iterator[Row]:
    """Wait for events that come one at a time."""
    for mode, blocking in MODES.items():
        replies = bench.in_turns(functools.partial(paced, bench, blocking=blocking), bench.usual)
        for percent in (50, 99):
            yield row(f"from write to event, {mode}, p{percent}", "µs", replies, delay(percent))
        title = f"stream, one event each 5 ms, {mode}"
        yield row(title, "µs/event", replies, lambda reply: reply["cpu"] / PACED_EVENTS * 1e6)


def paced(bench: Bench, participant: Participant, *, blocking: bool) -> Reply:
    """Let a worker read events that come one at a time; raises BenchmarkError if their number is wrong."""
    reply = bench.ask(participant, do="latency", url=bench.url(f"paced-{PACED_EVENTS}"), blocking=blocking)
    if len(reply["delays"]) != PACED_EVENTS:
        raise BenchmarkError(f"{participant.name} read {len(reply['delays'])} events of {PACED_EVENTS}")
    return reply


def delay(percent: int) -> Callable[[Reply], float]:
    """Return a function that computes this percentile of the delays in a reply, in microseconds."""
    return lambda reply: statistics.quantiles(reply["delays"], n=100, method="inclusive")[percent - 1] * 1e6


def connections(streams: int) -> Case:
    """Read short streams one after another, and count the connections."""

    def rows(bench: Bench) -> Iterator[Row]:
        for mode, blocking in MODES.items():
            opened: dict[str, list[float]] = {}
            for each in bench.usual:
                bench.ask(each, do="leave")
                bench.connections()
                bench.read(each, "text-5", do="stream", blocking=blocking, times=streams)
                opened[each.name] = [bench.connections()]
            yield Row(f"{streams} streams in a row, {mode}", "connections", opened)

    return rows


def decoding(_bench: Bench) -> Iterator[Row]:
    """Decode larger and larger streams, without a network."""
    environment = {**ENVIRONMENT, **decoder.ENVIRONMENT}
    costs = fresh.run(STANDARD, "-m", "benchmarks.decoder", environment=environment)
    for what, (smallest, largest, doubling) in costs.items():
        most = "64 MiB" if what.startswith("whole") else "1 MiB"
        yield Row(f"decoder, {what}, 1 KiB", "ns/byte", {STANDARD.name: [smallest]})
        yield Row(f"decoder, {what}, {most}", "ns/byte", {STANDARD.name: [largest]})
        yield Row(f"decoder, {what}, twice the bytes", "x cost", {STANDARD.name: [doubling]})


CASES: dict[str, Case] = {
    "stream-coalesced": stream("stream, 16 KiB writes", "text", EVENTS),
    "stream-written": stream("stream, one write per event", "written", EVENTS),
    "stream-tools": stream("stream of tool calls", "tools", SHORT_EVENTS),
    "stream-parts": stream("stream of thinking and text parts", "parts", SHORT_EVENTS),
    "conversation-coalesced": stream("conversation, 16 KiB writes", "conversation", EVENTS, conversation=True),
    "conversation-written": stream("conversation, one write per event", "spoken", EVENTS, conversation=True),
    "json-small": json_answer("JSON answer, 600 bytes", 600, 300),
    "json-large": json_answer("JSON answer, 50 KB", 50_000, 200),
    "from-dict": chunks,
    "import": imports,
    "construct": construct,
    "first-answer": first_answer,
    "memory": memory,
    "concurrent": together,
    "latency": latency,
    "connections": connections(200),
    "decoder": decoding,
}
