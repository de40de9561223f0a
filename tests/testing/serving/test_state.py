"""The stub's agents and conversations, used over plain HTTP."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from client_settings import ANY_KEY
from mistral_agents.testing import (
    HangUp,
    StubError,
    StubServer,
    by_operation,
    events,
    failure,
    function_call,
    handoff,
    in_turn,
    json_reply,
    message,
    outputs,
    reference,
    stream_reply,
    thinking,
    tool_execution,
)
from mistral_agents.testing.openapi.contract import load_contract
from mistral_agents.testing.serving.state import NotKeptError

ASK = {"inputs": "Is it raining in Lyon?", "model": "mistral-medium-latest"}
WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
NO_STATE = (
    '{"format": 1, "ticks": %s, "numbers": {"ag": %s}, "agents": {"agents": {}, "removed": []}, "conversations": {}}'
)


def data(response: httpx.Response) -> list[dict[str, Any]]:
    """Read a conversation's stream; the name of each event must be the type in its data."""
    found = []
    for block in response.text.strip().split("\n\n"):
        name, line = block.split("\n")
        content = json.loads(line.removeprefix("data: "))
        assert name == f"event: {content['type']}"
        found.append(content)
    return found


def said(answer: httpx.Response) -> Any:
    """Return the content of the one message of an answer."""
    (entry,) = answer.json()["outputs"]
    return entry["content"]


def test_life_of_an_agent(http: httpx.Client, stub: StubServer) -> None:
    """An agent is created, read, changed into versions, switched back, named by alias, and deleted."""
    agent = http.post("/v1/agents", json={"model": "m", "name": "Guide", "instructions": "Be short."}).json()
    path = f"/v1/agents/{agent['id']}"
    assert (agent["version"], agent["versions"], agent["instructions"]) == (0, [0], "Be short.")
    changed = http.patch(path, json={"instructions": None, "version_message": "Longer."}).json()
    assert (changed["version"], changed["versions"], changed["instructions"], changed["name"]) == (
        1,
        [0, 1],
        None,
        "Guide",
    )
    assert http.get(path).json() == changed == stub.agents[agent["id"]]
    assert http.get(path, params={"agent_version": 0}).json()["instructions"] == "Be short."
    alias = http.put(f"{path}/aliases", params={"alias": "stable", "version": 0}).json()
    assert (alias["alias"], alias["version"]) == ("stable", 0)
    assert http.get(path, params={"agent_version": "stable"}).json()["version"] == 0
    assert http.get(f"{path}/versions/1").json() == changed
    assert [each["version"] for each in http.get(f"{path}/versions").json()] == [1, 0]
    assert http.patch(f"{path}/version", params={"version": 0}).json()["version"] == 0
    assert http.get(path).json()["version"] == 0
    assert http.get(f"{path}/aliases").json() == [alias]
    assert http.delete(f"{path}/aliases", params={"alias": "stable"}).status_code == 204
    assert http.get(f"{path}/aliases").json() == []
    assert http.delete(path).status_code == 204
    assert [http.request(method, path, json={}).status_code for method in ("GET", "PATCH", "DELETE")] == [404] * 3
    assert dict(stub.agents) == {}


def test_agents_are_listed_by_both_kinds_of_pages(http: httpx.Client) -> None:
    """Agents are listed newest first, page by page, by number or token, with the filters of the contract."""
    for number in range(5):
        http.post("/v1/agents", json={"model": "m", "name": f"a{number}", "metadata": {"odd": number % 2}})
    assert [
        [each["name"] for each in http.get("/v1/agents", params={"page": page, "page_size": 2}).json()]
        for page in range(4)
    ] == [
        ["a4", "a3"],
        ["a2", "a1"],
        ["a0"],
        [],
    ]
    first = http.get("/v1/agents/pages", params={"page_size": 3}).json()
    token = {"page_size": 3, "page_token": first["next_page_token"]}
    last = http.get("/v1/agents/pages", params=token).json()
    assert [each["name"] for each in first["data"] + last["data"]] == ["a4", "a3", "a2", "a1", "a0"]
    assert last["next_page_token"] is None
    odd = http.get("/v1/agents", params={"metadata": '{"odd": 1}'}).json()
    assert [each["name"] for each in odd] == ["a3", "a1"]
    assert [each["name"] for each in http.get("/v1/agents", params={"search": "a2"}).json()] == ["a2"]
    assert http.get("/v1/agents", params={"deployment_chat": "true"}).json() == []
    assert http.get("/v1/agents/pages", params={"page_token": "nonsense"}).json()["data"] == []


def test_life_of_a_conversation(http: httpx.Client, stub: StubServer) -> None:
    """A conversation is started, appended to, read, restarted from an entry under a new identifier, and deleted."""
    stub.respond = by_operation(
        conversations_start=outputs("It rains."),
        conversations_append=outputs("It stops."),
        conversations_restart=outputs("It snows."),
    )
    started = http.post("/v1/conversations", json={**ASK, "metadata": {"a": 1}}).json()
    which = started["conversation_id"]
    http.post(f"/v1/conversations/{which}", json={"inputs": "And now?"})
    entries = http.get(f"/v1/conversations/{which}/history").json()["entries"]
    texts = ["Is it raining in Lyon?", "It rains.", "And now?", "It stops."]
    assert [each["content"] for each in entries] == texts
    assert http.get(f"/v1/conversations/{which}/messages").json()["messages"] == entries
    again = {"inputs": "And in Paris?", "from_entry_id": entries[1]["id"]}
    restarted = http.post(f"/v1/conversations/{which}/restart", json=again).json()["conversation_id"]
    assert restarted != which
    texts = ["Is it raining in Lyon?", "It rains.", "And in Paris?", "It snows."]
    assert [each["content"] for each in stub.conversations.entries(restarted)] == texts
    shown = http.get(f"/v1/conversations/{which}").json()
    assert (shown["model"], shown["metadata"]) == (ASK["model"], {"a": 1})
    assert [each["id"] for each in http.get("/v1/conversations").json()] == [restarted, which]
    assert http.get("/v1/conversations", params={"metadata": '{"a": 2}'}).json() == []
    assert http.delete(f"/v1/conversations/{which}").status_code == 204
    gone = [http.get(f"/v1/conversations/{which}{end}").status_code for end in ("", "/history", "/messages")]
    assert gone == [404] * 3
    assert list(stub.conversations) == [restarted]


def test_conversation_with_an_agent(http: httpx.Client, stub: StubServer) -> None:
    """A conversation with an agent names it, in the version asked for, and its tools are called."""
    stub.agents.add(id="ag_1", name="Guide", model="m", tools=[WEATHER])
    started = http.post("/v1/conversations", json={"agent_id": "ag_1", "inputs": "Is it raining in Lyon?"}).json()
    (call,) = started["outputs"]
    assert (call["type"], call["name"], call["arguments"]) == ("function.call", "get_weather", '{"city": "Lyon"}')
    path = f"/v1/conversations/{started['conversation_id']}"
    early = http.post(path, json={"inputs": "Well?"})
    assert (early.status_code, early.json()["code"]) == (400, 3001)
    assert call["tool_call_id"] in early.json()["message"]
    result = {"type": "function.result", "tool_call_id": call["tool_call_id"], "result": "rain"}
    assert said(http.post(path, json={"inputs": [result]})) == "The tool get_weather says: rain"
    stray = http.post(path, json={"inputs": [{**result, "tool_call_id": "nobody's"}]})
    assert (stray.status_code, stray.json()["code"]) == (400, 3230)
    assert stub.conversations[started["conversation_id"]]["agent_id"] == "ag_1"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/agents/none", None),
        ("GET", "/v1/agents/none/versions", None),
        ("GET", "/v1/agents/none/versions/0", None),
        ("PATCH", "/v1/agents/none/version?version=0", None),
        ("PUT", "/v1/agents/none/aliases?alias=a&version=0", None),
        ("DELETE", "/v1/agents/none/aliases?alias=a", None),
        ("GET", "/v1/agents/ag_1?agent_version=7", None),
        ("GET", "/v1/agents/ag_1?agent_version=unnamed", None),
        ("PATCH", "/v1/agents/ag_1/version?version=99999999999", None),
        ("DELETE", "/v1/agents/ag_1/aliases?alias=a", None),
        ("POST", "/v1/conversations", {"inputs": "Hi", "agent_id": "none"}),
        ("POST", "/v1/conversations", {"inputs": "Hi", "agent_id": "ag_1", "agent_version": 7}),
        ("POST", "/v1/conversations/none", {"inputs": "Hi"}),
        ("POST", "/v1/conversations/none/restart", {"inputs": "Hi", "from_entry_id": "none"}),
        ("DELETE", "/v1/conversations/none", None),
    ],
)
def test_what_does_not_exist(http: httpx.Client, stub: StubServer, method: str, path: str, body: Any) -> None:
    """A request for something that does not exist gets 404, in the service's form. A strict stub does not report it."""
    stub.agents.add(id="ag_1", name="Guide", model="m")
    answer = http.request(method, path, json=body)
    assert (answer.status_code, answer.json()["type"]) == (404, "not_found")
    assert load_contract().answer_problems(404, answer.json(), stub.requests[0].operation) == []


def test_restart_from_an_entry_that_is_not_there(http: httpx.Client) -> None:
    """A restart has to name an entry of the conversation."""
    which = http.post("/v1/conversations", json=ASK).json()["conversation_id"]
    answer = http.post(f"/v1/conversations/{which}/restart", json={"from_entry_id": "none", "inputs": "Hi"})
    assert (answer.status_code, answer.json()["message"]) == (404, "Entry none not found")


def test_deleted_agent_completes_nothing(http: httpx.Client, stub: StubServer) -> None:
    """Completions accept any agent, except one that was deleted."""
    stub.agents.add(id="ag_1", name="Guide", model="m")
    body = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Hi"}]}
    found = [http.post("/v1/agents/completions", json=body).status_code]
    stub.agents.remove("ag_1")
    found += [
        http.post("/v1/agents/completions", json={**body, "agent_id": which}).status_code for which in ("ag_1", "ag_2")
    ]
    assert found == [200, 404, 200]


def test_conversation_that_is_not_stored(http: httpx.Client, stub: StubServer) -> None:
    """With `store: false`, the answer is sent, and nothing is stored."""
    which = http.post("/v1/conversations", json={**ASK, "store": False}).json()["conversation_id"]
    assert (http.get(f"/v1/conversations/{which}").status_code, len(stub.conversations)) == (404, 0)


def answer_late(stub: StubServer) -> tuple[threading.Event, threading.Event]:
    """Let the stub set an event when a request has come, and wait for another one before it answers."""
    begun, go_on = threading.Event(), threading.Event()

    def respond(_: object) -> Any:
        begun.set()
        assert go_on.wait(10)
        return outputs("Late.")

    stub.respond = respond
    return begun, go_on


def test_conversation_in_use(stub: StubServer, http: httpx.Client) -> None:
    """While a request is being answered, another request to the same conversation gets 409. Afterwards it succeeds."""
    which = http.post("/v1/conversations", json=ASK).json()["conversation_id"]
    begun, go_on = answer_late(stub)
    path, found = f"/v1/conversations/{which}", []
    thread = threading.Thread(target=lambda: found.append(http.post(path, json={"inputs": "A"}).status_code))
    thread.start()
    assert begun.wait(10)
    busy = http.post(path, json={"inputs": "B"})
    go_on.set()
    thread.join()
    assert (busy.status_code, found) == (409, [200])
    assert busy.json()["message"] == "Conversation is being updated, concurrent requests are not supported"
    assert http.post(path, json={"inputs": "C"}).status_code == 200


@contextmanager
def held_conversation(goes_on: threading.Event) -> Iterator[tuple[StubServer, httpx.Client, str]]:
    """Start a conversation, and yield its path. After its first event, a stream waits until `goes_on` is set."""
    with (
        StubServer(pace_ms=1, sleep=lambda _: goes_on.wait(10)) as stub,
        httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http,
    ):
        yield stub, http, f"/v1/conversations/{http.post('/v1/conversations', json=ASK).json()['conversation_id']}"


def test_conversation_is_free_again_after_a_stream_that_is_left() -> None:
    """A conversation is busy until its stream ends, or until the reader of the stream has gone."""
    left = threading.Event()
    with held_conversation(left) as (_, http, path):
        with http.stream("POST", path, json={"inputs": "A", "stream": True}) as response:
            next(response.iter_bytes())
            assert http.post(path, json={"inputs": "B"}).status_code == 409
        left.set()
        pause = threading.Event()
        while (status := http.post(path, json={"inputs": "B"}).status_code) == 409:
            pause.wait(0.01)
    assert status == 200


@pytest.mark.parametrize("ask", ["append", "restart", "delete"])
def test_what_has_to_wait_for_the_answer(ask: str) -> None:
    """While an answer is streamed, other requests that use the conversation get 409. Afterwards they succeed."""
    goes_on = threading.Event()
    with held_conversation(goes_on) as (stub, http, path):
        again = {"from_entry_id": stub.conversations.entries(path.rpartition("/")[2])[0]["id"], "inputs": "B"}
        method, target, body = {
            "append": ("POST", path, {"inputs": "B"}),
            "restart": ("POST", f"{path}/restart", again),
            "delete": ("DELETE", path, None),
        }[ask]
        with http.stream("POST", path, json={"inputs": "A", "stream": True}) as response:
            received = response.iter_bytes()
            next(received)
            early = http.request(method, target, json=body)
            reads = [http.get(f"{path}{end}") for end in ("", "/history", "/messages")]
            goes_on.set()
            assert b"".join(received).endswith(b"\n\n")
        late = http.request(method, target, json=body)
    assert (early.status_code, late.status_code) == (409, 204 if ask == "delete" else 200)
    assert [each.status_code for each in reads] == [200] * 3
    assert [len(reads[1].json()["entries"]), len(reads[2].json()["messages"])] == [2, 2]


def test_conversation_is_free_and_complete_when_the_last_event_comes() -> None:
    """A client that has read the last event can go on at once, without reading the end of the body."""
    waits: list[threading.Event] = [threading.Event() for _ in range(4)]
    left = iter(waits)
    with (
        StubServer(pace_ms=1, sleep=lambda _: next(left).wait(10), respond=lambda _: outputs("It rains.")) as stub,
        httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http,
        http.stream("POST", "/v1/conversations", json={**ASK, "stream": True}) as response,
    ):
        received = response.iter_bytes()
        next(received)
        (which,) = stub.conversations
        waits[0].set()
        next(received)
        waits[1].set()
        next(received)
        assert stub.conversations.entries(which) == []
        assert http.post(f"/v1/conversations/{which}", json={"inputs": "B"}).status_code == 409
        waits[2].set()
        assert b"conversation.response.done" in next(received)
        assert len(stub.conversations.entries(which)) == 2
        assert http.post(f"/v1/conversations/{which}", json={"inputs": "B"}).status_code == 200


@pytest.mark.parametrize("streamed", [False, True])
def test_appended_entries_that_are_not_stored(http: httpx.Client, stub: StubServer, streamed: bool) -> None:  # noqa: FBT001  # pytest passes it by name
    """With `store: false`, an append is answered, and the conversation stays as it was."""
    which = http.post("/v1/conversations", json=ASK).json()["conversation_id"]
    before, shown = stub.conversations.entries(which), stub.conversations[which]
    path = f"/v1/conversations/{which}"
    assert http.post(path, json={"inputs": "A", "store": False, "stream": streamed}).status_code == 200
    assert (stub.conversations.entries(which), stub.conversations[which]) == (before, shown)
    assert http.post(path, json={"inputs": "B"}).status_code == 200
    assert len(stub.conversations.entries(which)) == len(before) + 2


@pytest.mark.parametrize("streamed", [False, True])
def test_answer_that_fails_stores_nothing(http: httpx.Client, stub: StubServer, streamed: bool) -> None:  # noqa: FBT001  # the same
    """If an answer fails, a new conversation is not stored, and one that exists keeps its entries."""
    which = http.post("/v1/conversations", json=ASK).json()["conversation_id"]
    before = stub.conversations.entries(which)
    stub.respond = lambda _: outputs("It ra", failure("Overloaded"))
    path, from_entry = f"/v1/conversations/{which}", {"from_entry_id": before[0]["id"]}
    for target, body in (("/v1/conversations", ASK), (path, {}), (f"{path}/restart", from_entry)):
        answer = http.post(target, json={**body, "inputs": "A", "stream": streamed})
        assert answer.status_code == (200 if streamed else 500)
    assert list(stub.conversations) == [which]
    assert stub.conversations.entries(which) == before
    stub.respond = None
    assert http.post(path, json={"inputs": "B"}).status_code == 200


ANSWERS: dict[str, tuple[Any, list[str]]] = {
    "text": (outputs("It ", "rains."), ["message.output.delta"] * 2),
    "nothing said": (outputs(message("")), ["message.output.delta"]),
    "references": (outputs("It rains", reference("meteo.fr", "https://meteo.fr"), "."), ["message.output.delta"] * 4),
    "thinking": (outputs(thinking("Hm."), "Yes."), ["message.output.delta"] * 2),
    "tool": (
        outputs(tool_execution("code_interpreter", {"code": "1"}, {"code_output": "1"}), "1"),
        ["tool.execution.started", *["tool.execution.delta"] * 2, "tool.execution.done", "message.output.delta"],
    ),
    "call": (outputs(function_call("f", '{"city": "Lyon"}')), ["function.call.delta"] * 2),
    "confirmation": (outputs(function_call("f", confirmation="pending")), ["function.call.delta"]),
    "handoff": (
        outputs(handoff("ag_2", "Other"), "Hi"),
        ["agent.handoff.started", "agent.handoff.done", "message.output.delta"],
    ),
}


@pytest.mark.parametrize(("scripted", "kinds"), ANSWERS.values(), ids=ANSWERS.keys())
def test_scripted_entries_come_whole_and_as_a_stream(
    http: httpx.Client, stub: StubServer, scripted: Any, kinds: list[str]
) -> None:
    """What an agent does fits the contract, whole and as events with names; the last event has the usage."""
    stub.respond = lambda _: scripted
    stub.agents.add(id="ag_1", name="Guide", model="m")
    body = {"agent_id": "ag_1", "inputs": "Go"}
    whole = http.post("/v1/conversations", json=body).json()
    found = data(http.post("/v1/conversations", json={**body, "stream": True}))
    first, *middle, last = found
    assert [each["type"] for each in middle] == kinds
    assert (first["type"], last["type"]) == ("conversation.response.started", "conversation.response.done")
    assert last["usage"] == whole["usage"]
    assert [each["type"] for each in whole["outputs"]] == [each["type"] for each in scripted["outputs"]]
    given = [
        {name: each[name] for name in wanted}
        for wanted, each in zip(scripted["outputs"], whole["outputs"], strict=True)
    ]
    assert given == scripted["outputs"]
    (which, other) = stub.conversations
    assert stub.conversations.entries(which)[1:] == whole["outputs"]
    kept = stub.conversations.entries(other)[1:]
    assert {each["id"] for each in middle} == {each["id"] for each in kept}
    assert first["conversation_id"] == other


@pytest.mark.parametrize(("scripted", "kinds"), ANSWERS.values(), ids=ANSWERS.keys())
def test_events_of_an_answer_fit_the_contract(scripted: Any, kinds: list[str]) -> None:
    """`events` makes up what the answer leaves out, as the stub does, so each event fits the contract."""
    made = [each.decode().splitlines() for each in events(scripted)]
    fields = [dict(line.split(": ", 1) for line in lines if line) for lines in made]
    assert [each["event"] for each in fields[1:-1]] == kinds
    assert [load_contract().event_problems(each, "conversations_start") for each in fields] == [[]] * len(fields)


def test_confirmation_is_waited_for(http: httpx.Client, stub: StubServer) -> None:
    """While a call waits for permission, only a decision about it is accepted; the decision is stored with the call."""
    stub.respond = in_turn(outputs(function_call("send", confirmation="pending", id="c1")), outputs("Sent."))
    which = http.post("/v1/conversations", json=ASK).json()["conversation_id"]
    path = f"/v1/conversations/{which}"
    stub_answers = stub.respond
    stub.respond = None
    assert http.post(path, json={"inputs": "Well?"}).status_code == 400
    wrong = {"tool_confirmations": [{"tool_call_id": "c2", "confirmation": "allow"}]}
    assert http.post(path, json=wrong).status_code == 400
    stub.respond = stub_answers
    right = {"tool_confirmations": [{"tool_call_id": "c1", "confirmation": "allow"}]}
    assert said(http.post(path, json=right)) == "Sent."
    assert stub.conversations.entries(which)[1]["confirmation_status"] == "allowed"


def test_failure_of_an_answer(http: httpx.Client, stub: StubServer) -> None:
    """If an answer fails, its stream ends with an error event, and the whole answer is an error status."""
    stub.respond = lambda _: outputs("It ra", failure("Overloaded", 3001))
    streamed = data(http.post("/v1/conversations", json={**ASK, "stream": True}))
    whole = http.post("/v1/conversations", json=ASK)
    assert [each["type"] for each in streamed[-2:]] == ["message.output.delta", "conversation.response.error"]
    assert (streamed[-1]["message"], streamed[-1]["code"]) == ("Overloaded", 3001)
    assert (whole.status_code, whole.json()["message"], whole.json()["code"]) == (500, "Overloaded", 3001)
    assert stub.journal.requests()[-1]["reason"] is None  # the script wanted this failure, so nothing was refused


def test_stream_can_break_off(http: httpx.Client, stub: StubServer) -> None:
    """The events of an answer can be cut anywhere; then nothing is stored."""
    stub.respond = in_turn(stream_reply(*events(outputs("It rains."))[:2], HangUp()))
    received: list[bytes] = []
    ask = http.stream("POST", "/v1/conversations", json={**ASK, "stream": True})
    with ask as response, pytest.raises(httpx.RemoteProtocolError):
        received.extend(response.iter_bytes())
    names = [line for line in b"".join(received).decode().splitlines() if line.startswith("event")]
    assert names == ["event: conversation.response.started", "event: message.output.delta"]
    assert len(stub.conversations) == 0


def test_fault_leaves_the_state_alone(http: httpx.Client, stub: StubServer) -> None:
    """A scripted fault does not change what is stored, and does not keep the conversation busy."""
    which = http.post("/v1/conversations", json=ASK).json()["conversation_id"]
    stub.respond = in_turn(json_reply({"detail": "Busy"}, 503), None)
    found = [http.post(f"/v1/conversations/{which}", json={"inputs": "A"}).status_code for _ in range(2)]
    assert found == [503, 200]
    assert len(stub.conversations.entries(which)) == 4


@pytest.mark.parametrize(
    "parts", [("Hi", failure("No"), "more"), (failure("No"), function_call("f")), (failure("a"), failure("b"))]
)
def test_failure_comes_last(parts: Any) -> None:
    """Nothing comes after a failure."""
    with pytest.raises(ValueError, match="put it last"):
        outputs(*parts)


@pytest.mark.parametrize("scripted", [{"choices": []}, [], {"outputs": [{"content": "Hi"}]}])
def test_answer_that_is_none_of_a_conversation(scripted: Any) -> None:
    """If a script returns something that is not an answer in a conversation, the error says so; nothing is stored."""
    stub = StubServer(respond=lambda _: scripted, strict=True).start()
    answer = httpx.post(f"{stub.url}/v1/conversations", headers=ANY_KEY, json=ASK, trust_env=False)
    stub.close()
    assert (answer.status_code, len(stub.conversations)) == (400, 0)
    with pytest.raises(StubError, match="respond"):
        stub.verify()


def test_state_is_kept_in_a_file(tmp_path: Path) -> None:
    """On request the state is written to a file after each change, and the next stub goes on from it."""
    path = tmp_path / "state.json"
    with StubServer(state=path) as stub, httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http:
        http.post("/v1/agents", json={"model": "m", "name": "A"})
        which = http.post("/v1/conversations", json=ASK).json()["conversation_id"]
        agents, entries = dict(stub.agents), stub.conversations.entries(which)
    with StubServer(state=path) as stub:
        assert (dict(stub.agents), stub.conversations.entries(which)) == (agents, entries)
        stub.reset()
        assert (dict(stub.agents), dict(stub.conversations)) == ({}, {})
    assert [each.name for each in tmp_path.iterdir()] == ["state.json"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"format": 2}',
        '{"format": 1}',
        '{"format": 1, "ticks": 1, "numbers": {}}',
        NO_STATE % ("Infinity", 1),
        NO_STATE % ("1e20", 1),
        NO_STATE % ("100000000000000", 1),
        NO_STATE % ("true", 1),
        NO_STATE % ("-1", 1),
        NO_STATE % ("1", '"x"'),
        NO_STATE % ("1", 1.5),
    ],
    ids=range(13),
)
def test_file_that_is_no_state(tmp_path: Path, text: str) -> None:
    """A file that no stub wrote is refused, with its name, and is not changed."""
    path = tmp_path / "state.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"state\.json is not a state that a stub wrote: .") as caught:
        StubServer(state=path)
    assert "\n" not in str(caught.value)
    assert path.read_text() == text


@pytest.mark.parametrize("strict", [False, True])
def test_change_that_cannot_be_written(tmp_path: Path, *, strict: bool) -> None:
    """If a change cannot be written to the file, it is refused and not made; at its end the stub raises an error."""
    folder = tmp_path / "folder"
    folder.mkdir()
    stub = StubServer(state=folder / "state.json", strict=strict).start()
    with httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http:
        agent = http.post("/v1/agents", json={"model": "m", "name": "A"}).json()["id"]
        place = "/v1/conversations/" + http.post("/v1/conversations", json=ASK).json()["conversation_id"]
        before = [http.get(each).json() for each in (f"/v1/agents/{agent}", place, f"{place}/history")]
        shutil.rmtree(folder)
        refused = [
            http.post("/v1/agents", json={"model": "m", "name": "B"}),
            http.patch(f"/v1/agents/{agent}", json={"name": "B"}),
            http.delete(f"/v1/agents/{agent}"),
            http.post("/v1/conversations", json=ASK),
            http.post(place, json={"inputs": "Hello?"}),
            http.delete(place),
        ]
        reset = http.post("/_stub/reset")
        with pytest.raises(NotKeptError):
            stub.agents.add(model="m", name="B")
        assert [http.get(each).json() for each in (f"/v1/agents/{agent}", place, f"{place}/history")] == before
        assert (len(stub.agents), len(stub.conversations)) == (1, 1)
        folder.mkdir()
        assert http.post(place, json={"inputs": "Hello?"}).status_code == 200
    stub.close()
    assert [each.status_code for each in [*refused, reset]] == [400] * 6 + [500]
    assert all("the state cannot be written: " in each.json()["message"] for each in [*refused, reset])
    assert [each.split(":")[0] for each in stub.complaints] == [
        "request 6 (POST /v1/agents) was not answered",
        f"request 7 (PATCH /v1/agents/{agent}) was not answered",
        f"request 8 (DELETE /v1/agents/{agent}) was not answered",
        "request 9 (POST /v1/conversations) was not answered",
        f"request 10 (POST {place}) was not answered",
        f"request 11 (DELETE {place}) was not answered",
    ]
    with pytest.raises(StubError, match=r"folder/state\.json"):
        stub.verify()


def test_what_is_created_after_a_reset_that_failed(tmp_path: Path) -> None:
    """If a reset cannot be written, what is created later gets new identifiers, and replaces nothing."""
    folder = tmp_path / "folder"
    folder.mkdir()
    with (
        StubServer(state=folder / "state.json") as stub,
        httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http,
    ):
        stub.agents.add(model="m", name="A")
        old = http.post("/v1/conversations", json=ASK).json()["conversation_id"]
        before = stub.conversations.entries(old)
        shutil.rmtree(folder)
        assert http.post("/_stub/reset").status_code == 500
        folder.mkdir()
        stub.agents.add(model="m", name="B")
        http.post("/v1/conversations", json={**ASK, "inputs": "Hello?"})
        assert [each["name"] for each in stub.agents.values()] == ["A", "B"]
        assert (len(stub.conversations), stub.conversations.entries(old)) == (2, before)


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("how", ["start", "append", "restart"])
def test_streamed_answer_that_cannot_be_written(tmp_path: Path, how: str, left: bool) -> None:  # noqa: FBT001  # pytest passes it by name
    """If the file cannot be written at the end of a stream, its last event is the error; nothing is stored."""
    folder, goes_on = tmp_path / "folder", threading.Event()
    folder.mkdir()
    stub = StubServer(state=folder / "state.json", pace_ms=1, sleep=lambda _: goes_on.wait(10)).start()
    with httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http:
        which = http.post("/v1/conversations", json=ASK).json()["conversation_id"]
        before, shown = stub.conversations.entries(which), stub.conversations[which]
        path, body = {
            "start": ("/v1/conversations", ASK),
            "append": (f"/v1/conversations/{which}", {"inputs": "A"}),
            "restart": (f"/v1/conversations/{which}/restart", {"inputs": "A", "from_entry_id": before[0]["id"]}),
        }[how]
        last: list[str] = []
        with http.stream("POST", path, json={**body, "stream": True}) as response:
            received = response.iter_bytes()
            first = next(received)
            written = json.loads((folder / "state.json").read_text())["conversations"]
            (folder / "state.json").unlink()
            folder.rmdir()
            if not left:
                goes_on.set()
                last = b"".join([first, *received]).decode().strip().split("\n\n")[-1].splitlines()
        goes_on.set()
        pause = threading.Event()
        while not stub.complaints:
            pause.wait(0.01)
        assert (list(stub.conversations), stub.conversations.entries(which)) == ([which], before)
        assert stub.conversations[which] == shown
        folder.mkdir()
        assert http.post(f"/v1/conversations/{which}", json={"inputs": "B"}).status_code == 200
        kept = json.loads((folder / "state.json").read_text())["conversations"]
    stub.close()
    reason = f"the state cannot be written: [Errno 2] No such file or directory: '{folder / 'state.json'}'"
    assert stub.complaints == [f"request 2 (POST {path}) was not kept: {reason}"]
    assert (list(written), list(kept)) == ([which], [which])
    if not left:
        event = dict(line.split(": ", 1) for line in last)
        assert load_contract().event_problems(event, f"conversations_{how}") == []
        assert (event["event"], json.loads(event["data"])["message"]) == ("conversation.response.error", reason)


def test_equal_runs_are_equal() -> None:
    """Identifiers and times depend only on the requests."""
    found = []
    for _ in range(2):
        with StubServer() as stub, httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http:
            made = [http.post("/v1/agents", json={"model": "m", "name": "A"}), http.post("/v1/conversations", json=ASK)]
            found.append([each.json() for each in made])
    assert found[0] == found[1]


def test_credentials_are_not_answered(http: httpx.Client, stub: StubServer) -> None:
    """No answer has a `writeOnly` field, however deep; all other fields are there."""
    tools = [{"type": "connector", "connector_id": "c", "authorization": {"type": "api-key", "value": "k"}}, WEATHER]
    made = http.post("/v1/agents", json={"model": "m", "name": "n", "tools": tools}).json()
    listed = http.get("/v1/agents/pages").json()["data"][0]
    assert made["tools"] == listed["tools"] == [{"type": "connector", "connector_id": "c"}, WEATHER]
    assert stub.requests[0].json["tools"] == tools


def test_neither_agent_nor_model(http: httpx.Client) -> None:
    """A conversation with neither an agent nor a model, which the contract allows, gets a model."""
    answer = http.post("/v1/conversations", json={"inputs": "Hi"}).json()
    shown = http.get(f"/v1/conversations/{answer['conversation_id']}").json()
    assert shown["model"] == answer["outputs"][0]["model"] == "mistral-medium-latest"


def test_null_as_metadata(http: httpx.Client) -> None:
    """`metadata=null` (null as JSON text) filters nothing."""
    http.post("/v1/agents", json={"model": "m", "name": "n"})
    http.post("/v1/conversations", json=ASK)
    found = [http.get(path, params={"metadata": "null"}).json() for path in ("/v1/agents", "/v1/conversations")]
    paged = http.get("/v1/agents/pages", params={"metadata": "null"}).json()["data"]
    assert [len(each) for each in (*found, paged)] == [1, 1, 1]


@pytest.mark.parametrize("how", ["start", "restart"])
def test_new_conversation_is_in_use_while_its_stream_runs(how: str) -> None:
    """If a stream begins a conversation, the conversation is busy until the stream ends."""
    goes_on = threading.Event()
    with (
        StubServer(pace_ms=1, sleep=lambda _: goes_on.wait(10)) as stub,
        httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http,
    ):
        path, body = "/v1/conversations", {**ASK, "stream": True}
        if how == "restart":
            which = http.post(path, json=ASK).json()["conversation_id"]
            path += f"/{which}/restart"
            body = {"from_entry_id": stub.conversations.entries(which)[1]["id"], "inputs": "A", "stream": True}
        with http.stream("POST", path, json=body) as response:
            received = response.iter_bytes()
            next(received)
            new = f"/v1/conversations/{list(stub.conversations)[-1]}"
            early = http.post(new, json={"inputs": "B"}).status_code
            goes_on.set()
            assert b"".join(received).endswith(b"\n\n")
        assert (early, http.post(new, json={"inputs": "B"}).status_code) == (409, 200)


@pytest.mark.parametrize("how", ["delete", "reset"])
@pytest.mark.parametrize("under_way", ["start", "append"])
def test_what_is_forgotten_while_it_answers(stub: StubServer, http: httpx.Client, how: str, under_way: str) -> None:
    """If a conversation is deleted, or the stub is reset, during an answer, the answer does not bring it back."""
    which = http.post("/v1/conversations", json=ASK).json()["conversation_id"]
    begun, go_on = answer_late(stub)
    path = "/v1/conversations" if under_way == "start" else f"/v1/conversations/{which}"
    body = ASK if under_way == "start" else {"inputs": "A"}
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(http.post(path, json=body).status_code))
    thread.start()
    assert begun.wait(10)
    if how == "reset":
        stub.reset()
    else:
        stub.conversations.remove(which)
    go_on.set()
    thread.join()
    kept = 1 if (how, under_way) == ("delete", "start") else 0
    assert (found, len(stub.conversations)) == ([200], kept)
