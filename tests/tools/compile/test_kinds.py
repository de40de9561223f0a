"""Every kind of schema and operation: compiled, imported, read, written and sent."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from compile.kinds import KINDS
from compile.schema_kinds import ODD_NAMES
from compiling import imported

CAT, DOG, BIRD = {"kind": "cat", "lives": 9}, {"kind": "dog", "name": "a"}, {"kind": "bird", "wings": 2}
MOMENT = "2026-01-02T03:04:05Z"


def kinds_of(values: Any) -> Any:
    """Return the name of a value's type; for a list or dict, the names for its values."""
    if type(values) is list:
        return [kinds_of(each) for each in values]
    if type(values) is dict:
        return {key: kinds_of(each) for key, each in values.items()}
    return type(values).__name__


READ: list[tuple[str, str, Any, Callable[[Any], Any], Any]] = [
    ("recursive", "Node", {"children": [{"name": "a"}]}, lambda it: it.children[0].name, "a"),
    ("recursive", "Node", {"by_name": {"x": {"next": {}}}}, lambda it: kinds_of(it.by_name["x"].next), "Node"),
    ("recursive", "Node", {"parent": None, "row": [None, {}]}, lambda it: kinds_of(it.row), ["NoneType", "Node"]),
    ("recursive", "Node", {"parent": {"parent": {}}}, lambda it: kinds_of(it.parent.parent), "Node"),
    ("recursive", "Node", {"grid": [[{}], []]}, lambda it: kinds_of(it.grid), [["Node"], []]),
    ("recursive", "Node", {"lists_by_name": {"x": [{}]}}, lambda it: kinds_of(it.lists_by_name), {"x": ["Node"]}),
    ("recursive", "Left", {"right": {"left": {}}}, lambda it: kinds_of(it.right.left), "Left"),
    ("unions", "Box", {"pet": CAT}, lambda it: (kinds_of(it.pet), it.pet.lives), ("Cat", 9)),
    ("unions", "Box", {"pet": BIRD}, lambda it: (it.pet.kind, it.pet["kind"], it.pet.wings), ("UNKNOWN", "bird", 2)),
    ("unions", "Box", {"grid": [[DOG, BIRD], []]}, lambda it: kinds_of(it.grid), [["Dog", "UnknownPet"], []]),
    ("unions", "Box", {"cats_or_dogs": [DOG, DOG]}, lambda it: kinds_of(it.cats_or_dogs), ["Dog", "Dog"]),
    ("unions", "Box", {"cats_or_dogs": [CAT]}, lambda it: kinds_of(it.cats_or_dogs), ["Cat"]),
    ("unions", "Box", {"single": {"mode": "double", "two": "b"}}, lambda it: kinds_of(it.single), "Double"),
    ("unions", "Box", {"told": {"name": "a", "note": "b"}}, lambda it: kinds_of(it.told), "ByName"),
    ("unions", "Box", {"told": {"id": "a"}}, lambda it: kinds_of(it.told), "ById"),
    ("unions", "Box", {"untagged": {"text": "a"}}, lambda it: kinds_of(it.untagged), "Plain"),
    ("unions", "Box", {"untagged": DOG}, lambda it: kinds_of(it.untagged), "Dog"),
    ("unions", "Box", {"stop": "a"}, lambda it: it.stop, "a"),
    ("unions", "Box", {"stop": ["a"]}, lambda it: it.stop, ["a"]),
    ("unions", "Box", {"stop": [{"text": "a"}]}, lambda it: it.stop[0].text, "a"),
    ("unions", "Box", {"scalar": False}, lambda it: it.scalar, False),
    ("unions", "Box", {"maybe": None}, lambda it: it.maybe, None),
    ("unions", "Box", {"maybe": [{}]}, lambda it: kinds_of(it.maybe), ["Plain"]),
    ("unions", "Box", {"either": {}}, lambda it: kinds_of(it.either), "Plain"),
    ("unions", "Box", {"either": [{}]}, lambda it: kinds_of(it.either), ["Plain"]),
    ("maps", "Maps", {"items": {"to_dict": {"text": "a"}}}, lambda it: it.items["to_dict"].text, "a"),
    (
        "maps",
        "Maps",
        {"totals": {"a": 1}, "free": {"b": [{}]}},
        lambda it: (it.totals, it.free),
        ({"a": 1}, {"b": [{}]}),
    ),
    ("maps", "Maps", {"closed": {}}, lambda it: kinds_of(it.closed), "Closed"),
    ("maps", "Maps", {"lists": {"a": [{}]}}, lambda it: kinds_of(it.lists), {"a": ["Item"]}),
    ("maps", "Maps", {"maps": {"a": {"b": {}}}}, lambda it: kinds_of(it.maps), {"a": {"b": "Item"}}),
    (
        "maps",
        "Maps",
        {"nullable": {"a": None, "b": {}}},
        lambda it: kinds_of(it.nullable),
        {"a": "NoneType", "b": "Item"},
    ),
    ("maps", "Maps", {"days": {"a": "2026-01-02"}}, lambda it: it.days["a"], dt.date(2026, 1, 2)),
    ("maps", "Maps", {"anything": [1, None]}, lambda it: it.anything, [1, None]),
    ("names", "Names", {"async": "a", "list": "b"}, lambda it: (it.async_, it.list), ("a", "b")),
    ("names", "Names", {"camelCase": "a"}, lambda it: it.camel_case, "a"),
    ("names", "Names", {"to_dict": "a", "raw": "b"}, lambda it: (it.to_dict_, it.raw_, it["raw"]), ("a", "b", "b")),
    ("names", "Names", {"async_": "unknown", "async": "a"}, lambda it: (it.async_, it["async_"]), ("a", "unknown")),
    ("names", "Names", {"models_": "unknown"}, lambda it: (it.models_, it["models_"]), (None, "unknown")),
    ("names", "Builtins", {"list": [{}], "str": "a", "type": "x"}, lambda it: kinds_of(it.list), ["Names"]),
    ("formats", "Times", {"at": MOMENT, "day": "2026-01-02"}, lambda it: (it.at.year, it.day.day), (2026, 2)),
    ("formats", "Times", {"at": "20260102T030405.5+0130"}, lambda it: it.at.microsecond, 500_000),
    ("formats", "Times", {"at": "2026-W01-5T03z"}, lambda it: it.at.isoformat(), "2026-01-02T03:00:00+00:00"),
    ("formats", "Times", {"at": "yesterday", "day": "soon"}, lambda it: (it.at, it.day), ("yesterday", "soon")),
    ("formats", "Times", {"at": "2026-02-30T00:00:00Z"}, lambda it: it.at, "2026-02-30T00:00:00Z"),
    ("formats", "Times", {"days": ["2026-01-02", "no"]}, lambda it: it.days, [dt.date(2026, 1, 2), "no"]),
    ("formats", "Times", {"moments": [None, MOMENT]}, lambda it: kinds_of(it.moments), ["NoneType", "DateTime"]),
    ("formats", "Times", {"maybe": None}, lambda it: it.maybe, None),
    ("formats", "Times", {"number": 7}, lambda it: it.number, 7),
    ("formats", "Times", {"number": "2026-01-02"}, lambda it: it.number, dt.date(2026, 1, 2)),
    ("formats", "Times", {"key": "ABC", "address": "x y"}, lambda it: (it.key, it.address), ("ABC", "x y")),
    ("scalars", "Values", {"count": 1, "level": 9, "colour": "new"}, lambda it: (it.level, it.colour), (9, "new")),
    (
        "scalars",
        "Values",
        {"quoted": "x", "maybe": None},
        lambda it: (it.quoted, it.maybe, it.slashed),
        ("x", None, None),
    ),
]


@pytest.mark.parametrize(("kind", "model", "data", "show", "expected"), READ)
def test_schema_is_read_and_written(  # noqa: PLR0917  # the columns of the table
    folder: Path, kind: str, model: str, data: Any, show: Callable[[Any], Any], expected: Any
) -> None:
    """A value gets the type that its schema says, and is written as the same JSON; the constructor accepts it, too."""
    text = json.dumps(data)
    cls = getattr(imported(folder, f"kind_{kind}.models"), model)
    read = cls.from_dict(data)
    assert show(read) == expected
    assert json.dumps(read.to_dict()) == text
    assert json.dumps(data) == text


def test_constructors_convert_dicts(folder: Path) -> None:
    """A dict that a constructor gets becomes a model, also within a list or a map."""
    unions = imported(folder, "kind_unions.models")
    box = unions.Box(pets=({"kind": "cat"}, unions.Dog(name="a")), stop=[{"text": "a"}], told={"id": "a"})
    assert [kinds_of(box.pets), kinds_of(box.stop), kinds_of(box.told)] == [["Cat", "Dog"], ["Plain"], "ById"]
    maps = imported(folder, "kind_maps.models")
    assert kinds_of(maps.Maps(items={"a": {"text": "b"}}).items) == {"a": "Item"}
    times = imported(folder, "kind_formats.models")
    made = times.Times(at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC), day="2026-01-02", days=[dt.date(2026, 1, 2)])
    assert made.to_dict() == {
        "at": "2026-01-02T00:00:00+00:00",
        "day": "2026-01-02",
        "days": ["2026-01-02"],
        "default_key": "07EF8B4D-AA09-4FFA-898D-C710796AFF41",
    }


def test_models_of_another_class_are_refused(folder: Path) -> None:
    """A model that is not a member of a union is refused, with the same error as JSON of a wrong structure."""
    unions = imported(folder, "kind_unions.models")
    with pytest.raises(ValueError, match=r"^pet: expected an object"):
        unions.Box(pet=unions.Plain())
    with pytest.raises(ValueError, match=r"^strict: expected a list or an object, got a string"):
        unions.Box(strict="a")


def test_models_with_a_field_called_mro_are_members(folder: Path) -> None:
    """A model with a field called `mro`, like a method of classes, is accepted as a member of a union."""
    names = imported(folder, "kind_names.models")
    left = names.Left(mro="a", l="b")
    assert names.Either(side=left).side is left


def test_null_in_a_renamed_field_keeps_its_name(folder: Path) -> None:
    """A null that the contract does not allow is written under its JSON name, whatever the attribute is called."""
    names = imported(folder, "kind_names.models").Names.from_dict({"async": None, "list": "a"})
    assert (names.to_dict(), names["async"], "async_" in names) == ({"async": None, "list": "a"}, None, False)
    with pytest.raises(AttributeError, match=r"Names\.async_ is required, but the service sent null"):
        _ = names.async_


def test_null_in_a_list_of_a_union(folder: Path) -> None:
    """If the items of a list are a union without null, a null in it is refused, even if the union has scalars."""
    unions = imported(folder, "kind_unions.models")
    assert unions.Box.from_dict({"either": None}).to_dict() == {"either": None}
    assert unions.Box.from_dict({"mixed": ["a", 1, {}]}).to_dict() == {"mixed": ["a", 1, {}]}
    assert unions.Box.from_dict({"mixed_or_null": [None, 1, {}]}).to_dict() == {"mixed_or_null": [None, 1, {}]}
    with pytest.raises(ValueError, match=r"^mixed\[1\]: expected an object or a scalar, got null"):
        unions.Box.from_dict({"mixed": ["a", None]})


def test_defaults_are_sent_unchanged(folder: Path) -> None:
    """A default in the document is sent, with its quotes, backslashes and control characters."""
    models = imported(folder, "kind_scalars.models")
    made = models.Values(count=1, flag=True).to_dict()
    expected = {
        name: each["default"]
        for name, each in KINDS["scalars"]["components"]["schemas"]["Values"]["properties"].items()
        if "default" in each
    }
    assert made == {"count": 1, "flag": True, **expected}
    assert "secret" not in repr(models.Values(count=1, flag=True, key="secret"))


def test_every_odd_name_is_a_field(folder: Path) -> None:
    """Each field is read, written and found by its name in the document, whatever its attribute is called."""
    models = imported(folder, "kind_names.models")
    data = {name: f"value of {name}" for name in ODD_NAMES} | {"async": "a", "list": "b"}
    names = models.Names.from_dict(data)
    attributes = [each.name for each in models.Names._FIELDS.by_name.values()]
    assert sorted(getattr(names, each) for each in attributes) == sorted(data.values())
    assert {name: names[name] for name in data} == data == names.to_dict()
    assert models.Names(**{each: getattr(names, each) for each in attributes}) == names


ANSWERED: list[tuple[str, str, int, bytes, Any]] = [
    ("answers", "things.things_one", 200, b'{"id": "a"}', "Thing"),
    ("answers", "things.things_delete", 204, b"", "NoneType"),
    ("answers", "things.things_many", 200, b'[{"id": "a"}]', ["Thing"]),
    ("answers", "things.things_map", 200, b'{"x": {"id": "a"}}', {"x": "Thing"}),
    ("answers", "things.things_union", 200, b'{"reason": "a"}', "Problem"),
    ("answers", "things.things_maybe", 200, b"null", "NoneType"),
    ("answers", "things.things_maybe", 200, b'{"id": "a"}', "Thing"),
    ("answers", "things.things_scalar", 200, b"7", "int"),
    ("answers", "things.things_text", 200, b'"a"', "str"),
    ("answers", "things.things_any", 200, b"[1]", ["int"]),
    ("answers", "things.things_errors", 299, b'{"id": "a"}', "Thing"),
    ("answers", "things.things_errors", 404, b'{"reason": "a"}', "Problem"),
    ("answers", "things.things_errors", 500, b'{"code": 1}', "Other"),
    ("names", "names.names_dict", 200, b'[{"async": "a"}]', ["Names"]),
    ("formats", "times.times_get", 200, b'"2026-01-02T03:04:05Z"', "DateTime"),
    ("pages", "things.things_list", 200, b'[{"id": "a"}]', ["Thing"]),
    ("pages", "page.page_get", 200, b'{"id": "a"}', "Thing"),
]
SENT: list[tuple[str, str, dict[str, Any], str, Any]] = [
    ("requests", "things.things_new", {"body": {"name": "a"}}, "/new", {"name": "a"}),
    ("requests", "things.things_put", {}, "/new", None),
    ("requests", "things.things_start", {"body": {"model": "m"}}, "/start", {"model": "m"}),
    (
        *("requests", "things.things_get"),
        {
            "id": "a/b",
            "number": 7,
            "page": 0,
            "sort": "up",
            "tags": ["x", "y"],
            "deep": True,
            "x_trace": "t",
            "where": {"name": "é"},
            "filter": {"a": [1]},
        },
        '/a%2Fb/x/7?page=0&sort=up&tags=x&tags=y&deep=true&where={"name":"é"}&filter={"a":[1]}',
        None,
    ),
    (
        *("names", "names.names_type"),
        {"lambda_": "l", "camel_case": "c", "x_some_header": "h", "type": ["a"], "self_": "s"},
        *("/t/l?camelCase=c&type=a&self=s", None),
    ),
    (
        *("formats", "times.times_get"),
        {"day": dt.date(2026, 1, 2), "since": dt.datetime(2026, 1, 2, tzinfo=dt.UTC)},
        *("/t/2026-01-02?since=2026-01-02T00:00:00%2B00:00", None),
    ),
]


def client_of(folder: Path, kind: str, respond: Callable[[httpx.Request], httpx.Response]) -> Any:
    """Return a client of a compiled package; a function answers its requests."""
    package: Any = imported(folder, f"kind_{kind}")
    return package.Client("http://a.test", httpx_args={"transport": httpx.MockTransport(respond)})


@pytest.mark.parametrize(("kind", "module", "status", "content", "expected"), ANSWERED)
def test_answer_is_read(  # noqa: PLR0917  # the columns of the table
    folder: Path, kind: str, module: str, status: int, content: bytes, expected: Any
) -> None:
    """An answer or an error body gets the type that the document says for its status."""
    function: Any = imported(folder, f"kind_{kind}.api.{module}")
    arguments: dict[str, Any] = {each.name: dt.date(2026, 1, 2) for each in function.OPERATION.path_parameters}
    arguments |= {"body": {}} if function.OPERATION.forms else {}
    with client_of(folder, kind, lambda _: httpx.Response(status, content=content)) as client:
        assert kinds_of(function.sync(client=client, **arguments)) == expected


@pytest.mark.parametrize(("kind", "module", "arguments", "target", "body"), SENT)
def test_request_is_written(  # noqa: PLR0917  # the columns of the table
    folder: Path, kind: str, module: str, arguments: dict[str, Any], target: str, body: Any
) -> None:
    """Arguments are sent in path, query, headers and body, as the document says."""
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204)

    function: Any = imported(folder, f"kind_{kind}.api.{module}")
    with client_of(folder, kind, respond) as client:
        function.sync_detailed(client=client, **arguments)
    (request,) = seen
    assert httpx.URL(f"http://a.test{target}").params == request.url.params
    assert target.partition("?")[0].encode() == request.url.raw_path.partition(b"?")[0]
    assert (json.loads(request.content) if request.content else None) == body
    assert [value for value in arguments.values() if value in ("t", "h")] == [
        value for name, value in request.headers.items() if name in ("x-trace", "x-some-header")
    ]


def test_operations_describe_streams_and_pages(folder: Path) -> None:
    """An operation says how its stream ends and its events are read, and how its list continues."""
    ask: Any = imported(folder, "kind_streams.api.talks.talks_ask").OPERATION
    follow: Any = imported(folder, "kind_streams.api.talks.talks_follow").OPERATION
    assert (ask.stream.schema, ask.stream.end, ask.stream.tag, kinds_of(ask.stream.read({"text": "a"}))) == (
        *("Piece", "[DONE]", None, "Piece"),
    )
    assert ask.request({"question": "a"}, streamed=True).body == {"question": "a", "stream": True}
    assert ask.request({"question": "a"}).body == {"question": "a"}
    assert (follow.answer, follow.stream.end_event, follow.stream.error_event, follow.stream.tag) == (
        *(None, "done", "failed", "type"),
    )
    assert kinds_of(follow.stream.read({"type": "done", "text": "a"})) == "Done"
    counted: Any = imported(folder, "kind_pages.api.things.things_list").OPERATION.paging
    tokens: Any = imported(folder, "kind_pages.api.things.things_pages").OPERATION.paging
    assert (counted.parameter, counted.next, counted.items, counted.size) == ("page", None, None, "page_size")
    assert (tokens.parameter, tokens.next, tokens.items, tokens.size) == ("page_token", "next_page_token", "data", None)


def test_resources_have_the_methods_of_their_tag(folder: Path) -> None:
    """Each operation has a blocking and an async method; if it answers only with events, only streaming ones."""

    def methods(kind: str, module: str, name: str) -> set[str]:
        found: ModuleType = imported(folder, f"kind_{kind}.resources.{module}")
        return {each for each in vars(getattr(found, name)) if not each.startswith("_")}

    assert methods("streams", "talks", "Talks") == {
        *("ask", "ask_async", "ask_stream", "ask_stream_async", "follow_stream", "follow_stream_async"),
    }
    assert methods("names", "names", "Names") >= {"list", "dict", "type", "camelCase", "camelCase_async"}
    assert methods("pages", "page", "PageResource") == {"get", "get_async"}
