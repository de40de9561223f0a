"""The compiled package's client: what `with_headers`, `with_cookies` and `with_timeout` change and what they keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from client_settings import KEY
from completion_payloads import ANSWER, ASK
from mistral_agents_api import AuthenticatedClient
from mistral_agents_api.api.agents import agents_complete
from worlds import World, each_world

BODY: Any = ASK
Change = Callable[[AuthenticatedClient], AuthenticatedClient]


def ask(world: World, client: AuthenticatedClient) -> int:
    """Make one call and return its status."""

    async def call() -> int:
        return (await agents_complete.asyncio_detailed(client=client, body=BODY)).status_code

    return world.run(lambda: agents_complete.sync_detailed(client=client, body=BODY).status_code, call)


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (lambda client: client.with_headers({"X-Two": "2"}), {"x-two": "2"}),
        (lambda client: client.with_cookies({"b": "2"}), {"cookie": "own=1; a=1; b=2"}),
        (lambda client: client.with_timeout(7), {"timeout": {"connect": 7, "read": 7, "write": 7, "pool": 7}}),
        (lambda client: client.with_timeout(7).with_headers({"X-Two": "2"}), {"x-two": "2", "timeout": 7}),
        (lambda client: client.with_headers({"X-Two": "2"}).with_cookies({"b": "2"}), {"x-two": "2", "cookie": ""}),
    ],
    ids=["headers", "cookies", "timeout", "timeout and headers", "headers and cookies"],
)
@each_world
def test_changes_keep_the_httpx_client_that_was_set(world: World, change: Change, seen: dict[str, Any]) -> None:
    """A changed client sends through the httpx client that was set, with its changes; the original stays unchanged."""
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json=ANSWER)

    settings: dict[str, Any] = {"base_url": "https://own.test", "transport": httpx.MockTransport(answer)}
    settings |= {"cookies": {"own": "1"}, "timeout": 3}
    own, own_async = httpx.Client(**settings), httpx.AsyncClient(**settings)
    original = AuthenticatedClient("https://agents.test", token=KEY, cookies={"a": "1"}, headers={"X-One": "1"})
    original.set_httpx_client(own).set_async_httpx_client(own_async)
    statuses = [ask(world, client) for client in (original, change(original), original)]
    before, changed, after = requests
    assert statuses == [200] * 3
    assert {request.url.host for request in requests} == {"own.test"}
    assert {request.headers["authorization"] for request in requests} == {f"Bearer {KEY}"}
    assert (changed.headers["x-one"], before.headers == after.headers) == ("1", True)
    assert before.extensions["timeout"] == after.extensions["timeout"] == httpx.Timeout(3).as_dict()
    shown = {**changed.headers, "timeout": changed.extensions["timeout"]}
    for name, expected in seen.items():
        whole = {"timeout": httpx.Timeout(7).as_dict(), "cookie": "own=1; a=1; b=2"}
        assert shown[name] == whole.get(name, expected)
