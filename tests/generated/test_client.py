"""The generated client alone: over real connections to the stub, and with answers that the stub does not give."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from client_settings import KEY
from mistral_agents.testing import StubServer
from mistral_agents_api import AuthenticatedClient, models
from mistral_agents_api.api.agents import agents_complete
from mistral_agents_api.errors import StructureError, UnexpectedStatus
from mistral_agents_api.sending import Response
from worlds import WORLDS, World, each_world

TEXT = "What is the capital of France?"
QUESTION: models.UserMessageDict = {"role": "user", "content": TEXT}
ASK: Any = {"agent_id": "ag_1", "messages": [QUESTION]}
BODIES: dict[str, Any] = {
    "dict": ASK,
    "model": models.AgentsCompletionRequest(agent_id="ag_1", messages=[models.UserMessage(content=TEXT)]),
    "mixed": models.AgentsCompletionRequest(agent_id="ag_1", messages=(QUESTION,)),
    "model in a dict": {"agent_id": "ag_1", "messages": [models.UserMessage(content=TEXT)]},
}
HTML = b"<html><body>Bad gateway</body></html>"
ERROR = json.dumps({"object": "error", "message": "too busy", "code": "3505"}).encode()


def ask(world: World, client: AuthenticatedClient, body: Any = ASK) -> Response[Any]:
    """Make one call and close the client."""

    async def call() -> Response[Any]:
        async with client:
            return await agents_complete.asyncio_detailed(client=client, body=body)

    def call_blocking() -> Response[Any]:
        with client:
            return agents_complete.sync_detailed(client=client, body=body)

    return world.run(call_blocking, call)


def client_of(stub: StubServer, **settings: Any) -> AuthenticatedClient:
    """Return a client of the stub that ignores proxies in the environment."""
    return AuthenticatedClient(stub.url, token=KEY, httpx_args={"trust_env": False}, **settings)


def answering(status: int, content: bytes, **settings: Any) -> AuthenticatedClient:
    """Return a client whose transport gives every request this answer."""
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=content))
    return AuthenticatedClient("https://a.test", token=KEY, httpx_args={"transport": transport}, **settings)


@each_world
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_answer_is_typed(stub: StubServer, world: World, body: Any) -> None:
    """The request fits the contract, whether it was given as models or as dicts, and the answer is a model."""
    response = ask(world, client_of(stub), body)
    assert [(request.json, request.errors) for request in stub.requests] == [(ASK, [])]
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    assert isinstance(response.parsed, models.ChatCompletionResponse)
    assert str(response.parsed.choices[0].message.content).startswith("Paris")
    assert json.loads(response.content) == response.parsed.to_dict()


@each_world
def test_short_form_returns_the_answer_alone(stub: StubServer, world: World) -> None:
    """`sync` and `asyncio` return what the detailed forms have as `parsed`."""
    client = client_of(stub)

    async def call() -> Any:
        async with client:
            return await agents_complete.asyncio(client=client, body=ASK)

    def call_blocking() -> Any:
        with client:
            return agents_complete.sync(client=client, body=ASK)

    assert world.run(call_blocking, call) == ask(world, client_of(stub)).parsed


@each_world
def test_refused_key_is_typed(stub: StubServer, world: World) -> None:
    """Status 401 gives an ErrorResponse."""
    response = ask(world, client_of(stub, prefix="Basic"))
    assert (response.status_code, response.parsed) == (401, models.ErrorResponse(detail="Unauthorized"))


@each_world
def test_refused_form_is_typed(stub: StubServer, world: World) -> None:
    """Status 422 gives an HTTPValidationErrorBody, each mistake in it a ValidationError."""
    response = ask(world, client_of(stub), {"messages": [QUESTION]})
    assert response.status_code == 422
    assert isinstance(response.parsed, models.HTTPValidationErrorBody)
    assert isinstance(response.parsed.detail, list)
    (mistake,) = response.parsed.detail
    assert isinstance(mistake, models.ValidationError)
    assert "agent_id" in json.dumps(mistake.to_dict())


@each_world
@pytest.mark.parametrize("raises", [False, True], ids=["quiet", "raising"])
@pytest.mark.parametrize("status", [400, 418, 499, 500, 529, 599])
def test_every_error_status_is_typed(world: World, status: int, *, raises: bool) -> None:
    """Any status 4xx or 5xx gives an ErrorResponse, also a status for which Python has no name."""
    response = ask(world, answering(status, ERROR, raise_on_unexpected_status=raises))
    assert (response.status_code, response.content) == (status, ERROR)
    assert response.parsed == models.ErrorResponse.from_dict(json.loads(ERROR))


@each_world
@pytest.mark.parametrize("status", [201, 204, 299, 302, 399, 600, 999])
def test_status_outside_the_contract(world: World, status: int) -> None:
    """A status that is not in the contract gives None, or raises UnexpectedStatus if the client is told to raise."""
    quiet = ask(world, answering(status, HTML))
    assert (quiet.status_code, quiet.parsed, quiet.content) == (status, None, HTML)
    with pytest.raises(UnexpectedStatus, match=f"status {status} is not in the contract: <html>") as caught:
        ask(world, answering(status, HTML, raise_on_unexpected_status=True))
    assert (caught.value.status_code, caught.value.content) == (status, HTML)


@each_world
@pytest.mark.parametrize(
    "content",
    [
        *(HTML, b"", b"\xff\xfe", b"[]", b"null", b'"text"', b'{"detail": {}}', b'{"detail": [7]}'),
        b'{"code": ' + b"1" * 5_000 + b"}",
    ],
    ids=["html", "empty", "not text", "list", "null", "text", "detail object", "detail numbers", "huge number"],
)
@pytest.mark.parametrize("status", [401, 422, 500, 529])
def test_error_body_of_another_form_keeps_the_status(world: World, status: int, content: bytes) -> None:
    """If an error body does not fit the contract, `parsed` is None; status and bytes are kept."""
    response = ask(world, answering(status, content))
    assert (response.status_code, response.parsed, response.content) == (status, None, content)


@each_world
def test_error_body_nested_too_deep_keeps_the_status(world: World) -> None:
    """If an error body is nested too deep to be read, `parsed` is None; status and bytes are kept."""
    content = b"[" * 200_000
    response = ask(world, answering(503, content))
    assert (response.status_code, response.parsed, response.content) == (503, None, content)


@each_world
@pytest.mark.parametrize("depth", [201, 700, 100_000])
def test_answer_nested_too_deep_is_refused(world: World, depth: int) -> None:
    """An answer of more than 200 levels raises ValueError on every Python, before a model is made that fails later."""
    with pytest.raises(ValueError, match=r"^the answer is nested deeper than 200 levels: check base_url$"):
        ask(world, answering(200, b'{"extra": ' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"))


@each_world
def test_answer_of_another_structure_is_refused(world: World) -> None:
    """An answer with status 200 and a wrong structure raises a StructureError that names the place."""
    with pytest.raises(StructureError, match=r"^choices\[0\]: expected an object \(ChatCompletionChoice\), got null"):
        ask(world, answering(200, b'{"choices": [null]}'))


@each_world
def test_key_goes_with_each_request(stub: StubServer, world: World) -> None:
    """The key and the client's headers are also sent through a user's httpx client, which stays open."""
    client = AuthenticatedClient("http://unused.test", token=KEY, headers={"X-One": "1", "authorization": ""})

    def blocking() -> tuple[int, bool]:
        with httpx.Client(base_url=stub.url, trust_env=False) as own:
            return ask(world, client.set_httpx_client(own)).status_code, own.is_closed

    async def awaiting() -> tuple[int, bool]:
        async with httpx.AsyncClient(base_url=stub.url, trust_env=False) as own:
            async with client.set_async_httpx_client(own):
                response = await agents_complete.asyncio_detailed(client=client, body=ASK)
            return response.status_code, own.is_closed

    assert world.run(blocking, awaiting) == (200, False)
    (request,) = stub.requests
    assert (request.headers["authorization"], request.headers["x-one"]) == (f"Bearer {KEY}", "1")


@each_world
def test_header_and_prefix_of_the_key_can_be_chosen(world: World) -> None:
    """The user can choose the header that has the key, and the prefix before the key."""
    seen: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(204)

    transport: dict[str, Any] = {"transport": httpx.MockTransport(answer)}
    settings: dict[str, Any] = {"token": KEY, "auth_header_name": "X-Key", "prefix": "", "httpx_args": transport}
    ask(world, AuthenticatedClient("https://a.test", **settings))
    assert [(headers.get("x-key"), headers.get("authorization")) for headers in seen] == [(KEY, None)]


@each_world
def test_body_has_its_length_and_no_transfer_encoding(world: World) -> None:
    """Every body is sent with its length; a Transfer-Encoding header of the user's httpx client is not sent."""
    seen: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(204)

    settings: dict[str, Any] = {"transport": httpx.MockTransport(answer), "headers": {"Transfer-Encoding": "chunked"}}
    ask(world, AuthenticatedClient("https://a.test", token=KEY, httpx_args=settings))
    assert [headers.keys() & {"content-length", "transfer-encoding"} for headers in seen] == [{"content-length"}]


@each_world
@pytest.mark.parametrize(
    ("changed", "header", "value"),
    [
        (lambda client: client.with_headers({"X-Two": "2"}), "x-two", "2"),
        (lambda client: client.with_cookies({"b": "2"}), "cookie", "a=1; b=2"),
        (lambda client: client.with_timeout(httpx.Timeout(7)), "x-one", "1"),
    ],
    ids=["headers", "cookies", "timeout"],
)
def test_changed_client_is_a_new_one(
    stub: StubServer,
    world: World,
    changed: Callable[[AuthenticatedClient], AuthenticatedClient],
    header: str,
    value: str,
) -> None:
    """`with_...` returns a new client with its own connections, and does not change the client that it is called on."""
    settings: dict[str, Any] = {"headers": {"X-One": "1"}, "cookies": {"a": "1"}, "timeout": 9}
    original, expected = client_of(stub, **settings), client_of(stub, **settings)

    def blocking() -> None:
        with original:
            agents_complete.sync(client=original, body=ASK)
            ask(world, changed(original))
            agents_complete.sync(client=original, body=ASK)

    async def awaiting() -> None:
        async with original, changed(original) as other:
            await agents_complete.asyncio(client=original, body=ASK)
            await agents_complete.asyncio(client=other, body=ASK)
            await agents_complete.asyncio(client=original, body=ASK)

    world.run(blocking, awaiting)
    before, other, after = stub.requests
    assert other.headers[header] == value
    assert other.headers["x-one"] == "1"
    assert dict(before.headers) == dict(after.headers)
    assert (before.connection, other.connection, after.connection) == (0, 1, 0)
    assert (original, original.timeout, changed(original) == original) == (expected, 9, False)


def test_class_of_the_httpx_client_can_be_given(stub: StubServer) -> None:
    """The client makes its httpx client from the class that was given."""

    class Counting(httpx.Client):
        sent = 0

        def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
            type(self).sent += 1
            return super().send(request, **options)

    client = client_of(stub, httpx_client_class=Counting)
    assert (ask(WORLDS[0], client).status_code, Counting.sent) == (200, 1)


@pytest.mark.parametrize(
    ("base_url", "token"),
    [(f"https://user:{KEY}@a.test", "t"), ("ftp://a.test", "t"), ("a.test", "t"), ("https://a.test", f"{KEY}\r\nX: 1")],
)
def test_bad_address_or_key_is_not_quoted(base_url: str, token: str) -> None:
    """An invalid address or key raises a ValueError whose message does not quote the secret."""
    with pytest.raises(ValueError, match=r"address|header") as caught:
        ask(WORLDS[0], AuthenticatedClient(base_url, token=token))
    assert KEY not in str(caught.value)
