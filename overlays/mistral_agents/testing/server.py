"""The stub: checks each request against the contract, records it, and answers it."""

from __future__ import annotations

import ipaddress
import math
import os
import socket
import threading
from collections.abc import Callable, Mapping
from typing import Self

from .agents import Agents
from .contract import Contract, load_contract
from .conversations import Conversations
from .front import Front
from .listener import Listener
from .mistakes import Checker
from .received import RecordedRequest, Refusal, error_content, record, refusal
from .recorder import Recorder
from .replaying import Replay, UnrecordedRequestError
from .replies import Replies
from .script import Answer, Respond, ScriptEndedError, ask
from .service import Service
from .state import State
from .wire import Connection, Reply, Request

__all__ = ["StubError", "StubServer"]


class StubError(AssertionError):
    """What was wrong with the requests to a strict stub, or with its script."""


class StubServer:
    """A service on loopback that keeps the contract, all operations of it.

    A context manager; without `with`, call `start()` and `close()`. It runs in threads of its own, so that blocking and
    async code can use it alike. The same request always gets the same answer, and any key will do.

    What `respond` returns decides: a `Reply` goes out as it is, whatever was asked; an answer, as `completion()` makes
    or `outputs()` makes it, goes out whole or as a stream, whichever was asked for, if the request fits the contract;
    None stands for the answer that the stub makes up.

    Agents and conversations have a state: what is created can be read, listed, changed and deleted.

    A strict stub raises a StubError at the end of its `with` if a request was refused, came after the last answer of
    `in_turn`, or if `respond` raised. It asks `respond` for nothing but requests that fit the contract.

    Args:
        port: where to listen; 0 takes a free port.
        host: a loopback address, or "localhost".
        pace_ms: milliseconds between two events of a stream.
        respond: is given each request, and returns what to answer; can be replaced at any time.
        sleep: waits a number of seconds; by default a wait that `close()` cuts short.
        strict: whether what nobody expected is an error at the end.
        state: a file that keeps agents and conversations after the stub, and from which it goes on; by default they
            are gone with it.
        record: forwards each request to a real service, and writes what passes to a file.
        replay: a recording; each recorded request gets the answer that it got.
        contract: another contract than that of the package.

    Raises:
        ValueError: `host` is not loopback, `pace_ms` is no length of time, or a file has another content.
        OSError: a file cannot be read.
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
        state: str | os.PathLike[str] | None = None,
        record: Recorder | None = None,
        replay: Replay | str | os.PathLike[str] | None = None,
        contract: Contract | None = None,
    ) -> None:
        if not (math.isfinite(pace_ms) and pace_ms >= 0):
            raise ValueError(f"pace_ms is {pace_ms}; give milliseconds, 0 or more")
        self._address = _loopback(host)
        self._wanted_port = port
        self._sleep = sleep
        self._strict = strict
        self._contract = load_contract() if contract is None else contract
        self._listener: Listener | None = None
        self._replies = Replies(pace_ms / 1_000)
        self._front = Front(self._replies)
        self._state = State(nullable_fields(self._contract, "Agent"), state)
        self._recorder = record
        self._replay = replay if replay is None or isinstance(replay, Replay) else Replay(replay)
        self._service = Service(self._contract, self._state, self._replies)
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
        if self._recorder is not None:
            self._recorder.stop()
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
    def agents(self) -> Agents:
        """The agents that exist, by identifier; `agents.add(name=..., model=..., id=...)` creates one."""
        return self._state.agents

    @property
    def conversations(self) -> Conversations:
        """The conversations that exist, by identifier; `conversations.entries(id)` returns what was said."""
        return self._state.conversations

    def reset(self) -> None:
        """Forget agents, conversations, received requests and complaints; the script stays as it is."""
        with self._lock:
            self._state.reset()
            self.requests.clear()
            self._complaints.clear()

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
        if (reply := self._front.reply(request)) is not None:
            return reply
        received = record(request, connection, self._contract)
        with self._lock:
            self.requests.append(received)
            name = f"request {len(self.requests)} ({received.method} {received.path})"
        if self._recorder is not None:
            return self._recorder.reply(request, received, name)
        if self._replay is not None:
            return self._replayed(self._replay, request, name)
        refused = refusal(received, self._contract, too_large=request.body is None)
        reply = self._refused(received, refused, name) if refused else self._answered(received, name)
        return self._front.finished(request, reply)

    def _replayed(self, replay: Replay, request: Request, name: str) -> Reply:
        try:
            return replay.reply(request)
        except UnrecordedRequestError as error:
            text = f"{name} was not expected: {error}"
            if self._strict:
                self._complain(text)
        return self._replies.json(400, {**error_content(400, "stub_error", text), "code": None})

    def _refused(self, received: RecordedRequest, refused: Refusal, name: str) -> Reply:
        """Refuse a request; without `strict` a script may have a reply all the same."""
        if self._strict:
            self._complain(f"{name} was refused with {refused.status}: {refused.reason}")
        elif isinstance(answer := self._scripted(received), Reply):
            return answer
        return self._replies.json(refused.status, refused.content, *refused.headers)

    def _answered(self, received: RecordedRequest, name: str) -> Reply:
        if not self._strict:
            return self._service.reply(received, lambda: self._scripted(received))
        try:
            return self._service.reply(received, lambda: self._scripted(received))
        except ScriptEndedError as error:
            text = f"{name} was not expected: {error}"
            self._complain(text)
        except BaseException as error:  # noqa: BLE001  # pytest.fail() as well: it comes out at the end of the test
            text = f"{name} was not answered, since the script raised {_described(error)}"
            self._complain(text, error)
        # A status that no client takes for worth another try.
        return self._replies.json(400, {**error_content(400, "stub_error", text), "code": None})

    def _scripted(self, request: RecordedRequest) -> Answer:
        """Ask the script; refuse what is no answer."""
        respond = self.respond
        if respond is None:
            return None
        if not callable(respond):
            given = type(respond).__name__
            raise TypeError(f"respond has to be a function of a request, or in_turn(answer, ...), not {given}")
        try:
            answer = ask(respond, request, once=self._strict)
        except OSError as error:  # as such it would say that the client is gone
            raise RuntimeError(f"respond raised {_described(error)}") from error
        if answer is None or isinstance(answer, (Reply, Mapping, list)):
            return answer
        raise TypeError(f"respond returned {type(answer).__name__}: return a Reply, an answer, or None")

    def _complain(self, text: str, error: BaseException | None = None) -> None:
        self._complaints.append((text, error))


def _loopback(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise ValueError(f"host is {host!r}; the stub takes any key, so it listens on loopback alone: give 127.0.0.1")
    return address


def nullable_fields(contract: Contract, schema: str) -> tuple[str, ...]:
    """Return the fields of a schema that may be null."""
    fields = contract.document["components"]["schemas"].get(schema, {}).get("properties", {})
    return tuple(name for name, field in fields.items() if Checker(field, contract.document).fits(None))


def _described(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
