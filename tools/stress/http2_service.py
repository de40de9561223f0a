"""A service for `make soak` that speaks HTTP/2 without TLS, and answers with a stream of the expected number of events.

It is a program (`python -m tools.stress.http2_service`). It prints its address, and ends when its standard input ends.
"""

from __future__ import annotations

import contextlib
import json
import socket
import sys
import threading

import h2.config
import h2.connection
import h2.events


def answer(body: bytes) -> bytes:
    """Return the events of an answer: for each of two choices, `max_tokens` + 1 chunks of text and one that ends it."""
    count = 2 * (json.loads(body)["max_tokens"] + 2)
    pieces = [{"choices": [{"index": place % 2, "delta": {"content": "a "}}]} for place in range(count - 2)]
    ends = [{"choices": [{"index": index, "delta": {}, "finish_reason": "stop"}]} for index in range(2)]
    return "".join(f"data: {json.dumps(each)}\n\n" for each in pieces + ends).encode() + b"data: [DONE]\n\n"


def serve(sock: socket.socket) -> None:
    """Answer all requests on one connection until it is closed."""
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    connection.initiate_connection()
    bodies: dict[int, bytes] = {}
    with sock, contextlib.suppress(OSError):
        sock.sendall(connection.data_to_send())
        while data := sock.recv(65_536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.DataReceived):
                    bodies[event.stream_id] = bodies.get(event.stream_id, b"") + event.data
                    connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                elif isinstance(event, h2.events.StreamEnded):
                    reply = answer(bodies.pop(event.stream_id))
                    head = [(":status", "200"), ("content-type", "text/event-stream")]
                    connection.send_headers(event.stream_id, head)
                    most = connection.max_outbound_frame_size
                    for start in range(0, len(reply), most):
                        connection.send_data(event.stream_id, reply[start : start + most])
                    connection.end_stream(event.stream_id)
            sock.sendall(connection.data_to_send())


def listen(listener: socket.socket) -> None:
    """Serve each connection in a new thread."""
    while True:
        sock, _ = listener.accept()
        threading.Thread(target=serve, args=(sock,), daemon=True).start()


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        threading.Thread(target=listen, args=(listening,), daemon=True).start()
        sys.stdin.read()
