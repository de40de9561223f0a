"""The reference of the site shows what a caller may pass."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import griffe
import pytest
from tools.checkout import ROOT
from tools.site.constructors import ShowConstructors
from tools.site.keywords import ShowDefaults, ShowKeywords

from mistral_agents.retry_client import AsyncRetryClient, RetryClient
from mistral_agents_api.resources.agents import Agents

DIRECTIVE = re.compile(r"^::: (\S+)\n((?: {4}.*\n|\n(?= {4}))*)", re.MULTILINE)
"""What shows a module, a class or a function on a page, and its options."""
EXTENSIONS = griffe.Extensions(ShowKeywords(), ShowDefaults(), ShowConstructors())


@pytest.fixture(scope="module")
def loader() -> griffe.GriffeLoader:
    """Load the packages as the site does."""
    made = griffe.GriffeLoader(search_paths=[ROOT / "overlays", ROOT / "generated"], extensions=EXTENSIONS)
    made.load("mistral_agents")
    made.load("mistral_agents_api")
    return made


def shown_classes(loader: griffe.GriffeLoader) -> Iterator[griffe.Class]:
    """Yield each class that the reference shows together with its constructor."""
    for page in sorted((ROOT / "docs" / "reference").glob("*.md")):
        for path, options in DIRECTIVE.findall(page.read_text(encoding="utf-8")):
            if "merge_init_into_class: false" in options:  # a class that callers never make
                continue
            shown = loader.modules_collection[path]
            names = re.findall(r"^ {8}- (\w+)$|members: \[(\w+)\]", options, re.MULTILINE)
            members = [shown[first or second] for first, second in names]
            if shown.is_module and not members:
                members = [each for each in shown.members.values() if each.is_public]
            for each in members or [shown]:
                found = each.final_target if each.is_alias else each
                if isinstance(found, griffe.Class):
                    yield found


def as_written(function: Any) -> list[tuple[str, str, bool]]:
    """Return each argument of a constructor, as Python knows it: its name, its kind, and whether it is required."""
    found = inspect.signature(function).parameters.values()
    return [(each.name, each.kind.description, each.default is each.empty) for each in found]


def as_shown(constructor: griffe.Function) -> list[tuple[str, str, bool]]:
    """Return the same, as the reference shows it."""
    shown = [each for each in constructor.parameters if each.name != "self"]
    return [(each.name, each.kind.value if each.kind else "", each.default is None) for each in shown]


def test_classes_show_their_constructors(loader: griffe.GriffeLoader) -> None:
    """The reference shows the arguments of each class that callers can make, each with its type."""
    compared = 0
    for shown in shown_classes(loader):
        module, _, name = shown.canonical_path.rpartition(".")
        kind = getattr(importlib.import_module(module), name)
        try:
            expected = as_written(kind)
        except ValueError:  # it has the constructor of a builtin class
            continue
        if expected and "Unpack[" not in str(inspect.signature(kind)):
            found = shown.all_members.get("__init__")
            constructor = found.final_target if isinstance(found, griffe.Alias) else found  # an alias is inherited
            assert isinstance(constructor, griffe.Function), name
            assert as_shown(constructor) == expected, name
            assert [each.name for each in constructor.parameters if not each.annotation] == ["self"], name
            compared += 1
    assert compared > 100


def test_fields_are_described(loader: griffe.GriffeLoader) -> None:
    """Each field of a class of attrs in the reference has a description."""
    silent = [
        f"{shown.name}.{field.name}"
        for shown in shown_classes(loader)
        if shown.decorators
        for field in shown.members.values()  # without those that it inherits
        if field.is_attribute and not field.name.startswith("_") and not field.has_docstring
    ]
    assert silent == ["Event.data", "Event.event", "Event.id"]  # the description of the class has them all


SOURCE = """
from typing import ClassVar, NamedTuple
import attrs
from attrs import define, field, frozen

@frozen
class Base:
    first: int
    second: list[int] = field(factory=list)
    third: str = field(default="a", repr=False)
    _hidden: int = 1
    kept: int = field(init=False, default=0)
    shared: ClassVar[int] = 0
    only: int = field(kw_only=True)

    @property
    def double(self) -> int:
        return 2 * self.first

    @frozen
    class Inner:
        inside: int

@attrs.define(kw_only=True)
class Below(Base):
    last: bool = False

class Pair(NamedTuple):
    left: int
    right: str = "b"

@define(init=False)
class Own:
    state: int

    def __init__(self, given: int) -> None:
        self.state = given

@define(init=False)
class Under(Own):
    more: int

class Plain:
    noted: int
"""


def test_fields_become_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Classes of attrs and NamedTuples show the arguments that they have at run time; others stay as they are."""
    (tmp_path / "made_by_fields.py").write_text(SOURCE)
    monkeypatch.syspath_prepend(tmp_path)
    made = importlib.import_module("made_by_fields")
    read = griffe.load("made_by_fields", search_paths=[tmp_path], extensions=EXTENSIONS)
    for name, kind in {
        "Base": made.Base,
        "Base.Inner": made.Base.Inner,
        "Below": made.Below,
        "Pair": made.Pair,
    }.items():
        assert as_shown(read[name]["__init__"]) == as_written(kind), name
    assert [each.name for each in read["Own.__init__"].parameters] == ["self", "given"]
    assert [name for name in ("Under", "Plain") if "__init__" in read[name].members] == []
    defaults = {each.name: str(each.default) for each in read["Base.__init__"].parameters if each.default}
    assert defaults == {"second": "list()", "third": "'a'", "hidden": "1"}


@pytest.mark.parametrize(
    ("method", "required", "own"), [("parse", "response_format", []), ("run_tools", "tools", ["max_rounds"])]
)
def test_helpers_show_their_keywords(loader: griffe.GriffeLoader, method: str, required: str, own: list[str]) -> None:
    """`parse` and `run_tools` show each keyword argument, with its type; required ones have no default."""
    function = loader.modules_collection["mistral_agents.agents.Agents"][method]
    for form in function.overloads or [function]:
        shown = [each for each in form.parameters if each.name != "self"]
        expected = [*inspect.signature(Agents.complete).parameters][1:]
        assert sorted(each.name for each in shown) == sorted([*expected, *own])
        assert {each.name for each in shown if each.default is None} == {"messages", "agent_id", required}
        assert [each.name for each in shown if each.annotation is None] == []
        assert {each.kind for each in shown} == {griffe.ParameterKind.keyword_only}


@pytest.mark.parametrize("kind", [RetryClient, AsyncRetryClient])
def test_retry_clients_show_their_keywords(loader: griffe.GriffeLoader, kind: type) -> None:
    """`RetryClient` and `AsyncRetryClient` show the arguments of httpx's client, each with its type."""
    shown = loader.modules_collection[f"mistral_agents.retry_client.{kind.__name__}.__init__"].parameters
    of_httpx = {*inspect.signature(kind.__bases__[0]).parameters} - {"app", "proxies"}  # only httpx 0.27 has these two
    assert {each.name for each in shown} == of_httpx | {"self", "retry_config"}
    assert [each.name for each in shown if each.annotation is None] == ["self"]


@pytest.mark.parametrize(
    ("function", "argument", "value"),
    [
        ("sse.SSEDecoder.__init__", "max_event_bytes", "16 * 1024 * 1024"),
        ("concurrency.ShardedClient.__init__", "limits", "httpx.Limits(max_connections=1000)"),
        ("client.Mistral.__init__", "retry_config", "RetryConfig()"),  # a constant of another module
        ("client.Mistral.__init__", "client", "None"),
        ("agents.Agents.complete", "tools", "UNSET"),
    ],
)
def test_defaults_show_their_values(loader: griffe.GriffeLoader, function: str, argument: str, value: str) -> None:
    """A default that is a constant is shown by its value, not by the constant's name; UNSET stays."""
    owner = loader.modules_collection[f"mistral_agents.{function.rpartition('.')[0]}"]
    shown = owner.all_members[function.rpartition(".")[2]]
    assert str(shown.parameters[argument].default) == value


def test_default_from_a_package_that_is_not_loaded(tmp_path: Path) -> None:
    """A default that names something of another package is shown by its name."""
    (tmp_path / "alone.py").write_text("from threading import Event\n\ndef wait(event=Event): ...\n")
    module = griffe.load("alone", search_paths=[tmp_path], extensions=EXTENSIONS, resolve_aliases=False)
    assert str(module["wait"].parameters["event"].default) == "Event"
