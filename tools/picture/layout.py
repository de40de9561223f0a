"""Where the rooms of a picture stand, and the way of each arrow around the rooms between its ends.

The rooms stand in rows. An arrow that skips rows has a lane in each of them: a place beside the boxes, which takes part
in the order of the row like a box. Between two rows there is nothing but arrows. So no arrow meets a box on its way.
"""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from .rooms import Graph, Room

WIDTH = 420
"""The width of a picture. A phone, about 360 pixels wide, makes it smaller, but its letters keep more than 9 pixels."""
MARGIN = 12
LINE, TITLE = 16, 24
"""The heights of a line of modules and of the name of a room."""
CHARACTER = 6.7
"""How wide a letter of the modules' names is, at 11 px."""
_GAP_X, _GAP_Y = 12, 40
_LANE = 8
_WIDEST = 230
_SWEEPS = 4

Arrow = tuple[str, str]
Item = str | Arrow
"""What has a place in a row: a room, by its name, or the lane of an arrow."""
Point = tuple[float, float]


@frozen
class Box:
    """Where a room stands, and what is written in it."""

    x: float
    y: float
    width: float
    lines: list[str]

    @property
    def height(self) -> float:
        """How high it is."""
        return TITLE + LINE * len(self.lines) + 8

    @property
    def middle(self) -> float:
        """Where its centre is, from the left."""
        return self.x + self.width / 2

    def ports(self, count: int) -> list[float]:
        """Return the places on its upper or lower side where arrows begin or end, from the left."""
        step = min(26, (self.width - 16) / count)
        return [self.middle + (number - (count - 1) / 2) * step for number in range(count)]


@frozen
class Layout:
    """The boxes by room, and for each arrow the parts of its way in the rows: straight down from one point to another.

    Between these parts an arrow goes from row to row.
    """

    boxes: dict[str, Box]
    ways: dict[Arrow, list[tuple[Point, Point]]]
    height: float


def lay_out(rooms: Mapping[str, Room], rows: Sequence[Sequence[str]], arrows: Graph) -> Layout:
    """Return the layout of rooms that stand in these rows, each below all rooms that import it."""
    row_of = {name: number for number, row in enumerate(rows) for name in row}
    chains: dict[Arrow, list[Item]] = {
        (start, end): [start, *[(start, end)] * (row_of[end] - row_of[start] - 1), end]
        for start, ends in arrows.items()
        for end in sorted(ends)
    }
    items: list[list[Item]] = [[*row] for row in rows]
    for (start, _), chain in chains.items():
        for number, lane in enumerate(chain[1:-1], row_of[start] + 1):
            items[number].append(lane)
    items = _untangled(items, _links(chains, row_of, len(rows)))
    boxes, lanes, tops = dict[str, Box](), list[dict[Arrow, float]](), [float(MARGIN)]
    for row in items:
        placed, beside = _placed(row, rooms, tops[-1])
        boxes |= placed
        lanes.append(beside)
        tops.append(tops[-1] + max(box.height for box in placed.values()) + _GAP_Y)
    grid = _Grid(chains, row_of, items, boxes, lanes, tops)
    grid.straighten()
    return Layout(boxes, dict(grid.ways()), tops[-1] - _GAP_Y + MARGIN)


def _links(
    chains: Mapping[Arrow, Sequence[Item]], row_of: Mapping[str, int], count: int
) -> list[list[tuple[Item, Item]]]:
    """Return for each row the links to the next one."""
    found: list[list[tuple[Item, Item]]] = [[] for _ in range(count)]
    for (start, _), chain in chains.items():
        for number, link in enumerate(itertools.pairwise(chain), row_of[start]):
            found[number].append(link)
    return found


def _untangled(rows: list[list[Item]], links: list[list[tuple[Item, Item]]]) -> list[list[Item]]:
    """Return the rows in an order in which few links cross: each item near the middle of its neighbours."""
    best, fewest = rows, _crossings(rows, links)
    for _ in range(_SWEEPS):
        for numbers in (range(1, len(rows)), range(len(rows) - 2, -1, -1)):
            for number in numbers:
                below = numbers.step > 0
                beside = rows[number - 1] if below else rows[number + 1]
                pairs = links[number - 1] if below else [(after, before) for before, after in links[number]]
                rows = [*rows[:number], _sorted(rows[number], beside, pairs), *rows[number + 1 :]]
            if (crossings := _crossings(rows, links)) < fewest:
                best, fewest = rows, crossings
    return best


def _sorted(row: list[Item], beside: list[Item], pairs: Iterable[tuple[Item, Item]]) -> list[Item]:
    neighbours: dict[Item, list[float]] = {}
    for other, item in pairs:
        neighbours.setdefault(item, []).append((beside.index(other) + 0.5) / len(beside))
    here = {item: (number + 0.5) / len(row) for number, item in enumerate(row)}
    return sorted(row, key=lambda item: sum(of := neighbours.get(item, [here[item]])) / len(of))


def _crossings(rows: Sequence[Sequence[Item]], links: Sequence[Sequence[tuple[Item, Item]]]) -> int:
    places = [
        [(row.index(before), following.index(after)) for before, after in pairs]
        for row, following, pairs in zip(rows, rows[1:], links, strict=False)
    ]
    return sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0 for row in places for one, other in itertools.combinations(row, 2)
    )


def _placed(row: Sequence[Item], rooms: Mapping[str, Room], top: float) -> tuple[dict[str, Box], dict[Arrow, float]]:
    """Return the boxes of a row, and the places of its lanes from the left."""
    count = sum(isinstance(item, str) for item in row)
    free = WIDTH - 2 * MARGIN - _GAP_X * (len(row) - 1) - _LANE * (len(row) - count)
    width = min(free / count, _WIDEST)
    x = MARGIN + (free - width * count) / 2
    boxes, lanes = dict[str, Box](), dict[Arrow, float]()
    for item in row:
        if isinstance(item, str):
            said = ", ".join(rooms[item].modules) or "mistral_agents_api"
            boxes[item] = Box(x, top, width, textwrap.wrap(said, max(1, int((width - 12) / CHARACTER))))
        else:
            lanes[item] = x + _LANE / 2
        x += (width if isinstance(item, str) else _LANE) + _GAP_X
    return boxes, lanes


@frozen
class _Grid:
    """The rows with their boxes and lanes."""

    chains: Mapping[Arrow, Sequence[Item]]
    """What each arrow meets, row by row: its first room, its lanes, its last room."""
    row_of: Mapping[str, int]
    rows: Sequence[Sequence[Item]]
    boxes: Mapping[str, Box]
    lanes: Sequence[dict[Arrow, float]]
    """For each row, the places of its lanes from the left."""
    tops: Sequence[float]
    """Where each row begins, from above."""

    def place(self, item: Item, row: int) -> float:
        """Return the middle of a box or a lane, from the left."""
        return self.boxes[item].middle if isinstance(item, str) else self.lanes[row][item]

    def straighten(self) -> None:
        """Move each lane towards the places before and after it on its arrow, as far as its neighbours allow."""
        for _ in range(len(self.rows) * 4):
            for arrow, chain in self.chains.items():
                for row, (before, lane, after) in enumerate(
                    zip(chain, chain[1:], chain[2:], strict=False), self.row_of[arrow[0]] + 1
                ):
                    at = self.rows[row].index(lane)
                    wanted = (self.place(before, row - 1) + self.place(after, row + 1)) / 2
                    self.lanes[row][arrow] = max(self._edge(row, at - 1, 1), min(self._edge(row, at + 1, -1), wanted))

    def _edge(self, row: int, at: int, side: int) -> float:
        """Return the edge that a lane must not cross: the right one (1) or the left one (-1) of the item at `at`."""
        if not 0 <= at < len(self.rows[row]):
            return MARGIN if side > 0 else WIDTH - MARGIN
        item = self.rows[row][at]
        half = self.boxes[item].width / 2 + _GAP_X if isinstance(item, str) else _LANE + _GAP_X / 2
        return self.place(item, row) + side * half

    def ways(self) -> Iterator[tuple[Arrow, list[tuple[Point, Point]]]]:
        """Yield the ways: from the lower side of one box, through the lanes, to the upper side of the other."""
        first, last = dict(self._ends(0)), dict(self._ends(-1))
        for arrow in self.chains:
            start, end = (self.boxes[name] for name in arrow)
            rows = range(self.row_of[arrow[0]], self.row_of[arrow[1]])
            stops = [
                (first[arrow], start.y + start.height),
                *((self.lanes[row][arrow], self.tops[row]) for row in rows[1:]),
            ]
            way = [((x, y), (x, self.tops[row + 1] - _GAP_Y)) for row, (x, y) in zip(rows, stops, strict=True)]
            yield arrow, [*way, ((last[arrow], end.y), (last[arrow], end.y))]

    def _ends(self, which: int) -> Iterator[tuple[Arrow, float]]:
        """Yield where each arrow begins (0) or ends (-1) on the side of its box, so that arrows do not cross there."""

        def towards(arrow: Arrow) -> float:
            if which == 0:
                return self.place(self.chains[arrow][1], self.row_of[arrow[0]] + 1)
            return self.place(self.chains[arrow][-2], self.row_of[arrow[1]] - 1)

        for name, box in self.boxes.items():
            here = sorted((arrow for arrow in self.chains if arrow[which] == name), key=towards)
            yield from zip(here, box.ports(len(here)) if here else [], strict=True)
