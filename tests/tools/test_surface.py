"""Which differences between two Python interfaces break callers."""

from pathlib import Path

import pytest
from tools.surface.compare import compare_surfaces
from tools.surface.packages import names_in

from contract import pairs
from contract.pairs import Pair, verdict


@pytest.mark.parametrize("pair", [*pairs.MODELS, *pairs.OVERLAY], ids=lambda pair: pair.name)
def test_python_surface(pair: Pair, tmp_path: Path) -> None:
    """Callers may pass wider types, and read narrower ones: in models, dicts, options, constructors and calls."""
    old, new = (pairs.surface(tmp_path / name, pair, getattr(pair, name)) for name in ("before", "after"))
    found = compare_surfaces(old, new)
    assert pair.verdict == verdict(found)
    # A code names a kind of difference in at most six words, with hyphens between them.
    assert [each.code for each in found if each.code.count("-") > 5] == []


def test_names_behind_an_alias() -> None:
    """The names in an annotation include those behind its aliases, even if an alias names another alias or itself."""
    aliases = {"Pet": "Cat | Dog", "Animal": "Pet | Fish", "Endless": "Endless | None"}
    assert names_in("list[models.Animal]", aliases) == {"list", "models", "Animal", "Pet", "Cat", "Dog", "Fish"}
    assert names_in("Endless", aliases) == {"Endless", "None"}
