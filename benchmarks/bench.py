"""Starts the server and a worker process for each client, gives the workers orders in turn, and collects replies."""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any, NamedTuple, Self

from . import payloads
from .participants import CONCURRENCY, ROOT, B, Participant
from .worker import Reply, digest

# All traffic stays on this machine, even if the environment names a proxy. Python caches compiled modules, as for an
# installed package, even if PYTHONDONTWRITEBYTECODE is set in this shell.
ENVIRONMENT = {**{key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"}, "NO_PROXY": "*"}


class BenchmarkError(Exception):
    """A client failed, or read another text than the server sent, so figures would mean nothing."""


class Row(NamedTuple):
    """What was measured, and its unit. `figures` has each participant's figures by its name, one for each round."""

    title: str
    unit: str
    figures: Mapping[str, Sequence[float]]

    def median(self, name: str) -> float:
        """Return the median of a participant's figures."""
        return statistics.median(self.figures[name])

    def ratio(self, name: str, to: str = B.name) -> float:
        """Return the median of the ratios of two participants in one round: the machine is equally busy for both.

        If they have unequal numbers of rounds, return the ratio of their medians.
        """
        figures, others = self.figures[name], self.figures[to]
        if len(figures) != len(others):
            return self.median(name) / self.median(to)
        return statistics.median(figure / other for figure, other in zip(figures, others, strict=True))


class Process:
    """A process that runs a module of this package, and answers each line with a line."""

    def __init__(self, python: str, *arguments: str) -> None:
        command = [python, "-m", *arguments]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self._process = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, **pipes)
        self._stdin: Any = self._process.stdin
        self._stdout: Any = self._process.stdout

    def ask(self, line: str) -> str:
        """Write a line, and return the next line that the process prints, or "" if it has ended."""
        with contextlib.suppress(BrokenPipeError):
            print(line, file=self._stdin, flush=True)
        return self.read()

    def read(self) -> str:
        """Return the next line."""
        line: str = self._stdout.readline()
        return line

    def close(self) -> None:
        """Close the input of the process, and wait until the process ends."""
        with contextlib.suppress(BrokenPipeError):
            self._process.communicate()


class Bench:
    """The server and the workers of one run; the cases use it."""

    def __init__(self, participants: Iterable[Participant], rounds: int, server_core: int | None = None) -> None:
        self.rounds = rounds
        self.participants: list[Participant] = []
        self.left_out: dict[str, str] = {}
        """The reasons why participants cannot run here, by name."""
        self._workers: dict[str, Process] = {}
        with contextlib.ExitStack() as stack:
            core = [] if server_core is None else [str(server_core)]
            self._server = Process(sys.executable, "benchmarks.server", *core)
            stack.callback(self._server.close)
            self._address = f"http://127.0.0.1:{int(self._server.read())}"
            for each in participants:
                self._workers[each.name] = Process(each.python, "benchmarks.worker")
                stack.callback(self._workers[each.name].close)
                who = {"client": each.client, "needs": each.needs, "without": each.without}
                reply = self.ask(each, do="start", **who)
                if "cannot" in reply:
                    self.left_out[each.name] = reply["cannot"]
                else:
                    self.participants.append(each)
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def usual(self) -> list[Participant]:
        """The participants of all cases except those with many streams at once."""
        return [each for each in self.participants if each != CONCURRENCY]

    def url(self, answer: str) -> str:
        """Return the address at which the server sends this answer (`payloads.py`)."""
        return f"{self._address}/{answer}"

    def connections(self) -> int:
        """Return how many connections the server has accepted since the last call of this method."""
        return int(self._server.ask(""))

    def ask(self, participant: Participant, **order: Any) -> Reply:
        """Give an order to one worker, and return its reply; raises BenchmarkError if the worker fails."""
        line = self._workers[participant.name].ask(json.dumps(order))
        reply: Reply = json.loads(line) if line else {"error": "its process ended"}
        if "error" in reply:
            raise BenchmarkError(f"{participant.name} failed: {reply['error']}")
        return reply

    def read(self, participant: Participant, answer: str, **order: Any) -> Reply:
        """Let one worker read an answer, `times` times if the order has this number.

        Raises BenchmarkError if the worker read another text than the server sent.
        """
        reply = self.ask(participant, url=self.url(answer), **order)
        check(participant, answer, reply, order.get("times", 1))
        return reply

    def in_turns(
        self, ask: Callable[[Participant], Reply], participants: Sequence[Participant], rounds: int | None = None
    ) -> dict[str, list[Reply]]:
        """Ask all participants in turn: in a warm-up round, which does not count, and then in `rounds` rounds.

        The result leaves out each participant that cannot do what is asked.
        """
        replies: dict[str, list[Reply]] = {}
        for number in range(1 + (self.rounds if rounds is None else rounds)):
            first = number % len(participants) if participants else 0  # each round begins with another participant
            for each in [*participants[first:], *participants[:first]]:
                reply = ask(each)
                if "cannot" not in reply:
                    replies.setdefault(each.name, []).append(reply)
        return {name: of_rounds[1:] for name, of_rounds in replies.items()}

    def cpu(self, title: str, unit: str, count: int, ask: Callable[[Participant, int], Reply]) -> Row:
        """Let each participant do something `count` times; return the CPU time of doing it once, in microseconds."""

        def ask_one(participant: Participant) -> Reply:
            times = count // participant.divisor
            reply = ask(participant, times)
            return {"cpu": reply["cpu"] / times} if "cpu" in reply else reply

        return row(title, unit, self.in_turns(ask_one, self.usual), lambda reply: reply["cpu"] * 1e6)


def check(participant: Participant, answer: str, reply: Reply, times: int = 1) -> None:
    """Raise BenchmarkError if a client read another text than the server sent."""
    if "cannot" not in reply and reply["digest"] != digest(payloads.text(answer) * times):
        raise BenchmarkError(f"{participant.name} read another text than the server sent as {answer}")


def row(title: str, unit: str, replies: Mapping[str, Sequence[Reply]], figure: Callable[[Reply], float]) -> Row:
    """Make a row of the table."""
    return Row(title, unit, {name: [figure(reply) for reply in each] for name, each in replies.items()})
