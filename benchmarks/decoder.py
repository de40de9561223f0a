"""Measures what the decoder costs for streams of many sizes: whole or byte by byte, with many events or a single event.

This program runs in its own process, where only the cost of the decoder can grow faster than the stream. The garbage
collector is off, because its work grows with the number of events in memory. Freed memory stays with the process.
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
# Each size is twice the size before. Byte by byte, the largest size is 1 MiB, because it takes seconds.
SIZES = {"whole": [KIB << power for power in range(17)], "by bytes": [KIB << power for power in range(11)]}
SHAPES = ("many events", "one event")
# With these settings, glibc gives no freed memory back to the system, neither large blocks nor the top of the heap.
# Other C libraries ignore the settings.
ENVIRONMENT = {"GLIBC_TUNABLES": f"glibc.malloc.mmap_threshold={GIB}:glibc.malloc.trim_threshold={4 * GIB}"}
# Only the last doublings count: with small inputs, fixed costs hide how the cost grows.
DOUBLINGS = 3
# Enough repetitions that other programs do not disturb all of them.
REPETITIONS = 5


def measure(way: str, shape: str) -> dict[int, float]:
    """Return the CPU time in seconds for each size: the lowest of several, because disturbances only make it longer."""
    runs = {size: partial(decode, pieces(way, body(shape, size)), size) for size in SIZES[way]}
    least = dict.fromkeys(runs, float("inf"))
    for _ in range(REPETITIONS):  # all sizes in each repetition, so that a disturbance affects all sizes
        for size, run in runs.items():
            least[size] = min(least[size], cpu_of(run, times=max(1, SIZES[way][-1] // 64 // size)))
    return least


def doubling(seconds: dict[int, float]) -> float:
    """Return the factor by which the cost grows when a large input doubles."""
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
    """Return a stream as one piece, or cut into single bytes."""
    return [stream] if way == "whole" else [bytes((byte,)) for byte in stream]


def body(shape: str, size: int) -> bytes:
    """Return a stream of `size` bytes."""
    if shape == "one event":
        return b"data: %b\n\n" % (b"x" * (size - 8))
    event = payloads.event({"content": " a piece"})
    return (event * (size // len(event) + 1))[: size - 2] + b"\n\n"


def main() -> None:
    """For each way and shape, print the nanoseconds per byte of the smallest and largest size, and `doubling`."""
    gc.disable()
    costs: dict[str, list[float]] = {}
    for way, shape in itertools.product(SIZES, SHAPES):
        seconds = measure(way, shape)
        ends = [seconds[size] / size * 1e9 for size in (min(seconds), max(seconds))]
        costs[f"{way}, {shape}"] = [*ends, doubling(seconds)]
    print(json.dumps(costs))


if __name__ == "__main__":
    main()
