"""`make fuzz` and `make soak` with few inputs: what they count, and that they report what is wrong."""

from __future__ import annotations

import asyncio
import gc
import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tools.checkout import ROOT
from tools.stress import fuzz, inputs, soak

from mistral_agents.sse import SSEDecoder
from mistral_agents.testing import Reply, StubServer
from mistral_agents_api import models

SEED = "tests"


def run_module(name: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run one of the two modules as `make` does."""
    return subprocess.run(  # noqa: S603  # the project's own program
        [sys.executable, "-m", name, *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_fuzz_feeds_every_target() -> None:
    """Each target accepts some inputs and refuses others; all inputs are counted, and nothing is found."""
    done = run_module("tools.stress.fuzz", "--seed", SEED, "--inputs", "3000")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    seed, _, *rows, total = done.stdout.replace(",", "").splitlines()
    counts = {row.split()[0]: [int(number) for number in row.split()[1:4]] for row in rows}
    assert seed == f"fuzz: seed {SEED}"
    assert total == "fuzz: 3000 inputs 0 findings"
    assert list(counts) == [target.check.__name__ for target in fuzz.TARGETS]
    assert [accepted + refused for _, accepted, refused in counts.values()] == [fed for fed, _, _ in counts.values()]
    assert sum(fed for fed, _, _ in counts.values()) == 3_000
    assert all(accepted and refused for _, accepted, refused in counts.values())


def test_fuzz_draws_for_every_model() -> None:
    """`inputs.Source`, which draws the inputs of `make fuzz`, draws documents for every model."""
    source = inputs.Source(SEED)
    drawn = {source.model()[0] for _ in range(1_000)}
    assert drawn == {name for name in models.__all__ if hasattr(getattr(models, name), "from_dict")}


@pytest.mark.parametrize("target", fuzz.TARGETS, ids=lambda target: target.check.__name__)
def test_same_seed_gives_same_inputs(target: fuzz.Target) -> None:
    """The same seed gives the same inputs, and another seed gives others."""
    once, again, other = (
        [repr(target.draw(source)) for _ in range(20)] for source in map(inputs.Source, [SEED, SEED, "other"])
    )
    assert once == again
    assert once != other


def test_fuzz_shows_what_it_finds(capsys: pytest.CaptureFixture[str]) -> None:
    """An error that is not a refusal fails the run; it is shown once, with its shortest input and the traceback."""

    def check_planted(name: str, text: str) -> bool:
        return bool({"a": 1}[f"{name} {text}"[:0]])

    target = fuzz.Target(check_planted, lambda source: ("TextChunk", source.pick(["[]", "[[]]"])), 1)
    status = fuzz.run([target], SEED, 20)
    lines = capsys.readouterr().out.splitlines()
    assert status == 1
    assert lines[2].split()[:4] == ["check_planted", "20", "0", "0"]
    assert lines[4:7] == [
        "FINDING, from tools.stress.fuzz:",
        "check_planted('TextChunk', '[]')",
        "Traceback (most recent call last):",
    ]
    assert "KeyError: ''" in lines
    assert lines[-1] == "fuzz: 20 inputs, 1 findings"


@pytest.mark.parametrize(
    ("check", "case"),
    [
        (fuzz.check_decoder, ([b"data: a", b"\n\n"], 10**6)),
        (fuzz.check_model, ("TextChunk", '{"text": "a", "type": "text"}')),
    ],
)
def test_fuzz_notices_wrong_results(
    check: Callable[..., bool], case: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Events that depend on how a stream is cut, and a document that is written differently, are findings."""
    assert check(*case)
    feed, to_dict = SSEDecoder.feed, models.TextChunk.to_dict
    monkeypatch.setattr(SSEDecoder, "feed", lambda decoder, chunk: feed(decoder, chunk.lstrip(b"\n")))
    monkeypatch.setattr(models.TextChunk, "to_dict", lambda model: dict(reversed(to_dict(model).items())))
    with pytest.raises(fuzz.MismatchError):
        check(*case)


def test_soak_counts_every_event() -> None:
    """In every round all events of all streams arrive, over one connection each, and the run reports success."""
    done = run_module("tools.stress.soak", "--rounds", "2", "--tasks", "5", "--threads", "3", "--events", "20")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    lines = done.stdout.splitlines()
    assert [line.split()[:3] for line in lines if line.split()[0].isdigit()] == [
        *(["1", "100", "5"], ["2", "100", "5"]),
        *(["1", "60", "3"], ["2", "60", "3"]),
        *(["1", "100", "1"], ["2", "100", "1"]),
        *(["1", "3", "1"], ["2", "3", "1"]),
    ]
    assert lines[-1] == "soak: ok"


def test_soak_fails_when_events_are_missing() -> None:
    """A wrong number of events fails the run; the message has the round."""
    too_many = "300"  # more events than the stub's answer has words
    done = run_module("tools.stress.soak", "--rounds", "1", "--tasks", "2", "--threads", "2", "--events", too_many)
    assert (done.returncode, done.stderr) == (1, ""), done.stdout
    tasks, threads, verdict = [line for line in done.stdout.splitlines() if line.startswith(("FAIL", "soak"))][:3]
    assert tasks.startswith("FAIL tasks: round 1: ")
    assert threads.startswith("FAIL threads: round 1: ")
    assert verdict == "soak: failed"


@pytest.mark.parametrize("read", [soak.read_in_threads, lambda it: asyncio.run(soak.read_in_tasks(it))])
def test_soak_reports_errors(read: Callable[[soak.Soak], object]) -> None:
    """An error of a stream ends the round, though other streams wait for this one to begin, and is reported."""
    answers = itertools.cycle([None, Reply(400, [], [b"no"])])
    with StubServer(respond=lambda _: next(answers)) as stub:
        (problem,) = soak.run("planted", read, soak.Soak(stub.url, rounds=1, streams=2, events=20))
    assert "errors, the first BadRequestError('status 400: " in problem


def test_soak_notices_leaks(tmp_path: Path) -> None:
    """Memory that keeps growing after the third round, and descriptors that stay open, are reported."""
    leaked: list[Any] = []

    def leak(it: soak.Soak) -> None:
        with it.start():
            while it.goes_on():
                leaked.append(b"x" * 10**7)
                it.end_round(0)
            leaked.append((tmp_path / "open").open("w"))
            it.end_round(0)
        it.end()

    gc.collect()  # garbage of earlier tests could close descriptors during this test
    problems = soak.run("planted", leak, soak.Soak("http://127.0.0.1:1", rounds=5, streams=0, events=20))
    leaked.pop().close()
    assert len(leaked) == 7  # rounds: two more than asked for, to check whether memory keeps growing
    assert problems[:2] == [
        "planted: round 8: 1 descriptors kept",
        "planted: the closed client leaves 1 descriptors open",
    ]
    assert [problem.partition(" by ")[0] for problem in problems[2:]] == ["planted: memory grew"]


def test_soak_forgives_one_step() -> None:
    """Memory that grows once only, as Python's own memory sometimes does, is not reported."""
    kept: list[bytes] = []

    def step(it: soak.Soak) -> None:
        with it.start():
            while it.goes_on():
                kept.append(b"x" * (10**7 if len(kept) == 3 else 1))
                it.end_round(0)
        it.end()

    problems = soak.run("planted", step, soak.Soak("http://127.0.0.1:1", rounds=5, streams=0, events=20))
    assert (problems, len(kept)) == ([], 6)
