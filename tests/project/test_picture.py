"""The picture and the table in docs/architecture.md, of groups of modules ("rooms"), match the code's imports."""

from pathlib import Path

import pytest
from tools.picture import rooms
from tools.picture.drawing import draw
from tools.picture.page import PAGE, PICTURE, page, picture
from tools.picture.rooms import ROOMS, Room


def test_picture_is_up_to_date() -> None:
    """The committed picture and table match the current imports; `make picture` writes them."""
    assert PICTURE.read_text(encoding="utf-8") == picture()
    assert PAGE.read_text(encoding="utf-8") == page()


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
    drawn = draw([Room("a", "", ("one", "two")), Room("b", "", ("three",))], [["a"], ["b"]], {"a": {"b"}, "b": set()})
    assert [text in drawn for text in (">a<", ">b<", "one, two", "three", "a imports b")] == [True] * 5
    assert drawn.count("marker-end") == 1
