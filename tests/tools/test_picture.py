"""The pictures and tables in docs/architecture.md, of groups of modules ("rooms"), match the code's imports."""

import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.pages import part
from tools.picture import rooms, stub
from tools.picture.drawing import draw
from tools.picture.layout import CHARACTER, WIDTH
from tools.picture.page import PAGE, pictures, tables
from tools.picture.rooms import ROOMS, Room
from tools.picture.stub import STUB, stub_graph, stub_rooms

PHONE = 358
"""How wide the text of a page is on a phone of 390 pixels."""
Point = tuple[float, float]


def boxes(drawn: str) -> Iterator[tuple[float, float, float, float]]:
    """Yield the left, upper, right and lower side of each box."""
    for found in re.finditer(
        r'<rect class="(?:room|compiled)" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', drawn
    ):
        x, y, width, height = map(float, found.groups())
        yield x, y, x + width, y + height


def arrow_points(drawn: str) -> Iterator[list[Point]]:
    """Yield points of each arrow, so close to each other that no box is between two of them."""
    for path in re.findall(r'<path class="line" d="(.*?)"', drawn):
        here, points = (0.0, 0.0), list[Point]()
        for kind, written in re.findall(r"([MVC])([\d. ]+)", path):
            given = [float(each) for each in written.split()]
            stops = [here, (here[0], given[0])] if kind == "V" else [here, *zip(given[::2], given[1::2], strict=True)]
            stops = stops[1:] * 2 if kind == "M" else stops
            points += [on_curve(stops, step / 40) for step in range(41)]
            here = points[-1]
        yield points


def on_curve(stops: list[Point], part: float) -> Point:
    """Return the point of a line or a Bézier curve at a part of its way (de Casteljau's algorithm)."""
    while len(stops) > 1:
        stops = [(x + (to_x - x) * part, y + (to_y - y) * part) for (x, y), (to_x, to_y) in itertools.pairwise(stops)]
    return stops[0]


def arrows_in_boxes(drawn: str) -> list[Point]:
    """Return the points of arrows that are inside a box; the ends of an arrow are on the sides of boxes."""
    known = [*boxes(drawn)]
    return [
        (x, y)
        for points in arrow_points(drawn)
        for x, y in points
        if any(left < x < right and upper < y < lower for left, upper, right, lower in known)
    ]


def test_pictures_are_up_to_date() -> None:
    """The committed pictures and tables match the current imports; `make picture` writes them."""
    assert {file: file.read_text(encoding="utf-8") for file in pictures()} == pictures()
    assert {markers: part(PAGE, markers) for markers in tables()} == tables()


def test_rooms_of_the_stub() -> None:
    """Each folder of the stub is a room that says what it is for; no room imports the modules at the top."""
    said = {room.name: bool(room.purpose and room.modules) for room in stub_rooms()}
    assert said == dict.fromkeys(["stub", *sorted(path.parent.name for path in STUB.glob("*/__init__.py"))], True)
    assert [room for room, aims in stub_graph().items() if "stub" in aims] == []
    assert rooms.rows(stub_graph())[0] == ["stub"]  # raises CycleError if there is a circle


@pytest.mark.parametrize("line", ["from ..server import StubServer", "from .. import server"])
def test_an_import_that_goes_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """An import of a module at the top of the stub is seen in each form, and is a circle."""
    copy = tmp_path / "testing"
    shutil.copytree(STUB, copy)
    copy.joinpath("serving", "new.py").write_text(line)
    monkeypatch.setattr(stub, "STUB", copy)
    assert "stub" in stub_graph()["serving"]
    with pytest.raises(ValueError, match="cycle"):
        rooms.rows(stub_graph())


def test_every_module_has_a_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that no room lists is an error, which names the module."""
    with_another = {**rooms.modules(), "_new": [Path(rooms.__file__)]}
    monkeypatch.setattr(rooms, "modules", lambda: with_another)
    with pytest.raises(ValueError, match="'_new'"):
        rooms.graph()


def test_a_circle_is_refused() -> None:
    """Rooms that import each other are an error.

    With a room for each module there is no cycle; with `client` and `errors` in the same room there is one.
    """
    module_rooms = [Room(each, "", (each,)) for room in ROOMS for each in room.modules]
    compiled = Room(rooms.COMPILED, "", ())
    assert rooms.graph([*module_rooms, compiled])["calls"] >= {"_attempts", "_request"}
    mixed = [Room(each.name, "", each.modules) for each in module_rooms if each.name not in ("client", "errors")]
    with pytest.raises(ValueError, match="cycle"):
        rooms.graph([*mixed, Room("mixed", "", ("client", "errors")), compiled])


def test_shortcuts_are_left_out() -> None:
    """No arrow is drawn where a longer way leads to the same room; each room is below all rooms that import it."""
    found = {"a": {"b", "c"}, "b": {"c"}, "c": set[str]()}
    assert rooms.without_shortcuts(found) == {"a": {"b"}, "b": {"c"}, "c": set()}
    assert rooms.rows(found) == [["a"], ["b"], ["c"]]


def test_drawing_has_every_room_and_arrow() -> None:
    """The drawing has a box with its modules for each room, and a line for each arrow."""
    drawn = draw(
        "Rooms", [Room("a", "", ("one", "two")), Room("b", "", ("three",))], [["a"], ["b"]], {"a": {"b"}, "b": set()}
    )
    assert [text in drawn for text in (">a<", ">b<", "one, two", "three", "a imports b")] == [True] * 5
    assert drawn.count("marker-end") == 1


@pytest.mark.parametrize(
    ("drawn", "found"), [*zip(pictures().values(), (rooms.graph(), stub_graph()), strict=True)], ids=["overlay", "stub"]
)
def test_no_arrow_passes_behind_a_room(drawn: str, found: rooms.Graph) -> None:
    """In the pictures, arrows are outside of all boxes, and no two boxes have a place in common."""
    assert arrows_in_boxes(drawn) == []
    known = [*boxes(drawn)]
    together = [
        (one, other)
        for one, other in itertools.combinations(sorted(known), 2)
        if other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]
    assert (len(known), together) == (len(found), [])
    assert drawn.count("marker-end") == sum(map(len, rooms.without_shortcuts(found).values()))


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1])))
def test_no_arrow_of_any_graph_passes_behind_a_room(pairs: set[tuple[int, int]]) -> None:
    """Whatever imports what, the arrows go around the boxes between their ends, inside the picture."""
    found = {f"r{start}": {f"r{end}" for other, end in pairs if other == start} for start in range(8)}
    drawn = draw("Rooms", [Room(name, "", (name, "a_module")) for name in found], rooms.rows(found), found)
    assert arrows_in_boxes(drawn) == []
    assert [x for points in arrow_points(drawn) for x, _ in points if not 0 < x < WIDTH] == []
    assert drawn.count("marker-end") == len(pairs)


@pytest.mark.parametrize("drawn", [*pictures().values()], ids=["overlay", "stub"])
def test_letters_on_a_phone(drawn: str) -> None:
    """A phone shows all letters with at least 9 pixels, a wide page not larger than that; no line leaves its box."""
    sizes = [float(each) for each in re.findall(r"font(?:-size)?: (\d+)px", drawn)]
    assert (len(sizes), min(sizes) * PHONE / WIDTH >= 9) == (2, True)
    assert f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height=' in drawn
    lines = re.findall(r'<text class="module" x="(\d+)" y="(\d+)">(.*?)</text>', drawn)
    inside = [
        any(left < x - half and x + half < right and upper < y < lower for left, upper, right, lower in boxes(drawn))
        for x, y, half in ((float(x), float(y), len(line) * CHARACTER / 2) for x, y, line in lines)
    ]
    assert len(inside) > len([*boxes(drawn)])
    assert all(inside)
