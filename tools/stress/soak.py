"""Read many streams at once, in several rounds, and fail if events are lost, or descriptors or memory leak.

First, tasks on an event loop read the streams, and then threads do. In both cases, all streams share one client. The
stub runs in another process, so that only the client's memory and descriptors are counted. A stream is not read further
until all streams of its round are open.

Then tasks read streams over one HTTP/2 connection. At last, the program makes calls, and between them drops streams
that are part of reference cycles. The garbage collector must not cause a deadlock, and must close these streams.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ctypes
import gc
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from mistral_agents import Mistral

ROUNDS, TASKS, THREADS, EVENTS = 10, 100, 64, 200
# By this round, caches and pools have reached their size. From then on, memory may grow only by MAX_GROWTH_BYTES.
SETTLED_ROUND = 3
MAX_GROWTH_BYTES = 1_000_000
# A round takes a few seconds; after this time it has a deadlock.
PATIENCE_SECONDS = 60


class Soak:
    """One run: reads `streams` streams at once, prints the figures of each round, and collects the `problems`."""

    def __init__(
        self,
        url: str,
        rounds: int,
        streams: int,
        events: int,
        *,
        read: int | None = None,
        connections: int | None = None,
    ) -> None:
        """Set what each round must have.

        `read`: the number of events that are read from each stream, by default all. `connections`: the least number of
        connections that are open at once, by default one for each stream.
        """
        self.url, self.rounds, self.streams = url, rounds, streams
        self._read, self._connections = (
            events if read is None else read,
            streams if connections is None else connections,
        )
        self._events, self._compared = events, max(rounds - SETTLED_ROUND, 0)
        self._before = self._at_once = 0
        self._memory: list[int] = []
        self._round_began = 0.0
        self.problems: list[str] = []
        """A message for each problem."""

    @property
    def question(self) -> dict[str, Any]:
        """A question whose answer has `events` events: two choices, each with a beginning, some words, and an end."""
        words = [{"role": "user", "content": "a " * 95}]
        return {"messages": words, "agent_id": "ag_soak", "n": 2, "max_tokens": self._events // 2 - 2}

    def start(self, **options: Any) -> Mistral:
        """Return the client that all streams share."""
        print("round   events  at once   kept    memory KB  seconds")
        self._before, self._round_began = open_descriptors(), time.perf_counter()
        return Mistral("soak", server_url=self.url, timeout_ms=PATIENCE_SECONDS * 1_000, **options)

    @property
    def growth(self) -> int:
        """The growth of memory in the last rounds, in bytes."""
        return self._memory[-1] - self._memory[-1 - self._compared]

    def goes_on(self) -> bool:
        """Return whether there is another round."""
        if len(self._memory) < self.rounds:
            return True
        # Python gets memory from the system in steps of a mebibyte, and one step is above the limit. So more rounds
        # follow. If the memory grows in these, too, it is a leak.
        return self.growth >= MAX_GROWTH_BYTES and len(self._memory) < self.rounds + self._compared

    def has_more_than(self, connections: int) -> bool:
        """Return whether there are more connections than this number."""
        return open_descriptors() - self._before > connections

    def all_are_open(self) -> None:
        """Count the connections when all streams of the round are open."""
        self._at_once = open_descriptors() - self._before

    def end_round(self, received: int) -> None:
        """Record and check the figures of a round that has received this number of events."""
        seconds, kept = time.perf_counter() - self._round_began, open_descriptors() - self._before
        self._memory.append(resident_bytes())
        number, memory_kb = len(self._memory), self._memory[-1] // 1_000
        print(f"{number:>5}{received:>9,}{self._at_once:>9}{kept:>7}{memory_kb:>13,}{seconds:>9.1f}", flush=True)
        self._expect(received == self.streams * self._read, f"round {number}: {received:,} events came")
        self._expect(self._at_once >= self._connections, f"round {number}: {self._at_once} connections at once")
        # Idle connections may be kept for the next round.
        self._expect(kept <= self.streams, f"round {number}: {kept} descriptors kept")
        self._at_once, self._round_began = 0, time.perf_counter()

    def end(self) -> None:
        """Check descriptors and memory after the client is closed."""
        left = open_descriptors() - self._before
        self._expect(left == 0, f"the closed client leaves {left} descriptors open")
        print(f"growth in the last {self._compared} rounds: {self.growth // 1_000:,} KB")
        self._expect(self.growth < MAX_GROWTH_BYTES, f"memory grew by {self.growth:,} bytes")

    def _expect(self, condition: bool, otherwise: str) -> None:  # noqa: FBT001  # like the condition of an assert
        if not condition:
            self.problems.append(otherwise)


async def read_over_http2(soak: Soak) -> None:
    """Read each stream in a task, all over one HTTP/2 connection."""
    await read_in_tasks(soak, httpx.AsyncClient(http1=False, http2=True, trust_env=False))


async def read_in_tasks(soak: Soak, own: httpx.AsyncClient | None = None) -> None:
    """Read each stream in a task; if an httpx client is given, use it, and close it at the end."""

    async def read(barrier: asyncio.Barrier) -> int:
        received = 0
        async with await client.agents.stream_async(**soak.question) as stream:
            if await barrier.wait() == soak.streams - 1:  # the last one to arrive runs first
                soak.all_are_open()
            async for _ in stream:
                received += 1
        return received

    async with soak.start(async_client=own) as client, own or contextlib.nullcontext():
        while soak.goes_on():
            barrier = asyncio.Barrier(soak.streams)
            async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as group:
                tasks = [group.create_task(read(barrier)) for _ in range(soak.streams)]
            soak.end_round(sum(task.result() for task in tasks))
    soak.end()


def read_in_threads(soak: Soak) -> None:
    """Read each stream in a thread."""

    def read() -> int:
        try:
            with client.agents.stream(**soak.question) as stream:
                barrier.wait(PATIENCE_SECONDS)
                return sum(1 for _ in stream)
        except BaseException:
            barrier.abort()  # so that the other threads do not wait for this one
            raise

    barrier = threading.Barrier(soak.streams, action=soak.all_are_open)
    with ThreadPoolExecutor(soak.streams) as executor, soak.start() as client:
        while soak.goes_on():
            futures = [executor.submit(read) for _ in range(soak.streams)]
            failed = [error for future in futures if isinstance(error := future.exception(), Exception)]
            if failed:
                raise ExceptionGroup("streams failed", failed)
            soak.end_round(sum(future.result() for future in futures))
    soak.end()


class Cycle:
    """Refers to itself, so that only the garbage collector frees it, perhaps within the next call."""

    def __init__(self, events: Any) -> None:
        self.itself, self.events = self, events
        self.first = next(events)


def drop_in_cycles(soak: Soak) -> None:
    """Read an event of each stream, drop the stream in a cycle, and make another call."""
    threshold = gc.get_threshold()
    gc.set_threshold(50, 2, 2)  # the garbage collector should run often, also within calls
    try:
        with soak.start() as client:
            while soak.goes_on():
                received = 0
                for place in range(soak.streams):
                    cycle = Cycle(iter(client.agents.stream(**soak.question)))
                    received += cycle.first is not None
                    if not place:
                        soak.all_are_open()
                    del cycle
                    client.agents.complete(messages=soak.question["messages"], agent_id="ag_soak", max_tokens=2)
                gc.collect()
                latest = time.monotonic() + PATIENCE_SECONDS
                while soak.has_more_than(1) and time.monotonic() < latest:
                    time.sleep(0.01)  # another thread closes dropped streams
                soak.end_round(received)
    finally:
        gc.set_threshold(*threshold)
    soak.end()


def open_descriptors() -> int:
    """Count this process's open descriptors, including the one that counting needs."""
    return len(list(Path("/dev/fd").iterdir()))


def resident_bytes() -> int:
    """Return the memory that this process uses; on systems without that figure, the most that it has used."""
    gc.collect()
    # Returns free memory to the system, so that it does not count; only glibc has this function.
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
    statm = Path("/proc/self/statm")
    if statm.exists():
        _, resident, shared, *_ = map(int, statm.read_text().split())
        return (resident - shared) * os.sysconf("SC_PAGE_SIZE")  # without pages of files, which the kernel may keep
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1_024)


@contextlib.contextmanager
def service(module: str) -> Iterator[str]:
    """Run a service in another process, and yield its address."""
    command, pipe = [sys.executable, "-m", module], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield process.stdout.readline().strip() if process.stdout else ""
        finally:
            process.terminate()


def run(name: str, read: Callable[[Soak], object], soak: Soak) -> list[str]:
    """Read all streams in one way; return the problems."""
    print(f"{name}: {soak.streams} streams at once")
    try:
        read(soak)
    except Exception as error:  # noqa: BLE001  # any error is a problem
        causes = list(error.exceptions if isinstance(error, ExceptionGroup) else [error])
        # A BrokenBarrierError only follows from another error, so it is put last.
        causes.sort(key=lambda cause: isinstance(cause, threading.BrokenBarrierError))
        soak.problems.append(f"{len(causes)} errors, the first {causes[0]!r}")
    return [f"{name}: {problem}" for problem in soak.problems]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default: {ROUNDS}")
    parser.add_argument("--tasks", type=int, default=TASKS, help=f"streams at once in tasks (default: {TASKS})")
    parser.add_argument("--threads", type=int, default=THREADS, help=f"streams at once in threads (default: {THREADS})")
    parser.add_argument(
        "--events", type=int, default=EVENTS, help=f"events per stream: an even number, 6 to 200 (default: {EVENTS})"
    )
    options = parser.parse_args(arguments)
    os.environ["NO_PROXY"] = "*"  # all requests stay on this machine, also if the environment has a proxy
    with service("mistral_agents.testing") as url, service("tools.stress.http2_service") as http2_url:
        tasks = Soak(url, options.rounds, options.tasks, options.events)
        problems = run("tasks", lambda soak: asyncio.run(read_in_tasks(soak)), tasks)
        threads = Soak(url, options.rounds, options.threads, options.events)
        problems += run("threads", read_in_threads, threads)
        http2 = Soak(http2_url, options.rounds, options.tasks, options.events, connections=1)
        problems += run("HTTP/2", lambda soak: asyncio.run(read_over_http2(soak)), http2)
        cycles = Soak(url, options.rounds, options.threads, options.events, read=1, connections=1)
        problems += run("cycles", drop_in_cycles, cycles)
    for problem in problems:
        print(f"FAIL {problem}")
    print("soak: failed" if problems else "soak: ok")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
