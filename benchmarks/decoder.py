"""What the decoder costs for one stream, by its size: given whole or byte by byte, as many events or as a single one.

It is a process of its own, in which nothing but the decoder costs more per byte the more bytes there are: the garbage
collector is off, which walks over all events that a caller holds, and memory is kept once the system has given it.
"""

from __future__ import annotations

import gc
import itertools
import json
import time
from collections.abc import Callable, Sequence
from functools import partial

from mistral_agents.sse import SSEDecoder

from . import payloads

KIB, GIB = 1 << 10, 1 << 30
# Each twice as large as the one before. A call for every byte takes seconds for a mebibyte, so that it ends there.
SIZES = {"whole": [KIB << power for power in range(17)], "by bytes": [KIB << power for power in range(11)]}
SHAPES = ("many events", "one event")
# Kept from being given back: blocks of any size, and the top of the heap. glibc alone knows these.
ENVIRONMENT = {"GLIBC_TUNABLES": f"glibc.malloc.mmap_threshold={GIB}:glibc.malloc.trim_threshold={4 * GIB}"}
# Only large inputs show how the cost grows; small ones are over before anything else has settled.
DOUBLINGS = 3
# Enough that one is undisturbed.
REPETITIONS = 5


def measure(way: str, shape: str) -> dict[int, float]:
    """Return the CPU time in seconds for each size: the least of several, since only disturbances add to it."""
    runs = {size: partial(decode, pieces(way, body(shape, size)), size) for size in SIZES[way]}
    least = dict.fromkeys(runs, float("inf"))
    for _ in range(REPETITIONS):  # one size after the other, so that a disturbance hits all of them
        for size, run in runs.items():
            least[size] = min(least[size], cpu_of(run, times=max(1, SIZES[way][-1] // 64 // size)))
    return least


def doubling(seconds: dict[int, float]) -> float:
    """Return by how much the cost grows when a large input doubles."""
    *_, before, _, _, after = (seconds[size] for size in sorted(seconds))
    return float((after / before) ** (1 / DOUBLINGS))


def cpu_of(run: Callable[[], None], times: int) -> float:
    """Return the CPU time of one run, in seconds."""
    start = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - start) / times


def decode(chunks: Sequence[bytes], size: int) -> None:
    """Decode one stream."""
    decoder = SSEDecoder(max_event_bytes=size)
    for chunk in chunks:
        decoder.feed(chunk)


def pieces(way: str, stream: bytes) -> Sequence[bytes]:
    """Cut a stream."""
    return [stream] if way == "whole" else [bytes((byte,)) for byte in stream]


def body(shape: str, size: int) -> bytes:
    """Return a stream of so many bytes."""
    if shape == "one event":
        return b"data: %b\n\n" % (b"x" * (size - 8))
    event = payloads.event({"content": " a piece"})
    return (event * (size // len(event) + 1))[: size - 2] + b"\n\n"


def main() -> None:
    """Print what each way and shape costs: nanoseconds per byte for the smallest and the largest, and the doubling."""
    gc.disable()
    costs: dict[str, list[float]] = {}
    for way, shape in itertools.product(SIZES, SHAPES):
        seconds = measure(way, shape)
        ends = [seconds[size] / size * 1e9 for size in (min(seconds), max(seconds))]
        costs[f"{way}, {shape}"] = [*ends, doubling(seconds)]
    print(json.dumps(costs))


if __name__ == "__main__":
    main()
