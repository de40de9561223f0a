"""Reads all pages of `list_pages` with both clients, each in its own way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .service import Reply, Service

AGENT = {
    "object": "agent",
    "name": "Tour guide",
    "model": "mistral-medium-latest",
    "version": 0,
    "versions": [0],
    "created_at": "2026-10-05T14:45:48.416223Z",
    "updated_at": "2026-10-05T14:45:48.416223Z",
    "deployment_chat": False,
    "source": "api",
}
# Full pages, because the SDK stops at a page shorter than `page_size`; our client goes on until there is no token.
TOKENS = ("a/+=", "b", "")
SIZE = 2


def problems(service: Service, ours: Any, theirs: Any) -> Iterator[str]:
    """Yield the differences in the pages that the clients ask for, and in the agents that they get."""
    results: list[tuple[list[str], list[str]]] = []
    for walk, client in ((_walk_ours, ours), (_walk_theirs, theirs)):
        service.received.clear()
        service.replies = list(map(_page, range(len(TOKENS))))
        agents = walk(client)
        results.append((agents, [each.query.get("page_token", [""])[0] for each in service.received]))
    expected = [f"ag_{number}" for number in range(SIZE * len(TOKENS))], ["", *TOKENS[:-1]]
    if results != [expected, expected]:
        yield f"expected {expected}, ours {results[0]}, theirs {results[1]}"


def _walk_ours(client: Any) -> list[str]:
    return [agent.id for agent in client.beta.agents.list_pages(page_size=SIZE)]


def _walk_theirs(client: Any) -> list[str]:
    agents: list[str] = []
    page = client.beta.agents.list_pages(page_size=SIZE)
    while page is not None:
        agents += [agent.id for agent in page.result.data]
        page = page.next()
    return agents


def _page(number: int) -> Reply:
    data = [{**AGENT, "id": f"ag_{number * SIZE + place}"} for place in range(SIZE)]
    body = {"object": "list", "data": data, "next_page_token": TOKENS[number] or None}
    return Reply(200, "application/json", json.dumps(body).encode())


__all__ = ["problems"]
