"""What the stub keeps and shows of agents and conversations, in detail: pages, versions, entries, settings, usage."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from mistral_agents.testing import (
    StubServer,
    by_operation,
    function_call,
    handoff,
    in_turn,
    outputs,
    tool_execution,
)

ASK = {"inputs": "Is it raining in Lyon?", "model": "m"}


def function(name: str) -> dict[str, Any]:
    """Return a tool without parameters."""
    return {"type": "function", "function": {"name": name, "parameters": {"type": "object", "properties": {}}}}


def started(http: httpx.Client, **body: Any) -> str:
    """Start a conversation; return its path."""
    answer = http.post("/v1/conversations", json={**ASK, **body})
    assert answer.status_code == 200
    return f"/v1/conversations/{answer.json()['conversation_id']}"


def restarted(http: httpx.Client, path: str, **body: Any) -> dict[str, Any]:
    """Restart a conversation from its first entry, and return the new one."""
    first = http.get(f"{path}/history").json()["entries"][0]["id"]
    answer = http.post(f"{path}/restart", json={"from_entry_id": first, "inputs": "Again?", **body})
    assert answer.status_code == 200
    shown: dict[str, Any] = http.get(f"/v1/conversations/{answer.json()['conversation_id']}").json()
    return shown


@pytest.mark.parametrize(("size", "lengths"), [(2, [2, 2, 1, 0]), (5, [5, 0, 0, 0]), (9, [5, 0, 0, 0])])
def test_pages_of_conversations_and_versions(http: httpx.Client, size: int, lengths: list[int]) -> None:
    """Conversations and versions are listed page by page, the newest first."""
    agent = http.post("/v1/agents", json={"model": "m", "name": "A"}).json()["id"]
    for number in range(1, 5):
        http.patch(f"/v1/agents/{agent}", json={"instructions": str(number)})
    paths = [started(http, name=str(number)) for number in range(5)]
    for path, field, wanted in (
        ("/v1/conversations", "name", ["4", "3", "2", "1", "0"]),
        (f"/v1/agents/{agent}/versions", "version", [4, 3, 2, 1, 0]),
    ):
        pages = [http.get(path, params={"page": page, "page_size": size}).json() for page in range(4)]
        assert [len(page) for page in pages] == lengths
        assert [each[field] for page in pages for each in page] == wanted
    assert len(set(paths)) == 5


@pytest.mark.parametrize(("path", "size"), [("/v1/agents", 20), ("/v1/agents/{id}/versions", 20)])
def test_page_without_a_size(http: httpx.Client, stub: StubServer, path: str, size: int) -> None:
    """If a request names no page size, a page has as many items as the contract says."""
    *_, agent = [stub.agents.add(name=str(number), model="m")["id"] for number in range(size + 1)]
    for _ in range(size):
        stub.agents.change(agent, {})
    pages = [http.get(path.format(id=agent), params={"page": page}).json() for page in range(2)]
    assert [len(page) for page in pages] == [size, 1]


def test_page_of_conversations_without_a_size(http: httpx.Client, stub: StubServer) -> None:
    """If a request names no page size, a page has up to 100 conversations."""
    for _ in range(101):
        started(http)
    pages = [http.get("/v1/conversations", params={"page": page}).json() for page in range(2)]
    assert [len(page) for page in pages] == [100, 1]
    assert len(stub.conversations) == 101


def test_messages_are_the_entries_that_somebody_said(http: httpx.Client, stub: StubServer) -> None:
    """The messages of a conversation are its entries without function calls, results, tool runs and handoffs."""
    stub.respond = by_operation(
        conversations_start=outputs(tool_execution("web_search"), "Well.", function_call("f", id="c1")),
        conversations_append=outputs(handoff("ag_2"), "It rains."),
    )
    path = started(http)
    result = {"type": "function.result", "tool_call_id": "c1", "result": "rain"}
    assert http.post(path, json={"inputs": [result]}).status_code == 200
    history = http.get(f"{path}/history").json()
    messages = http.get(f"{path}/messages").json()
    assert [each["type"] for each in history["entries"]] == [
        *("message.input", "tool.execution", "message.output", "function.call"),
        *("function.result", "agent.handoff", "message.output"),
    ]
    assert [each["content"] for each in messages["messages"]] == [ASK["inputs"], "Well.", "It rains."]
    which = path.rpartition("/")[2]
    assert (history["object"], history["conversation_id"]) == ("conversation.history", which)
    assert (messages["object"], messages["conversation_id"]) == ("conversation.messages", which)


def test_older_version_of_an_agent(http: httpx.Client, stub: StubServer) -> None:
    """Each version of an agent can be read as it was, by its number and by an alias."""
    agent = stub.agents.add(name="A", model="m", instructions="zero")["id"]
    for text in ("one", "two"):
        http.patch(f"/v1/agents/{agent}", json={"instructions": text})
    http.put(f"/v1/agents/{agent}/aliases", params={"alias": "first", "version": 0})
    shown = [http.get(f"/v1/agents/{agent}/versions/{each}").json() for each in (0, 1, 2, "first")]
    assert [(each["version"], each["instructions"]) for each in shown] == [
        (0, "zero"),
        (1, "one"),
        (2, "two"),
        (0, "zero"),
    ]
    assert [each["versions"] for each in shown] == [[0, 1, 2]] * 4


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    ("version", "called"), [(None, "new"), (0, "old"), ("0", "old"), ("stable", "old"), (1, "new")]
)
def test_version_that_a_start_names(
    http: httpx.Client,
    stub: StubServer,
    version: object,
    called: str,
    streamed: bool,  # noqa: FBT001  # pytest passes it by name
) -> None:
    """A conversation uses the version of the agent that the request names, or else the current one, and shows it."""
    stub.agents.add(id="ag_1", name="A", model="m-old", tools=[function("old")])
    stub.agents.change("ag_1", {"model": "m-new", "tools": [function("new")]})
    stub.agents.name_version("ag_1", "stable", 0)
    body = {"agent_id": "ag_1", "agent_version": version, "inputs": "Go", "stream": streamed}
    assert http.post("/v1/conversations", json=body).status_code == 200
    (which,) = stub.conversations
    assert stub.conversations[which]["agent_version"] == version
    call = stub.conversations.entries(which)[-1]
    assert (call["name"], call["model"], call["agent_id"]) == (called, f"m-{called}", "ag_1")


@pytest.mark.parametrize(
    ("body", "version", "called"),
    [({}, 1, "new"), ({"agent_version": 0}, 0, "old"), ({"agent_version": "a"}, "a", "old")],
)
def test_version_that_a_restart_names(
    http: httpx.Client, stub: StubServer, body: dict[str, Any], version: object, called: str
) -> None:
    """A restarted conversation has the agent's version that the request names, or else that of the old conversation."""
    stub.agents.add(id="ag_1", name="A", model="m", tools=[function("old")])
    stub.agents.change("ag_1", {"tools": [function("new")]})
    stub.agents.name_version("ag_1", "a", 0)
    path = started(http, model=None, agent_id="ag_1", agent_version=1)
    shown = restarted(http, path, **body)
    assert (shown["agent_id"], shown["agent_version"]) == ("ag_1", version)
    assert stub.conversations.entries(shown["id"])[-1]["name"] == called
    assert http.get(path).json()["agent_version"] == 1


def test_settings_that_a_restart_replaces(http: httpx.Client) -> None:
    """A restart replaces metadata and guardrails if it names them; otherwise they stay, as everything else does."""
    first, other = [[{"block_on_error": value}] for value in (True, False)]
    path = started(http, metadata={"a": 1}, guardrails=first, name="N", instructions="I")
    before = http.get(path).json()
    same = restarted(http, path)
    changed = restarted(http, path, metadata={"b": 2}, guardrails=other)
    new = {"id", "created_at", "updated_at"}
    assert {name: value for name, value in same.items() if name not in new} == {
        name: value for name, value in before.items() if name not in new
    }
    assert (changed["metadata"], changed["guardrails"]) == ({"b": 2}, other)
    assert (changed["name"], changed["instructions"], changed["model"]) == ("N", "I", "m")
    assert http.get(path).json() == before


@pytest.mark.parametrize("streamed", [False, True])
def test_handoff_names_the_agent_before(http: httpx.Client, stub: StubServer, streamed: bool) -> None:  # noqa: FBT001  # the same
    """A handoff comes from the agent of the conversation, unless the script names another one."""
    stub.agents.add(id="ag_1", name="Guide", model="m")
    named = handoff("ag_3", "Third", previous_agent_id="ag_2", previous_agent_name="Second")
    stub.respond = in_turn(outputs(handoff("ag_2", "Second"), named))
    body = {"agent_id": "ag_1", "inputs": "Go", "stream": streamed}
    assert http.post("/v1/conversations", json=body).status_code == 200
    (which,) = stub.conversations
    entries = stub.conversations.entries(which)[1:]
    fields = ("previous_agent_id", "previous_agent_name", "next_agent_id", "next_agent_name")
    assert [[each[field] for field in fields] for each in entries] == [
        ["ag_1", "Guide", "ag_2", "Second"],
        ["ag_2", "Second", "ag_3", "Third"],
    ]


@pytest.mark.parametrize(("decision", "status"), [("allow", "allowed"), ("deny", "denied")])
def test_decision_is_kept(http: httpx.Client, stub: StubServer, decision: str, status: str) -> None:
    """A confirmation is kept with the call that waited for it, and with no other."""
    waiting = [function_call("send", confirmation="pending", id=each) for each in ("c1", "c2")]
    stub.respond = by_operation(conversations_start=outputs(*waiting), conversations_append=outputs("Done."))
    path = started(http)
    decisions = [{"tool_call_id": "c1", "confirmation": decision}, {"tool_call_id": "c2", "confirmation": "allow"}]
    assert http.post(path, json={"tool_confirmations": decisions}).status_code == 200
    calls = [each for each in http.get(f"{path}/history").json()["entries"] if each["type"] == "function.call"]
    assert [(each["tool_call_id"], each["confirmation_status"]) for each in calls] == [
        ("c1", status),
        ("c2", "allowed"),
    ]


def test_completion_args_of_a_request(http: httpx.Client, stub: StubServer) -> None:
    """A completion argument of an append replaces that of the agent, only for this answer. A null changes nothing."""
    stub.agents.add(id="ag_1", name="A", model="m", completion_args={"stop": "answer"})
    path = started(http, model=None, agent_id="ag_1", inputs="abc")

    def said(args: Any) -> str:
        answer = http.post(path, json={"inputs": "abc", "completion_args": args}).json()
        return str(answer["outputs"][0]["content"])

    assert stub.conversations.entries(path.rpartition("/")[2])[1]["content"] == "This is the "
    assert said({"stop": "is the"}) == "This "
    assert said({"max_tokens": 2}) == "This is"
    assert said({"stop": None}) == said({}) == "This is the "


def test_completion_args_of_a_start(http: httpx.Client, stub: StubServer) -> None:
    """Completion arguments of a start hold for the whole conversation."""
    path = started(http, inputs="abc", completion_args={"stop": "answer"})
    http.post(path, json={"inputs": "abc"})
    entries = stub.conversations.entries(path.rpartition("/")[2])
    assert [entries[place]["content"] for place in (1, 3)] == ["This is the "] * 2
    assert http.get(path).json()["completion_args"] == {"stop": "answer"}


@pytest.mark.parametrize("streamed", [False, True])
def test_usage_counts_the_runs_of_tools(http: httpx.Client, stub: StubServer, streamed: bool) -> None:  # noqa: FBT001  # the same
    """The usage of an answer says how often each tool of the service ran, unless none ran."""
    ran = [tool_execution(name) for name in ("web_search", "image", "web_search")]
    stub.respond = in_turn(outputs(*ran, "Done."), outputs("Hi"))
    usages = []
    for _ in range(2):
        answer = http.post("/v1/conversations", json={**ASK, "stream": streamed})
        last = answer.text.rpartition("data: ")[2]
        usages.append(httpx.Response(200, text=last).json()["usage"] if streamed else answer.json()["usage"])
    assert usages[0]["connectors"] == {"web_search": 2, "image": 1}
    assert usages[0]["connector_tokens"] == 0
    assert [{"connectors", "connector_tokens"} & set(each) for each in usages] == [
        {"connectors", "connector_tokens"},
        set(),
    ]
