"""Every kind of schema and operation under both type checkers: the compiled packages, and code that uses them."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkers import Problems, check_types
from compile.kinds import KINDS
from compiling import write_stand_in

BEGIN = """from __future__ import annotations
import datetime
from {package} import models
from {package}.client import Client
from {package}.resources import Resources

def main(client: Client, all: Resources) -> None:
"""
RIGHT = {
    "recursive": """
        node = models.Node(children=[{"name": "a"}, models.Node()], parent=None)
        name: str | None = node.children[0].name if node.children else None
        again: models.Node = all.nodes.add(name="a", children=[node])""",
    "unions": """
        box = all.boxes.add(pet={"kind": "cat", "lives": 9}, stop=["a"], told={"id": "a"})
        if box.pet is not None and box.pet.kind == "cat":
            lives: int | None = box.pet.lives
        elif box.pet is not None and box.pet.kind == "UNKNOWN":
            print(box.pet.anything.at.all, box.pet["kind"])
        pets: list[list[models.Cat | models.Dog | models.UnknownPet]] | None = box.grid
        stop: str | list[str] | list[models.Plain] | None = box.stop
        match box.single:
            case models.Single(one=one):
                text: str | None = one""",
    "maps": """
        items: dict[str, models.Item] = all.maps.add(items={"a": {"text": "b"}}, free={"x": object()})
        days: dict[str, datetime.date] | None = models.Maps().days""",
    "names": """
        found: list[models.Builtins] = all.names.list(async_="a", list="b", self_="c")
        kinds: list[models.Names] = all.names.dict(list=[models.Names(async_="a", list="b")], str="a")
        text: str | None = found[0].str""",
    "formats": """
        times = all.times.add(at=datetime.datetime.now(), day=datetime.date.today())
        year: int = times.at.year
        moments: list[datetime.datetime | None] | None = times.moments""",
    "scalars": """
        values = models.Values(count=1, flag=True, level=2, colour="light blue", maybe=None)
        count: int = values.count""",
    "answers": """
        one: models.Thing = all.things.one()
        many: list[models.Thing] = all.things.many()
        union: models.Thing | models.Problem = all.things.union()
        maybe: models.Thing | None = all.things.maybe()
        number: int = all.things.scalar()""",
    "requests": """
        all.things.new(name="a", tags=("x",))
        all.things.put()
        all.things.start(model="m")
        all.things.start(agent_id="a", store=True)
        all.things.get(id="a", number=1, x_trace="t", where={"name": "a"}, filter={"x": 1}, sort="up")""",
    "streams": """
        answer: models.Answer = all.talks.ask(question="a")
        all.talks.ask_stream(question="a")
        all.talks.follow_stream()""",
    "pages": """
        all.things.list(page=1)
        thing: models.Thing = all.page.get()""",
}
WRONG = {
    "recursive": 'models.Node(children=[{"names": "a"}])',
    "unions": 'models.Box(pet={"kind": "cow"})',
    "maps": 'models.Maps(totals={"a": "b"})',
    "names": "all.names.list(async_=1, list=2)",
    "formats": 'models.Times(at="now")',
    "scalars": 'models.Values(count="a", flag=True)',
    "answers": "all.things.one().name",
    "requests": 'all.things.start(agent_id="a", model="m")',
    "streams": 'all.talks.ask_stream(question="a", stream=False)',
    "pages": 'all.things.list(page="one")',
}


@pytest.fixture(scope="module")
def problems(folder: Path) -> dict[str, Problems]:
    """Return the problems that mypy and basedpyright find in all packages, and in code that uses them."""
    write_stand_in(folder)
    begin = {name: BEGIN.format(package=f"kind_{name}") for name in KINDS}
    pieces = {f"right_{name}": begin[name] + code for name, code in RIGHT.items()}
    pieces |= {f"wrong_{name}": f"{begin[name]}        {code}\n" for name, code in WRONG.items()}
    return check_types(pieces, folder, [folder], "mypy", "basedpyright", also=[f"kind_{name}" for name in KINDS])


@pytest.mark.timeout(300)
@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_compiled_code_type_checks(problems: dict[str, Problems], checker: str) -> None:
    """Both type checkers find no problem in the packages and in right uses, and the wrong line of each wrong use."""
    assert RIGHT.keys() == WRONG.keys() == KINDS.keys()
    expected = {f"wrong_{name}": [8] for name in KINDS}
    assert expected == {name: list(found) for name, found in problems[checker].items()}
