"""`RetryClient` and `AsyncRetryClient`: httpx clients that also retry."""

from __future__ import annotations

import base64
import contextlib
import math
from collections.abc import Awaitable, Callable, Generator
from typing import Any

import anyio
import httpx
import pytest
from tools.stress.answers import Answer, Pieces

from client_settings import AT_ONCE, KEY, NO_CERTIFICATES
from completion_payloads import ANSWER, ASK
from mistral_agents import AsyncRetryClient, RetryClient, RetryConfig
from mistral_agents.errors import InvalidArgumentError
from mistral_agents.models import ChatCompletionResponse
from mistral_agents.testing import Reply, StubServer, cut, in_turn, json_reply, verbatim
from mistral_agents_api import AuthenticatedClient
from mistral_agents_api.api.agents import agents_complete
from seam import LOST, answer, seam
from virtual_network import VirtualClock
from worlds import World, each_world

URL = "http://a.test/one"
BUSY, MOVED = answer({"detail": "Busy"}, 503), answer({}, 307, location="/two")


def send(
    world: World, network: Callable[[httpx.Request], httpx.Response], settings: dict[str, Any], **request: Any
) -> httpx.Response:
    """Send a request with a RetryClient or an AsyncRetryClient, and close the client."""
    made = {"transport": httpx.MockTransport(network), "clock": VirtualClock(), **settings}
    clock = made.pop("clock")
    asked = {"method": "POST", "url": URL, "content": b"Hello", "extensions": {"idempotent": True}, **request}

    async def call() -> httpx.Response:
        async with AsyncRetryClient(**made) as client:
            client.clock = clock
            return await client.request(**asked)

    def call_blocking() -> httpx.Response:
        with RetryClient(**made) as client:
            client.clock = clock
            return client.request(**asked)

    return world.run(call_blocking, call)


@each_world
@pytest.mark.parametrize("status", [200, 204, 302, 307, 400, 401, 404, 408, 422, 429, 500, 501, 502, 503, 504, 529])
def test_statuses(world: World, status: int) -> None:
    """A status that the policy names is retried; the last response is returned unchanged, the others are closed."""
    attempts = 3 if status in RetryConfig().status_codes else 1
    network = seam(*[answer({}, status)] * (attempts - 1), answer(b"last", status, location="/two"), answer())
    response = send(world, network, {})
    assert (response.status_code, response.content, response.headers["location"]) == (status, b"last", "/two")
    assert [body.closed > 0 for body in network.bodies] == [True] * attempts


@each_world
@pytest.mark.parametrize(
    ("error", "expected"),
    [
        *[(httpx.ConnectError("no"), 3), (httpx.ConnectTimeout("late"), 3), (httpx.PoolTimeout("late"), 3), (LOST, 3)],
        *[(httpx.WriteError("lost"), 3), (httpx.RemoteProtocolError("lost"), 3), (httpx.ProxyError("no"), 3)],
        *[(httpx.ReadTimeout("late"), 1), (httpx.WriteTimeout("late"), 1), (httpx.UnsupportedProtocol("gopher"), 1)],
        *[(httpx.DecodingError("no gzip"), 1), (httpx.TooManyRedirects("again"), 1), (RuntimeError("a bug"), 1)],
        *[(ValueError("a bug"), 1), (KeyboardInterrupt(), 1)],
    ],
    ids=repr,
)
def test_error_is_httpx_own(world: World, error: BaseException, expected: int) -> None:
    """After the last attempt httpx's own error is raised; an error that is not a lost connection is not retried."""
    requests: list[httpx.Request] = []

    def fail(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        raise error

    with pytest.raises(type(error)) as caught:
        send(world, fail, {})
    assert (caught.value is error, len(requests)) == (True, expected)


@each_world
@pytest.mark.parametrize(
    ("method", "failure", "expected"),
    [
        *[("POST", BUSY, 3), ("POST", LOST, 1), ("POST", answer({}, 504), 1), ("POST", httpx.ConnectError("no"), 3)],
        *[("GET", LOST, 3), ("PUT", answer({}, 504), 3), ("DELETE", LOST, 3), ("PATCH", LOST, 1)],
    ],
)
def test_methods_that_are_not_idempotent(world: World, method: str, failure: Answer | Exception, expected: int) -> None:
    """A request whose method is not idempotent is retried only if the service certainly did not act on it."""
    network = seam(failure)
    with contextlib.suppress(httpx.HTTPError):
        send(world, network, {}, method=method, extensions={})
    assert len(network.requests) == expected


@each_world
@pytest.mark.parametrize("first", [BUSY, LOST, Answer(200, {}, (b"half", LOST))], ids=["busy", "lost", "half"])
def test_success_after_failures(world: World, first: Answer | Exception) -> None:
    """A request that fails, even within the body of its answer, is retried until it is answered."""
    network = seam(first, first, answer())
    assert (send(world, network, {}).json(), len(network.requests)) == (ANSWER, 3)


@each_world
def test_the_budget(world: World) -> None:
    """All requests of one client share twenty retries."""
    network, requests = seam(BUSY), 30

    async def call() -> None:
        async with AsyncRetryClient(transport=httpx.MockTransport(network)) as client:
            client.clock = VirtualClock()
            for _ in range(requests):
                await client.get(URL)

    def call_blocking() -> None:
        with RetryClient(transport=httpx.MockTransport(network), verify=NO_CERTIFICATES) as client:
            client.clock = VirtualClock()
            for _ in range(requests):
                client.get(URL)

    world.run(call_blocking, call)
    assert len(network.requests) == requests + 20


@each_world
@pytest.mark.parametrize(
    ("settings", "expected"), [({}, 3), ({"retry_config": None}, 1), ({"retry_config": RetryConfig(max_attempts=5)}, 5)]
)
def test_the_policy_decides(world: World, settings: dict[str, Any], expected: int) -> None:
    """The policy sets the number of attempts: three by default, and one if the policy is None."""
    network = seam(BUSY)
    assert (send(world, network, settings).status_code, len(network.requests)) == (503, expected)


@pytest.mark.parametrize("client", [RetryClient, AsyncRetryClient])
@pytest.mark.parametrize("policy", [{"max_attempts": 3}, 3, "none", False])
def test_a_policy_of_another_type(client: Any, policy: object) -> None:
    """Something that is not a policy is refused when the client is made, not when a request is sent."""
    with pytest.raises(InvalidArgumentError, match="retry_config"):
        client(retry_config=policy, verify=NO_CERTIFICATES)


@each_world
@pytest.mark.parametrize(
    ("asked", "waits"), [("7", [7.25, 7.5]), ("0", [0.25, 0.5]), ("soon", [0.25, 0.5]), ("61", [])]
)
def test_retry_after(world: World, asked: str, waits: list[float]) -> None:
    """The client waits for `Retry-After` plus the usual jitter; if that is over a minute, it returns the answer."""
    clock, network = VirtualClock(), seam(answer({}, 429, retry_after=asked))
    assert send(world, network, {"clock": clock}).headers["retry-after"] == asked
    assert ([seconds for _, seconds in clock.sleeps], len(network.requests)) == (waits, len(waits) + 1)


@each_world
@pytest.mark.parametrize("body", [{"content": b"\x00\xff"}, {"json": ASK}, {"data": {"a": "1"}}, {"content": None}])
def test_the_same_is_sent_again(world: World, body: dict[str, Any]) -> None:
    """Each attempt sends the same headers and the same body."""
    seen: list[tuple[httpx.Headers, bytes]] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append((httpx.Headers(request.headers), request.content))
        return httpx.Response(503)

    send(world, respond, {}, **{"content": None, **body}, headers={"X-One": "1"})
    assert seen == seen[:1] * 3


@each_world
@pytest.mark.parametrize("failure", [BUSY, LOST])
def test_a_body_that_cannot_be_read_twice(world: World, failure: Answer | Exception) -> None:
    """A request whose body is an iterator is sent once, whatever the outcome is."""
    network, pieces = seam(failure), iter([b"one", b"two"])
    with contextlib.suppress(httpx.ReadError):
        send(world, network, {}, content=pieces if world.backend is None else Pieces(pieces))
    assert [request.content for request in network.requests] == [b"onetwo"]


@each_world
@pytest.mark.parametrize("last", [answer(b"all of it"), answer(b"all of it", 503), answer(b"all of it", 404)])
def test_streamed_answers(world: World, last: Answer) -> None:
    """With `stream()`, answers of retried attempts are closed unread; the last one is open and not read yet."""
    network = seam(BUSY, BUSY, last)
    settings: dict[str, Any] = {"retry_config": AT_ONCE, "transport": httpx.MockTransport(network)}

    async def call() -> tuple[list[int], bytes]:
        async with AsyncRetryClient(**settings) as client, client.stream("POST", URL) as response:
            return [body.closed for body in network.bodies], await response.aread()

    def call_blocking() -> tuple[list[int], bytes]:
        with RetryClient(**settings) as client, client.stream("POST", URL) as response:
            return [body.closed for body in network.bodies], response.read()

    assert world.run(call_blocking, call) == ([1, 1, 0], b"all of it")
    assert [body.closed > 0 for body in network.bodies] == [True] * 3


@each_world
def test_redirects_that_are_followed(world: World) -> None:
    """With `follow_redirects`, an attempt includes its redirects; the next attempt begins with the first address."""
    network = seam(MOVED, BUSY, MOVED, answer())
    response = send(world, network, {"follow_redirects": True})
    assert ([request.url.path for request in network.requests], response.json()) == (["/one", "/two"] * 2, ANSWER)
    assert [response.status_code for response in response.history] == [307]
    assert {request.content for request in network.requests} == {b"Hello"}


class Challenged(httpx.Auth):
    """Sends the key only after an answer 401."""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers.pop("authorization", None)
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED:
            request.headers["authorization"] = KEY
            yield request


@each_world
@pytest.mark.parametrize(
    ("auth", "statuses", "expected"),
    [
        (("user", "word"), [503, 503, 200], [f"Basic {base64.b64encode(b'user:word').decode()}"] * 3),
        (Challenged(), [401, 503, 401, 200], [None, KEY, None, KEY]),
        (Challenged(), [503, 401, 401], [None, None, KEY]),
    ],
)
def test_auth_flows(world: World, auth: Any, statuses: list[int], expected: list[str | None]) -> None:
    """Every attempt goes through the whole auth flow."""
    left, seen = statuses.copy(), list[str | None]()

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("authorization"))
        return httpx.Response(left.pop(0))

    assert (send(world, respond, {"auth": auth}).status_code, seen) == (statuses[-1], expected)


def hook(world: World, done: Callable[[Any], object]) -> Callable[[Any], Awaitable[None] | None]:
    """Make an event hook, blocking or asynchronous."""

    async def hook_async(it: Any) -> None:
        done(it)

    return hook_async if world.backend is not None else done  # type: ignore[return-value]  # httpx ignores what a hook returns


@each_world
def test_event_hooks(world: World) -> None:
    """Event hooks see every attempt."""
    seen: list[Any] = []
    hooks = {kind: [hook(world, lambda it: seen.append(type(it)))] for kind in ("request", "response")}
    send(world, seam(BUSY, answer()), {"event_hooks": hooks})
    assert seen == [httpx.Request, httpx.Response] * 2


@each_world
@pytest.mark.parametrize(("status", "expected"), [(503, 3), (404, 1)])
def test_a_hook_that_raises_for_the_status(world: World, status: int, expected: int) -> None:
    """An error of `raise_for_status` in a hook is retried like its status, and raised after the last attempt."""
    network = seam(answer({}, status))
    with pytest.raises(httpx.HTTPStatusError) as caught:
        send(world, network, {"event_hooks": {"response": [hook(world, httpx.Response.raise_for_status)]}})
    closed = [body.closed > 0 for body in network.bodies]
    assert (caught.value.response.status_code, closed) == (status, [True] * expected)


@each_world
def test_a_closed_client(world: World) -> None:
    """A request with a closed client raises an error at once; nothing is sent."""
    network = seam()
    blocking = RetryClient(transport=httpx.MockTransport(network))
    awaiting = AsyncRetryClient(transport=httpx.MockTransport(network))

    async def call() -> None:
        await awaiting.aclose()
        await awaiting.post(URL)

    def call_blocking() -> None:
        blocking.close()
        blocking.post(URL)

    with pytest.raises(RuntimeError, match="closed"):
        world.run(call_blocking, call)
    assert network.requests == []


@pytest.mark.anyio
@pytest.mark.parametrize("during", ["attempt", "wait"])
async def test_cancelling(during: str) -> None:
    """A request that is cancelled during an attempt, or during the wait after it, ends there."""
    requests: list[httpx.Request] = []

    async def cancel(_: object) -> None:
        scope.cancel()
        await anyio.sleep(math.inf)

    async def respond(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        if during == "attempt":
            await cancel(request)
        return httpx.Response(503)

    client: Any = AsyncRetryClient(transport=httpx.MockTransport(respond))
    client.clock.sleep_async = cancel
    with anyio.CancelScope() as scope:
        await client.post(URL)
    assert (scope.cancelled_caught, len(requests)) == (True, 1)


@each_world
@pytest.mark.parametrize("failure", [json_reply({}, 503), cut(json_reply({}), 1), cut(verbatim(json_reply({})), 0)])
def test_with_the_generated_client(world: World, failure: Reply) -> None:
    """The generated client retries over real connections, with its key, and returns the last answer as a model."""
    settings: Any = {"httpx_client_class": RetryClient, "async_httpx_client_class": AsyncRetryClient}
    settings["httpx_args"] = {"retry_config": AT_ONCE, "trust_env": False, "verify": NO_CERTIFICATES}
    body: Any = ASK

    async def call() -> Any:
        async with client:
            return await agents_complete.asyncio(client=client, body=body)

    def call_blocking() -> Any:
        with client:
            return agents_complete.sync(client=client, body=body)

    with StubServer(respond=in_turn(failure, failure, None)) as stub:
        client = AuthenticatedClient(stub.url, token=KEY, **settings)
        parsed = world.run(call_blocking, call)
    assert isinstance(parsed, ChatCompletionResponse)
    sent = [(request.json, request.headers["authorization"]) for request in stub.requests]
    assert sent == [(ASK, f"Bearer {KEY}")] * 3
