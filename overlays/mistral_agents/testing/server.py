"""The stub: checks each request against the contract, records it, and answers it."""

from __future__ import annotations

import math
import os
import socket
import threading
from collections.abc import Callable
from typing import Self

from .answering import Answering
from .control import Control
from .exchange.front import Front
from .exchange.journal import Journal
from .exchange.received import RecordedRequest, record
from .exchange.replies import Replies
from .http.listener import Listener, loopback
from .http.wire import Connection, Reply, Request
from .openapi.contract import Contract, load_contract
from .recordings.recorder import Recorder
from .recordings.replaying import Replay
from .scripting.script import Respond, Scripts
from .serving.agents import Agents
from .serving.conversations import Conversations
from .serving.service import Service
from .serving.state import State

__all__ = ["StubError", "StubServer"]


class StubError(AssertionError):
    """A strict stub found something unexpected; or a stub, strict or not, could not write a change to `state`."""


class StubServer:
    """A service on loopback that serves all operations of the contract.

    It is a context manager; without `with`, call `start()` and `close()`. It runs in its own threads, so blocking and
    async code can use it. It accepts any key. If the same requests come again in a new stub, the answers are the same.

    `respond` is a function that decides the answers. If it returns a `Reply`, the stub sends it as it is. If the
    stub is not strict, it does so even for a request that does not fit the contract. If `respond` returns what
    `completion()` or `outputs()` made, and the request fits the contract, the stub sends this answer as JSON or as a
    stream, as the request asks. If it returns None, the stub makes up an answer.

    The stub keeps agents and conversations: what you create, you can read, list, change and delete.

    A strict stub raises StubError at the end of its `with`:

    - if a request did not fit the contract or the recording, or came after the last answer of `in_turn`
    - if `respond` raised an error, or returned something that cannot be sent
    - if answers of a script or a recording were not used

    A strict stub calls `respond` only for requests that fit the contract. It is no error if a request names an agent, a
    conversation or an entry that does not exist: the answer has the status 404. (The stub answers a completion for any
    agent that was not deleted.)

    Args:
        port: where to listen; 0 takes a free port.
        host: a loopback address, or "localhost".
        pace_ms: milliseconds between two events of a stream.
        respond: a function that gets each request and returns the answer; you can replace it at any time.
        sleep: a function that waits for a number of seconds. The default one stops waiting when `close()` is called.
        strict: whether unexpected requests raise StubError at the end.
        state: a file that keeps agents and conversations, so that a later stub can continue with them. By default they
            are not kept. If a change cannot be written, it is not made, and StubError is raised at the end.
        record: a Recorder, which forwards each request to a real service, and writes everything to a file.
        replay: a recording; each recorded request gets its recorded answer.
        contract: the contract to serve; by default the package's.

    Raises:
        ValueError: `host` is not loopback; `pace_ms` is negative or not finite; a file is not a state or recording; or
            `respond` names an operation that the contract does not have.
        TypeError: `respond` is an answer instead of a function.
        OSError: a file cannot be read or written.
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
        self._address = loopback(host)
        self._wanted_port = port
        self._sleep = sleep
        self._strict = strict
        self._contract = load_contract() if contract is None else contract
        self._listener: Listener | None = None
        self._replies = Replies(pace_ms / 1_000)
        self._front = Front(self._replies)
        self._recorder = record
        self._replay = replay if replay is None or isinstance(replay, Replay) else Replay(replay)
        script = None if self._recorder or self._replay else self.replace_script
        self._journal = Journal((self._recorder or self._replay or self._contract).masker)
        self._control = Control(self._replies, self._journal, self._forget, script, lambda: self.is_open)
        self._state = State(self._contract.nullable_fields("Agent"), state)
        self._scripts = Scripts(respond, self._contract.operations, once=strict)
        self._answering = Answering(
            self._contract,
            self._replies,
            Service(self._contract, self._state, self._replies),
            self._scripts,
            self._recorder,
            self._replay,
            strict,
            self._complain,
        )
        self._lock = threading.Lock()
        self._complaints: list[tuple[str, BaseException | None]] = []
        self.requests: list[RecordedRequest] = []
        """The received requests, in order. A request is here before its answer is sent."""

    def start(self) -> Self:
        """Listen.

        Raises:
            ValueError: there is no such port.
            OSError: the port is taken, or may not be used.
            RuntimeError: the stub listens already.
        """
        if self._listener is not None:
            raise RuntimeError(f"the stub listens already, on {self.url}")
        self._listener = Listener(str(self._address), self._wanted_port, self._serve)
        return self

    def close(self) -> None:
        """Stop: running streams break off, and all threads and sockets end. Closing again does nothing."""
        listener, self._listener = self._listener, None
        if self._recorder is not None:
            self._recorder.stop()
        if listener is not None:
            listener.close()
        if self._recorder is not None:
            self._recorder.wait()

    def verify(self, *, ended: bool = False) -> None:
        """Raise StubError if there are `complaints` so far. The error lists all of them.

        Args:
            ended: whether no more requests will come: then unused answers are an error, too.
        """
        if texts := self.complaints or (self.unused if ended else []):
            unexpected = StubError("\n".join(texts))
            causes = [error for _, error in self._complaints if error is not None]
            if causes:
                raise unexpected from causes[0]
            raise unexpected  # without `from`, so that an error of the caller's own code is shown, too

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close()
        if kind is None or issubclass(kind, Exception):  # StubError must not replace a KeyboardInterrupt
            self.verify(ended=kind is None)

    @property
    def agents(self) -> Agents:
        """The agents that exist, by identifier; `agents.add(name=..., model=..., id=...)` creates one."""
        return self._state.agents

    @property
    def conversations(self) -> Conversations:
        """The conversations that exist, by identifier; `conversations.entries(id)` returns what was said."""
        return self._state.conversations

    @property
    def journal(self) -> Journal:
        """The last requests and their answers, with keys masked. `journal.tell(listener)` reports what happens."""
        return self._journal

    @property
    def complaints(self) -> list[str]:
        """What was unexpected so far, if the stub is strict; and each change that could not be written to `state`."""
        return [text for text, _ in self._complaints]

    @property
    def unused(self) -> list[str]:
        """Lines about unused answers of scripts or of a replay, if the stub is strict; otherwise an empty list."""
        if not self._strict:
            return []
        return self._scripts.unused if self._replay is None else self._replay.unused

    @property
    def is_open(self) -> bool:
        """Whether it listens."""
        return self._listener is not None

    def reset(self) -> None:
        """Forget agents, conversations, received requests and complaints. The script goes on with its next answer."""
        self._forget()
        self._complaints.clear()

    @property
    def respond(self) -> Respond | None:
        """The function that decides the answers; None: the stub makes them up."""
        return self._scripts.current

    @respond.setter
    def respond(self, respond: Respond | None) -> None:
        self._scripts.replace(respond)

    def replace_script(self, respond: Respond | None, *, edited: bool = False) -> None:
        """Let another script decide the answers. Without `edited`, this is the same as setting `respond`.

        At the end, a strict stub also complains about unused answers of the old script. With `edited`, the new script
        is a new version of the old one, and the stub does not complain about the old version.
        """
        self._scripts.replace(respond, edited=edited)

    @property
    def strict(self) -> bool:
        """Whether unexpected requests raise StubError at the end."""
        return self._strict

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

    def _forget(self) -> None:
        with self._lock:
            self._state.reset()
            self._journal.reset()
            self.requests.clear()
            if self._replay is not None:
                self._replay.reset()

    def _serve(self, sock: socket.socket, number: int, stopping: threading.Event) -> None:
        try:
            sleep = self._sleep or stopping.wait
            Connection(sock, lambda request: self._reply(request, number), sleep, stopping).serve()
        except OSError:  # the client is gone
            raise
        except Exception as error:
            if not self._strict:
                raise
            self._complain(f"connection {number} broke off: {type(error).__name__}: {error}", error)

    def _reply(self, request: Request, connection: int) -> Reply:
        own = None if request.broken else self._control.reply(request) or self._front.reply(request)
        if own is not None:
            return own
        received = record(request, connection, self._contract)
        with self._lock:
            self.requests.append(received)
            number = len(self.requests)
        noted = self._journal.received(number, received)
        reply, reason = self._answering.reply(
            request, received, f"request {number} ({received.method} {received.path})"
        )
        return self._journal.answered(noted, self._front.finished(request, reply), reason)

    def _complain(self, text: str, error: BaseException | None = None) -> None:
        self._complaints.append((text, error))
