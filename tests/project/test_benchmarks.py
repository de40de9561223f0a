"""`make bench` in small: its cases run, and it tells a wrong client and a missed budget; no time is judged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from benchmarks import cases, payloads, report
from benchmarks.__main__ import run
from benchmarks.bench import Bench, BenchmarkError, Row
from benchmarks.clients import Httpx, Take
from benchmarks.participants import SPEED, STANDARD, B, Participant


class Careless(Httpx):
    """A client that loses a piece of a stream's text, measured by the tests alone."""

    def stream(self, take: Take) -> None:
        """Give all pieces but the second to last; the last is empty."""
        pieces: list[str] = []
        super().stream(pieces.append)
        del pieces[-2]
        for piece in pieces:
            take(piece)


CARELESS = Participant("careless", "tests.project.test_benchmarks:Careless", "")
UNINSTALLED = Participant("uninstalled", B.client, B.imports, needs=("no_such_package",))


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """Run the server and the workers of the two that need no extra, and of two that are not as they should be."""
    with Bench([B, STANDARD, CARELESS, UNINSTALLED], rounds=1) as bench:
        bench.participants.remove(CARELESS)
        yield bench


@pytest.mark.parametrize(
    "case",
    [
        cases.stream("stream", "text", 20),
        cases.stream("stream", "written", 20),
        cases.stream("stream", "tools", 50),
        cases.stream("stream", "parts", 20),
        cases.stream("conversation", "conversation", 20, conversation=True),
        cases.stream("conversation", "spoken", 20, conversation=True),
        cases.json_answer("JSON", 600, 2),
    ],
    ids=["text", "written", "tools", "parts", "conversation", "spoken", "json"],
)
def test_cases(bench: Bench, case: cases.Case) -> None:
    """A case gives a figure for each client and round, in rows of the table."""
    rows = list(case(bench))
    assert [row.figures.keys() for row in rows] == [{B.name, STANDARD.name}] * len(rows)
    assert all(len(figures) == 1 and figures[0] > 0 for row in rows for figures in row.figures.values())
    assert len(list(report.table(rows, [B.name, STANDARD.name]))) == 2 + len(rows) > 2


def test_streams_at_once(bench: Bench) -> None:
    """Streams that wait for each other in the server are all read."""
    row = cases.streams_at_once(bench, 3)
    assert row.figures.keys() == {B.name, STANDARD.name}


def test_another_text(bench: Bench) -> None:
    """A client that reads another text than was sent is an error, not a figure."""
    with pytest.raises(BenchmarkError, match="careless read another text"):
        bench.read(CARELESS, "text-20", do="stream", blocking=True)


def test_a_failing_client(bench: Bench) -> None:
    """A client that raises is an error, which shows where."""
    with pytest.raises(BenchmarkError, match="mistral_agents failed: Traceback"):
        bench.ask(STANDARD, do="stream", url="http://127.0.0.1:1/refused", blocking=True, times=1)


def test_left_out(bench: Bench) -> None:
    """Who lacks a package is left out, with the reason."""
    assert bench.left_out == {"uninstalled": "no_such_package is not installed here"}


def test_connections(bench: Bench) -> None:
    """The server counts connections: a client that reads one stream after another needs one."""
    assert [row.figures for row in cases.connections(5)(bench)] == [{B.name: [1], STANDARD.name: [1]}] * 2


def test_json_answers_have_their_size() -> None:
    """A JSON answer is as long as its name says, escapes and accents included."""
    assert [len(payloads.json_answer(size)) for size in (600, 50_000)] == [600, 50_000]


def test_ratios() -> None:
    """A ratio is the median of the ratios within each round, so that a busy moment hits both sides."""
    row = Row("what", "µs", {B.name: [1, 10, 2], STANDARD.name: [2, 15, 3]})
    assert row.ratio(STANDARD.name) == 1.5


def test_budgets() -> None:
    """A budget is met at its limit, missed above it, and missed when its client was not measured."""
    title, other = "stream, 16 KiB writes, sync", "stream, 16 KiB writes, async"
    met, missed = {B.name: [1.0], STANDARD.name: [1.6]}, {B.name: [1.0], STANDARD.name: [1.7]}
    rows = {title: Row(title, "µs", {**met, SPEED.name: [1.0]}), other: Row(other, "µs", missed)}
    lines, all_met = report.budget_table(rows)
    assert [line.rsplit("|", 3)[1:3] for line in lines[2:]] == [
        [" 1.60 x ", " yes "],
        [" 1.00 x ", " yes "],
        [" 1.70 x ", " NO "],
        [" not measured ", " NO "],
    ]
    assert not all_met


def test_report(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """The report has the figures of the cases chosen, who was left out, and is content when no budget is missed."""
    assert run(bench, ["from-dict"]) == 0
    printed = capsys.readouterr().out
    assert "| what | unit | httpx (B) | mistral_agents |\n" in printed
    assert "| from_dict (B: json.loads) | µs/event | " in printed
    assert "Left out: uninstalled (no_such_package is not installed here)\n" in printed
