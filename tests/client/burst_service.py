"""A service on loopback that answers a burst of streams together, and counts its connections."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import Self

from completion_payloads import chunk, sse
from patience import PATIENCE_SECONDS

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: %d\r\n\r\n"


class BurstService:
    """Streams `events` events to its clients, as soon as `at_once` of them wait; counts its connections."""

    def __init__(self, events: int = 2, at_once: int = 1) -> None:
        body = sse(*[chunk("word")] * (events - 1), chunk("", finish_reason="stop"), "[DONE]")
        self._answer, self.at_once = HEAD % len(body) + body, at_once
        self._waiting: list[asyncio.StreamWriter] = []
        self._changed, self._listens = threading.Condition(), threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self.opened = self.open = self.most = 0
        """How many connections there were in all, are open now, and were open at the same time at most."""

    async def _run(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1_024)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._listens.set()
        await self._stop.wait()
        server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._count(1)
        try:
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    _, _, length = (await reader.readuntil(b"\r\n\r\n")).lower().partition(b"content-length: ")
                    await reader.readexactly(int(length.partition(b"\r")[0]))
                    self._answer_together(writer)
        finally:
            writer.close()
            self._count(-1)

    def _answer_together(self, writer: asyncio.StreamWriter) -> None:
        self._waiting.append(writer)
        if len(self._waiting) == self.at_once:
            for each in self._waiting:
                each.write(self._answer)
            self._waiting.clear()

    def _count(self, more: int) -> None:
        with self._changed:
            self.open += more
            self.opened, self.most = self.opened + max(more, 0), max(self.most, self.open)
            self._changed.notify_all()

    def settles_at(self, connections: int) -> bool:
        """Wait until exactly this number of connections is open; return False if it takes over PATIENCE_SECONDS."""
        with self._changed:
            return self._changed.wait_for(lambda: self.open == connections, PATIENCE_SECONDS)

    def __enter__(self) -> Self:
        self._thread.start()
        self._listens.wait(PATIENCE_SECONDS)
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
