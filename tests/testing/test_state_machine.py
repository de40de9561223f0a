"""Random sequences of operations on agents and conversations, against a simple model of what there is."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import quote, urlencode

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from mistral_agents.testing import StubServer

NAMES = st.sampled_from(["a", "b", "c"])
TEXTS = st.text(max_size=5)
PAGE = st.integers(1, 3)


@attrs.define
class Agent:
    """What the model knows of an agent: the instructions of each version, the current one, the aliases."""

    name: str
    versions: list[str]
    current: int = 0
    aliases: dict[str, int] = attrs.field(factory=dict)


class Service(RuleBasedStateMachine):
    """The stub, beside a model: dicts of what was created and not deleted."""

    agents = Bundle("agents")
    conversations = Bundle("conversations")

    def __init__(self) -> None:
        super().__init__()
        self.stub = StubServer(strict=True).start()
        self.http = http.client.HTTPConnection("127.0.0.1", self.stub.port, timeout=20)
        self.known: dict[str, Agent] = {}
        self.said: dict[str, list[str]] = {}

    def teardown(self) -> None:
        self.http.close()
        self.stub.close()
        self.stub.verify()

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, Any]:
        """Send a request; return status and JSON, or the events of a stream."""
        headers = {"Authorization": "Bearer any", **({} if body is None else {"Content-Type": "application/json"})}
        target = path + (f"?{urlencode(query)}" if query else "")
        self.http.request(method, target, None if body is None else json.dumps(body), headers)
        answer = self.http.getresponse()
        content = answer.read()
        if answer.headers["content-type"] == "application/json":
            return answer.status, json.loads(content)
        events = [block.split("\n")[1] for block in content.decode().split("\n\n") if block]
        return answer.status, [json.loads(line.removeprefix("data: ")) for line in events]

    @initialize()
    def nothing_yet(self) -> None:
        """Begin with nothing."""
        assert self.ask("GET", "/v1/agents") == (200, [])

    @rule(target=agents, name=NAMES, text=TEXTS)
    def create(self, name: str, text: str) -> str:
        """Create an agent."""
        status, agent = self.ask("POST", "/v1/agents", {"model": "m", "name": name, "instructions": text})
        assert (status, agent["name"], agent["versions"]) == (200, name, [0])
        self.known[agent["id"]] = Agent(name, [text])
        return str(agent["id"])

    @rule(agent=agents, text=TEXTS)
    def update(self, agent: str, text: str) -> None:
        """Change an agent."""
        status, changed = self.ask("PATCH", f"/v1/agents/{agent}", {"instructions": text})
        if agent not in self.known:
            assert status == 404
            return
        model = self.known[agent]
        model.versions.append(text)
        model.current = len(model.versions) - 1
        assert (status, changed["version"], changed["instructions"]) == (200, model.current, text)

    @rule(agent=agents, version=st.integers(0, 3))
    def switch(self, agent: str, version: int) -> None:
        """Switch an agent to a version."""
        status, _ = self.ask("PATCH", f"/v1/agents/{agent}/version", version=version)
        exists = agent in self.known and version < len(self.known[agent].versions)
        assert status == (200 if exists else 404)
        if exists:
            self.known[agent].current = version

    @rule(agent=agents, alias=NAMES, version=st.integers(0, 3))
    def name_version(self, agent: str, alias: str, version: int) -> None:
        """Give a version a name."""
        status, _ = self.ask("PUT", f"/v1/agents/{agent}/aliases", alias=alias, version=version)
        exists = agent in self.known and version < len(self.known[agent].versions)
        assert status == (200 if exists else 404)
        if exists:
            self.known[agent].aliases[alias] = version

    @rule(agent=agents, alias=NAMES)
    def forget_alias(self, agent: str, alias: str) -> None:
        """Delete an alias."""
        status, _ = self.ask("DELETE", f"/v1/agents/{agent}/aliases", alias=alias)
        exists = agent in self.known and self.known[agent].aliases.pop(alias, None) is not None
        assert status == (204 if exists else 404)

    @rule(agent=agents, version=st.none() | st.integers(0, 3) | NAMES)
    def get(self, agent: str, version: int | str | None) -> None:
        """Get an agent, in a version that a number or an alias names."""
        query = {} if version is None else {"agent_version": version}
        status, shown = self.ask("GET", f"/v1/agents/{agent}", **query)
        model = self.known.get(agent)
        number: int | None = None
        if model is not None:
            number = model.aliases.get(version) if isinstance(version, str) else version
            number = model.current if version is None else number
        if model is None or number is None or number >= len(model.versions):
            assert status == 404
            return
        assert (status, shown["version"], shown["instructions"]) == (200, number, model.versions[number])
        assert shown["versions"] == list(range(len(model.versions)))

    @rule(agent=agents)
    def delete(self, agent: str) -> None:
        """Delete an agent."""
        status, _ = self.ask("DELETE", f"/v1/agents/{agent}")
        assert status == (204 if self.known.pop(agent, None) else 404)

    @rule(size=PAGE, name=st.none() | NAMES)
    def list_by_token(self, size: int, name: str | None) -> None:
        """List agents, page by page."""
        found: list[str] = []
        query: dict[str, Any] = {"page_size": size, **({} if name is None else {"name": name})}
        while True:
            status, page = self.ask("GET", "/v1/agents/pages", **query)
            assert (status, len(page["data"]) <= size) == (200, True)
            found += [each["id"] for each in page["data"]]
            if page["next_page_token"] is None:
                break
            query["page_token"] = page["next_page_token"]
        wanted = [which for which, model in self.known.items() if name in (None, model.name)]
        assert found == wanted[::-1]

    @rule(target=conversations, agent=st.none() | agents, text=TEXTS, stream=st.booleans(), store=st.booleans())
    def start(self, agent: str | None, text: str, stream: bool, store: bool) -> str:  # noqa: FBT001  # Hypothesis names them
        """Start a conversation, with an agent or a model."""
        whom = {"model": "m"} if agent is None else {"agent_id": agent}
        body = {**whom, "inputs": text, "stream": stream, "store": store}
        status, answer = self.ask("POST", "/v1/conversations", body)
        if agent is not None and agent not in self.known:
            assert status == 404
            return "none"
        which, said = heard(answer)
        assert status == 200
        if store:
            self.said[which] = [text, said]
        return which

    @rule(conversation=conversations, text=TEXTS, stream=st.booleans())
    def append(self, conversation: str, text: str, stream: bool) -> None:  # noqa: FBT001  # the same
        """Append to a conversation."""
        body = {"inputs": text, "stream": stream}
        status, answer = self.ask("POST", f"/v1/conversations/{conversation}", body)
        if conversation not in self.said:
            assert status == 404
            return
        which, said = heard(answer)
        assert (status, which) == (200, conversation)
        self.said[conversation] += [text, said]

    @rule(target=conversations, conversation=conversations, place=st.integers(0, 5), text=TEXTS)
    def restart(self, conversation: str, place: int, text: str) -> str:
        """Restart a conversation from one of its entries."""
        _, history = self.ask("GET", f"/v1/conversations/{conversation}/history")
        entries = history.get("entries", [])
        entry = entries[place]["id"] if place < len(entries) else "none"
        path = f"/v1/conversations/{quote(conversation)}/restart"
        status, answer = self.ask("POST", path, {"from_entry_id": entry, "inputs": text})
        if conversation not in self.said or place >= len(entries):
            assert status == 404
            return "none"
        which, said = heard(answer)
        assert (status, which in self.said) == (200, False)
        self.said[which] = [*self.said[conversation][: place + 1], text, said]
        return which

    @rule(conversation=conversations)
    def end(self, conversation: str) -> None:
        """Delete a conversation."""
        status, _ = self.ask("DELETE", f"/v1/conversations/{conversation}")
        assert status == (204 if self.said.pop(conversation, None) else 404)

    @precondition(lambda self: self.said)
    @invariant()
    def history_is_what_was_said(self) -> None:
        """The history of the newest conversation is what was said in it."""
        which = next(reversed(self.said))
        _, history = self.ask("GET", f"/v1/conversations/{which}/history")
        assert [entry["content"] for entry in history["entries"]] == self.said[which]

    @invariant()
    def state_is_the_models(self) -> None:
        """What the stub keeps is what the model has."""
        assert list(self.stub.agents) == list(self.known)
        assert list(self.stub.conversations) == list(self.said)


def heard(answer: Any) -> tuple[str, str]:
    """Return the conversation and the text of an answer, whole or as events."""
    if isinstance(answer, dict):
        (entry,) = answer["outputs"]
        return answer["conversation_id"], entry["content"]
    pieces = [event["content"] for event in answer if event["type"] == "message.output.delta"]
    assert answer[-1]["type"] == "conversation.response.done"
    return answer[0]["conversation_id"], "".join(pieces)


TestService = pytest.mark.timeout(300)(Service.TestCase)  # a thousand sequences take about a minute
TestService.settings = settings(max_examples=1_000, stateful_step_count=12, deadline=None)
