"""`make bench` with small cases: they run, and a wrong client or a missed budget is reported; no time is checked."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks import cases, pages, payloads, report
from benchmarks.__main__ import run
from benchmarks.bench import Bench, BenchmarkError, Row
from benchmarks.clients import Httpx, Take
from benchmarks.participants import PEERS, ROOT, SPEED, STANDARD, B, Participant
from benchmarks.plot import PLOTTED, draw


class Careless(Httpx):
    """A client that loses a piece of a stream's text; only these tests measure it."""

    def stream(self, take: Take) -> None:
        """Give all pieces except the second to last; the last piece is empty."""
        pieces: list[str] = []
        super().stream(pieces.append)
        del pieces[-2]
        for piece in pieces:
            take(piece)


CARELESS = Participant("careless", "tests.project.test_benchmarks:Careless", "")
UNINSTALLED = Participant("uninstalled", B.client, B.imports, needs=("no_such_package",))


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """Run the server, and workers for two clients that need no extra, a careless one, and one that is not installed."""
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
    """A case gives rows of the table, with a figure for each client and round."""
    rows = list(case(bench))
    assert [row.figures.keys() for row in rows] == [{B.name, STANDARD.name}] * len(rows)
    assert all(len(figures) == 1 and figures[0] > 0 for row in rows for figures in row.figures.values())
    assert len(list(report.table(rows, [B.name, STANDARD.name]))) == 2 + len(rows) > 2


def test_streams_at_once(bench: Bench) -> None:
    """Streams for which the server waits until all are open are all read."""
    row = cases.streams_at_once(bench, 3)
    assert row.figures.keys() == {B.name, STANDARD.name}


def test_a_client_that_reads_a_wrong_text(bench: Bench) -> None:
    """If a client reads another text than was sent, there is an error and no figure."""
    with pytest.raises(BenchmarkError, match="careless read another text"):
        bench.read(CARELESS, "text-20", do="stream", blocking=True)


def test_a_failing_client(bench: Bench) -> None:
    """If a client raises, the error has the client's traceback."""
    with pytest.raises(BenchmarkError, match="mistral_agents failed: Traceback"):
        bench.ask(STANDARD, do="stream", url="http://127.0.0.1:1/refused", blocking=True, times=1)


def test_a_client_that_is_not_installed(bench: Bench) -> None:
    """A client whose package is missing is left out, with the reason."""
    assert bench.left_out == {"uninstalled": "no_such_package is not installed here"}


def test_connections(bench: Bench) -> None:
    """The server counts connections: a client that reads streams one after another needs one connection."""
    assert [row.figures for row in cases.connections(5)(bench)] == [{B.name: [1], STANDARD.name: [1]}] * 2


def test_json_answers_have_their_size() -> None:
    """A JSON answer has exactly the size in its name, with escapes and accents."""
    assert [len(payloads.json_answer(size)) for size in (600, 50_000)] == [600, 50_000]


def test_ratios() -> None:
    """A ratio is the median of the ratios of all rounds, so that a busy moment slows both clients."""
    row = Row("what", "µs", {B.name: [1, 10, 2], STANDARD.name: [2, 15, 3]})
    assert row.ratio(STANDARD.name) == 1.5


def test_budgets() -> None:
    """A budget is met at its limit, missed above it, and missed if its client was not measured."""
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
    """The report has the figures of the chosen cases and the clients left out; the exit status is 0 without a miss."""
    assert run(bench, ["from-dict"]) == 0
    printed = capsys.readouterr().out
    assert "| what | bare httpx | mistral_agents |\n" in printed
    assert "| from_dict (B: json.loads) (µs/event) | " in printed
    assert "Left out: uninstalled (no_such_package is not installed here)\n" in printed


SVG = "{http://www.w3.org/2000/svg}"
STREAM = "stream, 16 KiB writes, sync"


def drawn(picture: str, element: str, kind: str) -> list[ET.Element]:
    """Return the elements of a picture that have this name and class."""
    return ET.fromstring(picture).findall(f".//{SVG}{element}[@class='{kind}']")  # noqa: S314  # the test has drawn it


def test_picture() -> None:
    """A row is drawn as a heading and a bar for each client: its length is the ratio, to the left if below 1."""
    row = Row(STREAM, "µs", {B.name: [2.0], STANDARD.name: [4.0], SPEED.name: [1.0], "peer": [8.0]})
    picture = draw(
        [Row("another", "µs", {B.name: [1.0]}), row], [STANDARD.name, SPEED.name, "peer"], [STANDARD.name, SPEED.name]
    )
    assert [each.text for each in drawn(picture, "text", "row")] == [PLOTTED[STREAM]]
    (twice, half), (four_times,) = drawn(picture, "rect", "ours"), drawn(picture, "rect", "other")
    assert twice.get("x") == four_times.get("x")  # both begin at 1
    assert twice.get("width") == half.get("width")
    assert float(four_times.get("width", 0)) == pytest.approx(2 * float(twice.get("width", 0)), abs=0.2)
    assert float(half.get("x", 0)) < float(twice.get("x", 0))
    assert f"{PLOTTED[STREAM]}: mistral_agents 2.00, with speed 0.50, peer 4.00." in picture


def test_rows_that_the_picture_does_not_have() -> None:
    """If none of the rows belongs in the picture, the error names the rows that do."""
    with pytest.raises(ValueError, match="16 KiB writes, sync"):
        draw([Row("another", "µs", {B.name: [1.0], STANDARD.name: [1.0]})], [STANDARD.name], [])


def test_drawing_writes_the_pages(bench: Bench, tmp_path: Path) -> None:
    """Drawing writes the picture, the table, and the README's one figure: the larger ratio of the two streams."""
    for path in (pages.PICTURE, pages.PERFORMANCE, pages.README):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, tmp_path / path)
    rows = {
        title: Row(title, "µs/event", {B.name: [1.0], STANDARD.name: [ratio]})
        for title, ratio in ((STREAM, 1.5), ("stream, 16 KiB writes, async", 1.74))
    }
    pages.write(tmp_path, bench, rows)
    table = (tmp_path / pages.PERFORMANCE).read_text(encoding="utf-8")
    assert f"\n| {STREAM} (µs/event) | 1.00 | 1.50 (1.50) |\n" in table
    assert [line for line in table.splitlines() if "mistralai" in line] == []
    assert "**1.7 times** the CPU time" in (tmp_path / pages.README).read_text(encoding="utf-8")
    assert f"{PLOTTED[STREAM]}: mistral_agents 1.50." in (tmp_path / pages.PICTURE).read_text(encoding="utf-8")
    here, there = ((root / pages.README).read_text(encoding="utf-8") for root in (ROOT, tmp_path))
    assert re.sub(r"\*\*[\d.]+ times", "", here) == re.sub(r"\*\*[\d.]+ times", "", there)


def test_drawing_needs_its_rows(bench: Bench, tmp_path: Path) -> None:
    """If a stream that the README's figure needs was not measured, the error names it, and nothing is written."""
    rows = {"import": Row("import", "ms", {B.name: [1.0], STANDARD.name: [1.0]})}
    with pytest.raises(BenchmarkError, match="not measured: stream, 16 KiB writes, sync; stream, 16 KiB writes, async"):
        pages.write(tmp_path, bench, rows)
    assert list(tmp_path.iterdir()) == []


def cells(line: str) -> list[str]:
    """Return the cells of a line of a table."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def ratios_of_the_page() -> dict[str, dict[str, float]]:
    """Return, by row and client, the ratios to bare httpx that docs/performance.md shows."""
    head, _, *lines = (
        line for line in (ROOT / pages.PERFORMANCE).read_text(encoding="utf-8").splitlines() if line[:1] == "|"
    )
    names, rows = cells(head)[1:], map(cells, lines)
    return {
        title.rpartition(" (")[0]: {
            name: float(found[1])
            for name, cell in zip(names, figures, strict=True)
            if (found := re.search(r"\((.*)\)", cell))
        }
        for title, *figures in rows
    }


def test_pages_agree() -> None:
    """The README, the picture and the table have the figures of one run, with all clients."""
    ratios = ratios_of_the_page()
    larger = max(ratios[STREAM.replace("sync", mode)][STANDARD.name] for mode in ("sync", "async"))
    assert f"**{larger:.1f} times** the CPU time" in (ROOT / pages.README).read_text(encoding="utf-8")
    bars = [
        ": ".join(
            [
                heading,
                ", ".join(f"{name} {it:.2f}" if it < 10 else f"{name} {it:.0f}" for name, it in ratios[title].items()),
            ]
        )
        for title, heading in PLOTTED.items()
    ]
    assert f">{'; '.join(bars)}.<" in (ROOT / pages.PICTURE).read_text(encoding="utf-8")
    assert ratios[STREAM].keys() == {STANDARD.name, SPEED.name, *(peer.name for peer in PEERS)}
