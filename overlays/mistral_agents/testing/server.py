"""The stub: checks each request against the contract, records it, and answers it."""

from __future__ import annotations

import ipaddress
import itertools
import json
import math
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Self

from . import answers
from .completions import chunks
from .contract import load_contract, problem_lines
from .listener import Listener
from .received import RecordedRequest, Refusal, record, refusal
from .script import Answer, InTurn, Respond, ScriptEndedError
from .wire import Connection, Piece, Reply, Request, Wait

__all__ = ["StubError", "StubServer"]


class StubError(AssertionError):
    """What was wrong with the requests to a strict stub, or with its script."""


class StubServer:
    """A service on loopback that keeps the contract of `POST /v1/agents/completions`.

    A context manager; without `with`, call `start()` and `close()`. It runs in threads of its own, so that blocking and
    async code can use it alike. The same request always gets the same answer, and any key will do.

    What `respond` returns decides: a `Reply` goes out as it is, whatever was asked; an answer, as `completion()` makes
    it, goes out whole or as a stream, whichever was asked for, if the request fits the contract; None stands for the
    answer that the stub makes up.

    A strict stub raises a StubError at the end of its `with` if a request was refused, came after the last answer of
    `in_turn`, or if `respond` raised. It asks `respond` for nothing but requests that fit the contract.

    Args:
        port: where to listen; 0 takes a free port.
        host: a loopback address, or "localhost".
        pace_ms: milliseconds between two events of a stream.
        respond: is given each request, and returns what to answer; can be replaced at any time.
        sleep: waits a number of seconds; by default a wait that `close()` cuts short.
        strict: whether what nobody expected is an error at the end.

    Raises:
        ValueError: `host` is not loopback, or `pace_ms` is no length of time.
    """

    def __init__(
        self,
        port: int = 0,
        host: str = "127.0.0.1",
        pace_ms: float = 0,
        *,
        respond: Respond | None = None,
        sleep: Callable[[float], object] | None = None,
        strict: bool = False,
    ) -> None:
        if not (math.isfinite(pace_ms) and pace_ms >= 0):
            raise ValueError(f"pace_ms is {pace_ms}; give milliseconds, 0 or more")
        self._address = _loopback(host)
        self._wanted_port = port
        self._pace_seconds = pace_ms / 1_000
        self._sleep = sleep
        self._strict = strict
        self._contract = load_contract()
        self._listener: Listener | None = None
        self._request_numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._complaints: list[tuple[str, BaseException | None]] = []
        self.respond = respond
        """Decides the answers; None lets the stub make them up."""
        self.requests: list[RecordedRequest] = []
        """What was received, in order; each is here before its answer is sent."""

    def start(self) -> Self:
        """Listen.

        Raises:
            OSError: the port is taken, or may not be used.
            RuntimeError: the stub listens already.
        """
        if self._listener is not None:
            raise RuntimeError(f"the stub listens already, on {self.url}")
        self._listener = Listener(str(self._address), self._wanted_port, self._serve)
        return self

    def close(self) -> None:
        """Stop: streams under way break off, and every thread and socket is gone. Closing again does nothing."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()

    def verify(self) -> None:
        """Raise StubError, with all that was wrong so far, if the stub is strict and anything was."""
        if self._complaints:
            cause = next((error for _, error in self._complaints if error is not None), None)
            raise StubError("\n".join(text for text, _ in self._complaints)) from cause

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close()
        if kind is None or issubclass(kind, Exception):  # what is no Exception, as an interrupt, goes first
            self.verify()

    @property
    def port(self) -> int:
        """The port it listens on."""
        if self._listener is None:
            raise RuntimeError("the stub does not listen: use it in `with`, or call start()")
        return self._listener.port

    @property
    def url(self) -> str:
        """The address to give to a client, without a path."""
        host = str(self._address)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def _serve(self, sock: socket.socket, number: int, stopping: threading.Event) -> None:
        try:
            sleep = self._sleep or stopping.wait
            Connection(sock, lambda request: self._reply(request, number), sleep, stopping).serve()
        except OSError:  # the client is gone
            raise
        except Exception as error:
            if not self._strict:
                raise
            self._complain(f"connection {number} broke off: {_described(error)}", error)

    def _reply(self, request: Request, connection: int) -> Reply:
        received = record(request, connection, self._contract)
        with self._lock:
            self.requests.append(received)
            name = f"request {len(self.requests)} ({received.method} {received.path})"
        too_large = request.body is None
        if self._strict:
            return self._strict_reply(received, name, too_large=too_large)
        answer = self._scripted(received)
        if isinstance(answer, Reply):
            return answer
        refused = refusal(received, too_large=too_large)
        return self._refused(refused) if refused else self._answered(received, answer)

    def _strict_reply(self, received: RecordedRequest, name: str, *, too_large: bool) -> Reply:
        if refused := refusal(received, too_large=too_large):
            self._complain(f"{name} was refused with {refused.status}: {refused.reason}")
            return self._refused(refused)
        try:
            return self._answered(received, self._scripted(received))
        except ScriptEndedError as error:
            text = f"{name} was not expected: {error}"
            self._complain(text)
        except BaseException as error:  # noqa: BLE001  # pytest.fail() as well: it comes out at the end of the test
            text = f"{name} was not answered, since the script raised {_described(error)}"
            self._complain(text, error)
        # A status that no client takes for worth another try.
        return self._json(400, {"object": "error", "message": text, "type": "stub_error", "param": None, "code": None})

    def _scripted(self, request: RecordedRequest) -> Answer:
        """Ask the script; refuse what is no answer."""
        respond = self.respond
        if respond is None:
            return None
        if not callable(respond):
            given = type(respond).__name__
            raise TypeError(f"respond has to be a function of a request, or in_turn(answer, ...), not {given}")
        try:
            answer = respond.take() if self._strict and isinstance(respond, InTurn) else respond(request)
        except OSError as error:  # as such it would say that the client is gone
            raise RuntimeError(f"respond raised {_described(error)}") from error
        if answer is None or isinstance(answer, Reply):
            return answer
        if not isinstance(answer, Mapping):
            raise TypeError(f"respond returned {type(answer).__name__}: return a Reply, an answer, or None")
        if problems := self._contract.answer_problems(200, dict(answer)):
            raise ValueError(f"respond returned what the contract does not call an answer{problem_lines(problems)}")
        return answer

    def _answered(self, request: RecordedRequest, answer: Answer) -> Reply:
        if isinstance(answer, Reply):
            return answer
        content = answers.answer(request.json) if answer is None else answers.completed(answer, request.json)
        if "prompt" not in request.json and not request.json.get("stream"):
            return self._json(200, content)
        headers = [("content-type", "text/event-stream; charset=utf-8"), ("cache-control", "no-cache")]
        return Reply(200, [*headers, self._request_id()], self._events(content))

    def _complain(self, text: str, error: BaseException | None = None) -> None:
        self._complaints.append((text, error))

    def _events(self, answer: Mapping[str, Any]) -> Iterator[Piece]:
        for chunk in chunks(answer):
            yield b"data: %b\n\n" % _json_bytes(chunk)
            if self._pace_seconds:
                yield Wait(self._pace_seconds)
        yield b"data: [DONE]\n\n"

    def _refused(self, refused: Refusal) -> Reply:
        return self._json(refused.status, refused.content, *refused.headers)

    def _json(self, status: int, content: object, *headers: tuple[str, str]) -> Reply:
        body = _json_bytes(content)
        length = ("content-length", str(len(body)))
        return Reply(status, [("content-type", "application/json"), length, self._request_id(), *headers], [body])

    def _request_id(self) -> tuple[str, str]:
        return "x-request-id", f"stub-{next(self._request_numbers):06}"


def _loopback(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise ValueError(f"host is {host!r}; the stub takes any key, so it listens on loopback alone: give 127.0.0.1")
    return address


def _described(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _json_bytes(content: object) -> bytes:
    # UTF-8 as the service sends it. A lone surrogate has no UTF-8; its escape is also JSON's.
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
