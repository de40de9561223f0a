"""The reference of the site shows what a caller may pass."""

from __future__ import annotations

import inspect

import griffe
import pytest
from tools.site.keywords import ShowKeywords

from contract_documents import ROOT
from mistral_agents_api.resources.agents import Agents


@pytest.fixture(scope="module")
def package() -> griffe.Module:
    """Load the overlay as the site does."""
    folders = [ROOT / "overlays", ROOT / "generated"]
    loader = griffe.GriffeLoader(search_paths=folders, extensions=griffe.Extensions(ShowKeywords()))
    loaded = loader.load("mistral_agents")
    assert isinstance(loaded, griffe.Module)
    return loaded


@pytest.mark.parametrize(
    ("method", "required", "own"), [("parse", "response_format", []), ("run_tools", "tools", ["max_rounds"])]
)
def test_helpers_show_their_keywords(package: griffe.Module, method: str, required: str, own: list[str]) -> None:
    """`parse` and `run_tools` show each keyword argument, with its type; required ones have no default."""
    function = package["agents.Agents"][method]
    for form in function.overloads or [function]:
        shown = [each for each in form.parameters if each.name != "self"]
        expected = [*inspect.signature(Agents.complete).parameters][1:]
        assert sorted(each.name for each in shown) == sorted([*expected, *own])
        assert {each.name for each in shown if each.default is None} == {"messages", "agent_id", required}
        assert [each.name for each in shown if each.annotation is None] == []
        assert {each.kind for each in shown} == {griffe.ParameterKind.keyword_only}
