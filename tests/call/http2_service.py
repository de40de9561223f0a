"""A service on loopback that speaks HTTP/2 without TLS, and answers a request only when a test says so."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from typing import Any, Self

import h2.config
import h2.connection
import h2.events
import h2.settings
import httpx

from client_settings import KEY
from completion_payloads import ANSWER, chunk, sse
from mistral_agents import Mistral
from mistral_agents.testing.http.listener import Listener
from patience import PATIENCE_SECONDS


class Http2Service:
    """Keeps each request until a test says how to answer it; a request is identified by its question."""

    def __init__(self, streams: int = 100) -> None:
        self.connections = 0
        self._deaf = self._stuck = False
        self._streams = streams  # how many the service allows on a connection
        self._changed = threading.Condition()
        self._waiting: dict[str, tuple[h2.connection.H2Connection, socket.socket, int, bool]] = {}
        self._listener = Listener("127.0.0.1", 0, self._serve)
        self.url = f"http://127.0.0.1:{self._listener.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._listener.close()

    def client(self, **options: Any) -> Mistral:
        """Make a client that speaks HTTP/2; the caller has to close its httpx clients."""
        settings: dict[str, Any] = {"http1": False, "http2": True, "trust_env": False}
        own, own_async = httpx.Client(**settings), httpx.AsyncClient(**settings)
        options = {"retry_config": None, **options}
        return Mistral(KEY, server_url=self.url, client=own, async_client=own_async, **options)

    def wait_for(self, *questions: str) -> None:
        """Wait until these questions have arrived."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._waiting.keys() >= set(questions), PATIENCE_SECONDS)

    def answer(self, question: str, padding: int = 0) -> None:
        """Send the whole answer to a question; before JSON, send about `padding` blanks."""
        with self._changed:
            connection, sock, number, streamed = self._waiting.pop(question)
            kind = "text/event-stream" if streamed else "application/json"
            events = sse(chunk(question), chunk("", finish_reason="stop"), "[DONE]")
            connection.send_headers(number, [(":status", "200"), ("content-type", kind)])
            for _ in range(padding // 10_000):
                connection.send_data(number, b" " * 10_000)
            connection.send_data(number, events if streamed else json.dumps(ANSWER).encode(), end_stream=True)
            sock.sendall(connection.data_to_send())

    def begin(self, question: str) -> None:
        """Send the head of a stream and one event."""
        with self._changed:
            connection, sock, number, _ = self._waiting[question]
            connection.send_headers(number, [(":status", "200"), ("content-type", "text/event-stream")])
            connection.send_data(number, sse(chunk(question)))
            sock.sendall(connection.data_to_send())

    def stop_reading(self) -> None:
        """Wait until a client is sending a large body, and read nothing more from its connection."""
        with self._changed:
            self._deaf = True
            assert self._changed.wait_for(lambda: self._stuck, PATIENCE_SECONDS)
            self._deaf = False

    def spoil(self) -> None:
        """Violate the protocol on each connection."""
        with self._changed:
            for _, sock, _, _ in self._waiting.values():
                sock.sendall(b"\x00\x00\x04\x08\x00\x00\x00\x00\x63\x00\x00\x00\x00")  # a WINDOW_UPDATE by 0

    def hang_up(self) -> None:
        """Close each connection without an HTTP/2 frame before."""
        with self._changed:
            for sock in {sock for _, sock, _, _ in self._waiting.values()}:
                sock.shutdown(socket.SHUT_RDWR)

    def _serve(self, sock: socket.socket, _: int, stopping: threading.Event) -> None:
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        bodies: dict[int, bytes] = {}
        with self._changed:
            self.connections += 1
            code = h2.settings.SettingCodes
            most = {code.MAX_CONCURRENT_STREAMS: self._streams, code.MAX_FRAME_SIZE: 2**24 - 1}
            most[code.INITIAL_WINDOW_SIZE] = 2**31 - 1
            connection.local_settings = h2.settings.Settings(client=False, initial_values=most)
            connection.initiate_connection()
            connection.increment_flow_control_window(2**30)
            sock.sendall(connection.data_to_send())
        with contextlib.suppress(OSError):
            while not stopping.is_set() and (data := sock.recv(65_536)):
                if self._deaf and len(data) > 10_000:
                    with self._changed:
                        self._stuck = True
                        self._changed.notify_all()
                    stopping.wait()
                    return
                with self._changed:
                    for event in connection.receive_data(data):
                        if isinstance(event, h2.events.DataReceived):
                            bodies[event.stream_id] = bodies.get(event.stream_id, b"") + event.data
                        elif isinstance(event, h2.events.StreamEnded):
                            asked = json.loads(bodies.pop(event.stream_id))
                            question, streamed = asked["messages"][0]["content"], asked.get("stream", False)
                            self._waiting[question] = connection, sock, event.stream_id, streamed
                    sock.sendall(connection.data_to_send())
                    self._changed.notify_all()
