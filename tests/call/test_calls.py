"""`Calls` runs any operation: those here are written by hand and are in no contract."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from tools.stress.answers import Answer

import operations as ops
from compiled_methods import METHODS
from mistral_agents import errors, response_of
from mistral_agents.calls import Calls
from mistral_agents.streams import Event
from operations import Thing
from seam import Seam, answer, seam, stream
from worlds import World, each_world


def run(world: World, network: Seam, use: Callable[[Calls], Any], use_async: Callable[[Calls], Any]) -> Any:
    """Run `use` or `use_async` with a client's `Calls`."""
    client = network.client()

    async def call() -> Any:
        async with client:
            return await use_async(client._calls)

    def call_blocking() -> Any:
        with client:
            return use(client._calls)

    return world.run(call_blocking, call)


def call(world: World, network: Seam, operation: Any, **arguments: Any) -> Any:
    """Make a call that returns an answer."""
    return run(
        world,
        network,
        lambda calls: calls.call(operation, arguments),
        lambda calls: calls.call_async(operation, arguments),
    )


def read(world: World, network: Seam, operation: Any, **arguments: Any) -> tuple[list[Event[Thing]], Any]:
    """Read a stream; return its events and the error after them."""
    events: list[Event[Thing]] = []

    def use(calls: Calls) -> None:
        for event in calls.stream(operation, arguments):
            events.append(event)  # noqa: PERF402  # what came before an error counts

    async def use_async(calls: Calls) -> None:
        async for event in await calls.stream_async(operation, arguments):
            events.append(event)  # noqa: PERF401  # as above

    try:
        run(world, network, use, use_async)
    except errors.MistralError as error:
        return events, error
    return events, None


@each_world
def test_an_answer(world: World) -> None:
    """The operation says where path and query parameters go and how the answer is read; no body is sent."""
    network = seam(answer({"id": "a/b"}, x_request_id="r"))
    junk = {"self": 1, "OPERATION": 2, "__class__": 3}
    found = call(world, network, ops.GET, thing_id="a/b?", with_parts=True, **junk)
    (request,) = network.requests
    assert (found, response_of(found).request_id) == (Thing({"id": "a/b"}), "r")
    assert (request.method, request.url.raw_path) == ("GET", b"/v1/things/a%2Fb%3F?with-parts=true")
    assert (request.content, "content-type" in request.headers) == (b"", False)


@each_world
def test_a_body(world: World) -> None:
    """Arguments and `extra_body` go into the body, the other options apply, and status 201 is a success here."""
    network = seam(answer({"said": 1}, 201))
    extra: dict[str, Any] = {"extra_body": {"loud": True}, "extra_query": {"q": [1, 2]}, "http_headers": {"X-A": "b"}}
    assert call(world, network, ops.SAY, words="Hi", **extra) == Thing({"said": 1})
    (request,) = network.requests
    assert (network.sent, request.url.query, request.headers["x-a"]) == (
        {"words": "Hi", "loud": True},
        b"q=1&q=2",
        "b",
    )


@each_world
@pytest.mark.parametrize(
    ("operation", "arguments", "said"),
    [
        (ops.GET, {}, "thing_id"),
        (ops.GET, {"thing_id": ""}, "thing_id"),
        (ops.GET, {"thing_id": ".."}, "thing_id"),
        (ops.GET, {"thing_id": "a", "with_parts": "yes"}, "with_parts"),
        (ops.GET, {"thing_id": "a", "extra_body": {"a": 1}}, "extra_body"),
        (ops.SAY, {}, "words"),
        (ops.SAY, {"words": "a", "extra_query": "q=1"}, "extra_query"),
        (ops.SAY, {"words": "a", "retries": -1}, "retries"),
    ],
)
def test_bad_arguments(world: World, operation: Any, arguments: dict[str, Any], said: str) -> None:
    """An argument that does not fit is refused by name, and nothing is sent."""
    network = seam()
    with pytest.raises(errors.InvalidArgumentError, match=said):
        call(world, network, operation, **arguments)
    assert network.requests == []


@each_world
def test_an_answer_without_a_body(world: World) -> None:
    """A deletion returns None, for which `response_of` raises an error."""
    found = call(world, seam(answer(b"", 204)), ops.DELETE, thing_id="a")
    with pytest.raises(errors.InvalidArgumentError, match="response_of"):
        response_of(found)
    assert found is None


@each_world
@pytest.mark.parametrize("first", [answer({}, 503), answer({}, 504), httpx.ReadError("lost")], ids=repr)
def test_a_deletion_that_is_sent_again(world: World, first: Answer | Exception) -> None:
    """A deletion that is retried and answers 404 has succeeded; a deletion that answers 404 at once has failed."""
    assert call(world, seam(first, answer({"detail": "No"}, 404)), ops.DELETE, thing_id="a") is None
    with pytest.raises(errors.NotFoundError):
        call(world, seam(answer({"detail": "No"}, 404)), ops.DELETE, thing_id="a")
    with pytest.raises(errors.NotFoundError):
        call(world, seam(first, answer({"detail": "No"}, 404)), ops.GET, thing_id="a")


def pages(world: World, network: Seam, operation: Any, **arguments: Any) -> list[Any]:
    """Return the items of all pages."""

    async def use_async(calls: Calls) -> list[Any]:
        return [item async for item in await calls.page_async(operation, arguments)]

    found: list[Any] = run(world, network, lambda calls: list(calls.page(operation, arguments)), use_async)
    return found


def queries(network: Seam) -> list[str]:
    """Return the queries that were sent."""
    return [request.url.query.decode() for request in network.requests]


@each_world
@pytest.mark.parametrize(
    ("arguments", "made", "found", "sent"),
    [
        ({}, [[{"n": 1}], [{"n": 2}], []], [1, 2], ["", "page=1", "page=2"]),
        ({"size": 2}, [[{"n": 1}, {"n": 2}], [{"n": 3}]], [1, 2, 3], ["page-size=2", "page=1&page-size=2"]),
        ({"page": 4, "size": 1}, [[{"n": 1}], []], [1], ["page=4&page-size=1", "page=5&page-size=1"]),
        ({"extra_query": {"page": 3, "x": "y"}}, [[{"n": 1}], []], [1], ["page=3&x=y", "page=4&x=y"]),
        ({}, [[]], [], [""]),
    ],
)
def test_counted_pages(
    world: World, arguments: dict[str, Any], made: list[Any], found: list[int], sent: list[str]
) -> None:
    """Numbered pages end at an empty page, or at one shorter than the size asked for; the filters stay the same."""
    network = seam(*map(answer, made), AssertionError("asked for too much"))
    assert ([item["n"] for item in pages(world, network, ops.COUNTED, **arguments)], queries(network)) == (found, sent)


@each_world
def test_pages_by_token(world: World) -> None:
    """Pages by token go on past short and empty pages, until a page has no token."""
    made = [{"found": [{"n": 1}], "next": "b"}, {"found": [], "next": "c"}, {"next": "d"}, {"found": [{"n": 2}]}]
    network = seam(*map(answer, made), AssertionError("asked for too much"))
    found = pages(world, network, ops.BY_TOKEN, size=5)
    assert [item["n"] for item in found] == [1, 2]
    assert queries(network) == ["page-size=5", *(f"token={token}&page-size=5" for token in "bcd")]


@each_world
def test_a_token_that_leads_to_the_same_page(world: World) -> None:
    """A page that names itself as the next page raises an error instead of looping for ever."""
    network = seam(answer({"found": [], "next": "a"}))
    with pytest.raises(errors.ResponseValidationError, match="next"):
        pages(world, network, ops.BY_TOKEN)
    assert queries(network) == ["", "token=a"]


@each_world
def test_a_page(world: World) -> None:
    """A page has its items, the whole answer and its details; the next pages are fetched only when needed."""
    network = seam(answer({"found": [{"n": 1}], "next": "b"}, x_request_id="r"), AssertionError("asked for too much"))

    async def use_async(calls: Calls) -> Any:
        page = await calls.page_async(ops.BY_TOKEN, {})
        return page, [await anext(aiter(page))]

    def use(calls: Calls) -> Any:
        page = calls.page(ops.BY_TOKEN, {})
        return page, [next(iter(page))]

    page, first = run(world, network, use, use_async)
    assert (page.items, first, page.fields["next"]) == ([{"n": 1}], [{"n": 1}], "b")
    assert (type(page.answer), response_of(page).request_id, len(network.requests)) == (Thing, "r", 1)
    with pytest.raises(AttributeError):
        _ = page.nothing


def test_details_of_a_list() -> None:
    """`response_of` works for an answer that is a list. This list is like any other; a copy of it has no details."""
    found = call(World(None), seam(answer([{"n": 1}])), ops.COUNTED)
    assert (found, isinstance(found, list), response_of(found).status_code) == ([Thing({"n": 1})], True, 200)
    with pytest.raises(errors.InvalidArgumentError, match="copy"):
        response_of(list(found))


ONE, TWO = b'data: {"n": 1}\n\n', b'event: more\ndata: {"n": 2}\n\n'


@each_world
@pytest.mark.parametrize(
    ("end", "error"),
    [
        (b"data: [END]\n\ndata: {}\n\n", None),
        (b"data:  [END]\t\n\n", None),
        (b"data: [END]", None),
        (b"data: [DONE]\n\n", errors.ResponseValidationError),
        (b"", errors.StreamTruncatedError),
        (b"event: ping\ndata: {}\n\ndata:  \n\ndata: [END]\n\n", None),
        (b"event: error\ndata: {}\n\n", errors.StreamEventError),
        (b'data: {"object": "Error", "message": "Oh no"}\n\n', errors.StreamEventError),
    ],
)
def test_a_stream_that_ends_with_a_marker(world: World, end: bytes, error: type | None) -> None:
    """A stream ends at the end marker that the operation names; events are typed whatever their `event:` line says."""
    network = seam(stream(ONE + TWO + end))
    events, raised = read(world, network, ops.SAY, words="Hi")
    assert [(event.event, event.data) for event in events] == [("message", Thing({"n": 1})), ("more", Thing({"n": 2}))]
    assert (type(raised), network.sent) == (error or type(None), {"words": "Hi", "live": True})


@each_world
@pytest.mark.parametrize(
    ("end", "names", "error"),
    [
        (b"event: bye\ndata: {}\n\nevent: more\ndata: {}\n\n", ["message", "bye"], None),
        (b"event: oops\ndata: {}\n\n", ["message"], errors.StreamEventError),
        (b"", ["message"], errors.StreamTruncatedError),
    ],
)
def test_a_stream_that_ends_with_an_event(world: World, end: bytes, names: list[str], error: type | None) -> None:
    """The `event:` line tells the event that ends a stream; that event is delivered, and nothing after it is read."""
    events, raised = read(world, seam(stream(ONE + end)), ops.WATCH)
    assert ([event.event for event in events], type(raised)) == (names, error or type(None))


@each_world
@pytest.mark.parametrize(
    ("body", "names", "error"),
    [
        (b'event: x\ndata: {"kind": "a"}\n\ndata: {"kind": "bye"}\n\n', ["a", "bye"], None),
        (b'data: {"kind": "a"}\n\nevent: b\ndata: {"n": 1}\n\nevent: bye\ndata: {}\n\n', ["a", "b", "bye"], None),
        (b'data: {"kind": "ping"}\n\nevent: ping\ndata: x\n\ndata: {"kind": "bye"}\n\n', ["bye"], None),
        (b'data: {"kind": "a"}\n\nevent: a\ndata: {"kind": "oops"}\n\n', ["a"], errors.StreamEventError),
        (b'data: {"kind": "a"}\n\nevent: oops\ndata: {}\n\n', ["a"], errors.StreamEventError),
        (b'data: {"kind": "a", "error": 1}\n\ndata: {"kind": "bye"}\n\n', ["a", "bye"], None),
        (b'data: {"kind": "a"}\n\ndata: {"n": 1}\n\n', ["a"], errors.ResponseValidationError),
        (b'data: {"kind": "a"}\n\nevent: b\ndata: [1]\n\n', ["a"], errors.ResponseValidationError),
        (b'data: {"kind": "a"}\n\nevent: b\ndata: {"k', ["a"], errors.StreamTruncatedError),
    ],
)
def test_a_stream_of_tagged_events(world: World, body: bytes, names: list[str], error: type | None) -> None:
    """The tag in the data decides an event's type, whatever its `event:` line says; without a tag the line decides."""
    events, raised = read(world, seam(stream(body)), ops.FOLLOW)
    assert ([event.event for event in events], type(raised)) == (names, error or type(None))


@each_world
def test_a_stream_without_a_family(world: World) -> None:
    """Events without a family form no answer and no text. The `partial` of an error is a list of their data."""
    with seam(stream(ONE + b"event: bye\ndata: {}\n\n")).client() as client:
        events = client._calls.stream(ops.WATCH, {})
        with pytest.raises(errors.StreamError, match="one answer"):
            _ = events.snapshot
        with pytest.raises(errors.StreamError, match="no text"):
            next(events.text())
    _, error = read(world, seam(stream(ONE + TWO)), ops.WATCH)
    assert (type(error), error.partial) == (errors.StreamTruncatedError, [{"n": 1}, {"n": 2}])


def test_what_a_stream_shows() -> None:
    """The public attributes of a stream are what users need; none shows how the stream is made."""
    shared = {
        "attempts",
        "get_final_response",
        "headers",
        "rate_limit",
        "request_id",
        "snapshot",
        "status_code",
        "text",
    }
    with seam(stream(ONE + b"data: [END]\n\n")).client() as client:
        events = client._calls.stream(ops.SAY, {"words": "Hi"})
        assert {name for name in dir(events) if name[0] != "_"} == {*shared, "close"}
        assert (events.status_code, events.attempts, response_of(events).attempts) == (200, 1, 1)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("base_url", "it is called 'server_url' here"),
        ("max_retries", "it is called 'retries' here"),
        ("timeout", "it is called 'timeout_ms' here"),
        ("extra_headers", "it is called 'http_headers' here"),
        ("idle_timeout_ms", "only streams take it"),
        ("max_tokns", "did you mean 'max_tokens'?"),
        ("qqq", "to send a field that the contract does not have, use extra_body"),
    ],
)
def test_hints_for_keywords(name: str, said: str) -> None:
    """A wrong keyword raises an error that is a TypeError and a MistralError, and says what may have been meant."""
    complete: Any = seam().client().agents.complete
    with pytest.raises(errors.InvalidArgumentError) as caught:
        complete(messages=[], agent_id="a", **{name: 1})
    assert (isinstance(caught.value, TypeError), said in str(caught.value), name in str(caught.value)) == (True,) * 3


def test_hints_for_names() -> None:
    """The error for a missing attribute of the client says which attributes have methods; `hasattr` is False.

    The error for a missing attribute of a resource says which methods the resource has.
    """
    client: Any = seam().client()
    with pytest.raises(AttributeError, match=r"^'Mistral' object has no attribute 'chat'; .* in ") as caught:
        _ = client.chat.complete
    assert {method.tag for method in METHODS} == set(str(caught.value).rpartition(" in ")[2].split(", "))
    with pytest.raises(AttributeError, match=r"^'Agents' object has no attribute 'parse_stream'; .* complete, create,"):
        _ = client.beta.agents.parse_stream
    found = [hasattr(client, "chat"), hasattr(client.agents, "completions"), hasattr(client.agents, "complete")]
    assert found == [False, False, True]


@pytest.mark.parametrize("name", ["_names", "__deepcopy__"])
def test_private_names_get_no_hint(name: str) -> None:
    """For an attribute that only Python or a tool asks for, the error has Python's own message, without a hint."""
    client = seam().client()
    for owner in (client, client.agents):
        with pytest.raises(AttributeError, match=f"^'{type(owner).__name__}' object has no attribute '{name}'$"):
            getattr(owner, name)


def test_the_error_of_a_property_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """If a property of the client raises an AttributeError, it is not taken for a missing attribute."""
    client = seam().client()
    monkeypatch.delattr(client._calls, "connections")
    with pytest.raises(AttributeError, match="'Calls' object has no attribute 'connections'"):
        _ = client.connections


def test_missing_keywords() -> None:
    """The error for missing arguments names all of them."""
    complete: Any = seam().client().agents.complete
    with pytest.raises(TypeError, match="missing: agent_id, messages"):
        complete()


def test_arguments_without_names() -> None:
    """The error for arguments without names says so, and names everything else that is wrong."""
    agents: Any = seam().client().agents
    said = r"Agents.get\(\) takes only arguments with names, and got 1 without; missing: agent_id"
    with pytest.raises(errors.MistralError, match=said):
        agents.get("ag_1")
    with pytest.raises(TypeError, match=r"Agents.parse\(\) takes only arguments with names, and got 1 without$"):
        agents.parse("ag_1")


def test_a_name_in_the_place_of_another() -> None:
    """If one argument is unknown and one is missing, the error asks whether the missing one is meant."""
    append: Any = seam().client().conversations.append
    with pytest.raises(TypeError, match=r"argument 'id'; did you mean 'conversation_id'\?; missing: conversation_id"):
        append(id="conv_1", inputs="Hi")


def test_a_deletion_is_not_answered_by_html() -> None:
    """HTML with a status of success does not mean that something was deleted; JSON or an empty body does."""
    page = seam(answer(b"<html>login</html>", 200, "text/html"))
    with page.client() as client, pytest.raises(errors.ResponseValidationError, match="html"):
        client.agents.delete(agent_id="ag_1")
    with seam(answer({}, 200)).client() as client:
        assert client.agents.delete(agent_id="ag_1") is None  # type: ignore[func-returns-value]  # that it returns None is tested
