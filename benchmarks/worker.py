"""The process of one client. It reads orders, one line of JSON each, and answers each order with a line of JSON.

An order has the name of a method of `Worker` (`do`) and its arguments. The methods measure CPU time, in seconds.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import importlib.util
import json
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .clients import Client

Reply = dict[str, Any]


class Worker:
    """Measures one client. The client keeps its connections while the orders are for the same answer."""

    def __init__(self) -> None:
        self._loop = asyncio.Runner()
        self._make: Callable[[str], Client]
        self._url = ""
        self._client: Client | None = None

    def start(self, client: str, needs: Iterable[str], without: Iterable[str]) -> Reply:
        """Import the class of the client; the reply has `cannot` if a package that it needs is missing."""
        missing = [name for name in needs if importlib.util.find_spec(name) is None]
        if missing:
            return {"cannot": f"{', '.join(missing)} is not installed here"}
        sys.modules.update(dict.fromkeys(without))  # type: ignore[arg-type]  # with None, Python reports a missing module
        module, _, name = client.partition(":")
        self._make = getattr(importlib.import_module(module), name)
        self._make("http://127.0.0.1")
        return {}

    def stream(self, url: str, *, blocking: bool, times: int = 1, conversation: bool = False) -> Reply:
        """Read a stream, or several in a row."""
        client = self._client_of(url)
        pieces: list[str] = []
        stream, stream_async = client.stream, client.stream_async
        if conversation:
            stream, stream_async = client.converse, client.converse_async

        async def read() -> None:
            for _ in range(times):
                await stream_async(pieces.append)

        start = time.process_time()
        if blocking:
            for _ in range(times):
                stream(pieces.append)
        else:
            self._loop.run(read())
        text = "".join(pieces)
        return {"cpu": time.process_time() - start, "digest": digest(text)}

    def complete(self, url: str, *, blocking: bool, times: int) -> Reply:
        """Ask for a JSON answer `times` times."""
        client = self._client_of(url)

        async def read() -> list[str]:
            return [await client.complete_async() for _ in range(times)]

        start = time.process_time()
        texts = [client.complete() for _ in range(times)] if blocking else self._loop.run(read())
        return {"cpu": time.process_time() - start, "digest": digest("".join(texts))}

    def together(self, url: str, streams: int, *, bursts: int = 1, again: bool = False) -> Reply:
        """Read `streams` streams at once with a new client; return the mean CPU time of `bursts` repetitions.

        With `again`, each client reads the streams twice. Only the second time counts, on the connections that it kept.
        """

        async def read(client: Client) -> str:
            pieces: list[str] = []
            await client.stream_async(pieces.append)
            return "".join(pieces)

        async def read_all(client: Client) -> set[str]:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(read(client)) for _ in range(streams)]
            return {task.result() for task in tasks}

        cpu, texts = 0.0, set[str]()
        for _ in range(bursts):
            self.leave()
            client = self._client_of(url)
            self._loop.run(client.prepare_async(streams))
            if again:
                self._loop.run(read_all(client))
            start = time.process_time()
            texts |= self._loop.run(read_all(client))
            cpu += time.process_time() - start
        if len(texts) != 1:
            raise ValueError("streams of the same text were read differently")
        return {"cpu": cpu / bursts, "digest": digest(texts.pop())}

    def latency(self, url: str, *, blocking: bool) -> Reply:
        """Read events that have the time of their writing; return for each event how many seconds later it arrived."""
        client, delays = self._client_of(url), list[int]()

        def take(text: str) -> None:
            if text:
                delays.append(time.monotonic_ns() - int(text))

        start = time.process_time()
        client.stream(take) if blocking else self._loop.run(client.stream_async(take))
        return {"cpu": time.process_time() - start, "delays": [delay / 1e9 for delay in delays]}

    def construct(self, times: int) -> Reply:
        """Make clients, and use none of them."""
        start = time.process_time()
        for _ in range(times):
            self._make("http://127.0.0.1")
        return {"cpu": time.process_time() - start}

    def read_chunks(self, texts: list[str]) -> Reply:
        """Read the texts of a stream's chunks, without a network."""
        read = self._make("http://127.0.0.1").reader(texts)
        start = time.process_time()
        read()
        return {"cpu": time.process_time() - start}

    def _client_of(self, url: str) -> Client:
        if self._client is None or url != self._url:
            self.leave()
            self._url, self._client = url, self._make(url)
        return self._client

    def leave(self) -> Reply:
        """Close all connections."""
        if self._client is not None:
            self._client.close()
            self._loop.run(self._client.aclose())
        self._client = None
        return {}


def digest(text: str) -> str:
    """Return a hash of a text, by which two texts are compared."""
    return hashlib.sha256(text.encode()).hexdigest()


def main() -> None:
    """Follow orders until there are no more."""
    worker = Worker()
    for line in sys.stdin:
        order = json.loads(line)
        try:
            reply = getattr(worker, order.pop("do"))(**order)
        except NotImplementedError as error:
            reply = {"cannot": str(error)}
        except Exception:  # noqa: BLE001  # the runner reports it, and stops
            reply = {"error": traceback.format_exc()}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
