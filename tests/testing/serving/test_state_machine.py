"""Random sequences of operations on agents and conversations, against a simple model of what there is."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlencode

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, precondition, rule

from mistral_agents.testing import StubServer

NAMES = st.sampled_from(["a", "b"])
TEXTS = st.text(max_size=5)
SIZES = st.integers(1, 3)
VERSIONS = st.none() | st.integers(0, 2) | NAMES
"""No version, a number, or an alias."""


@attrs.define
class Agent:
    """What the test knows of an agent: the instructions of each version, the current version, and the aliases."""

    name: str
    versions: list[str]
    current: int = 0
    aliases: dict[str, int] = attrs.field(factory=dict)

    def number(self, version: int | str | None) -> int | None:
        """Return the number of the version that a request names; None if there is no such version."""
        if version is None:
            return self.current
        number = self.aliases.get(version) if isinstance(version, str) else version
        return number if number is not None and number < len(self.versions) else None


@attrs.define
class Conversation:
    """What the test knows of a conversation: its agent, its language model, and each text with the model that wrote it.

    The model is None for a text of the user.
    """

    agent: str | None
    version: int | str | None
    llm: str
    said: list[tuple[str, str | None]]


class Service(RuleBasedStateMachine):
    """The stub, and beside it what the test knows: dicts of what was created and not deleted."""

    agents = Bundle("agents")
    conversations = Bundle("conversations")

    def __init__(self) -> None:
        super().__init__()
        self.stub = StubServer(strict=True).start()
        self.http = http.client.HTTPConnection("127.0.0.1", self.stub.port, timeout=20)
        self.known: dict[str, Agent] = {}
        self.said: dict[str, Conversation] = {}

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

    @initialize(target=agents)
    def begin(self) -> Any:
        """Begin with an agent that has two versions, and an alias for the first."""
        agent = self.create("a", "0")
        self.update(agent, "1")
        self.name_version(agent, "a", 0)
        return agent

    @initialize(target=conversations, text=TEXTS, stream=st.booleans())
    def begin_to_talk(self, text: str, stream: bool) -> Any:  # noqa: FBT001  # Hypothesis passes it by name
        """Begin with a conversation, with an agent of its own."""
        return self.start(self.begin(), None, text, stream, store=True)

    @rule(target=agents, name=NAMES, text=TEXTS)
    def create(self, name: str, text: str) -> str:
        """Create an agent."""
        status, agent = self.ask("POST", "/v1/agents", {"model": "m0", "name": name, "instructions": text})
        assert (status, agent["name"], agent["versions"]) == (200, name, [0])
        self.known[agent["id"]] = Agent(name, [text])
        return str(agent["id"])

    @rule(agent=agents, text=TEXTS)
    def update(self, agent: str, text: str) -> None:
        """Change an agent."""
        model = self.known.get(agent)
        new = len(model.versions) if model is not None else 0
        status, changed = self.ask("PATCH", f"/v1/agents/{agent}", {"instructions": text, "model": f"m{new}"})
        if model is None:
            assert status == 404
            return
        model.versions.append(text)
        model.current = new
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

    @rule(agent=agents, version=VERSIONS, by_path=st.booleans())
    def get(self, agent: str, version: int | str | None, by_path: bool) -> None:  # noqa: FBT001  # Hypothesis passes it by name
        """Get an agent, in a version that a number or an alias names."""
        path, query = f"/v1/agents/{agent}", {} if version is None else {"agent_version": version}
        if by_path and version is not None:
            path, query = f"{path}/versions/{version}", {}
        status, shown = self.ask("GET", path, **query)
        model = self.known.get(agent)
        number = None if model is None else model.number(version)
        if model is None or number is None:
            assert status == 404
            return
        assert (status, shown["version"], shown["instructions"]) == (200, number, model.versions[number])
        assert (shown["id"], shown["name"], shown["model"]) == (agent, model.name, f"m{number}")
        assert shown["versions"] == list(range(len(model.versions)))

    @rule(agent=agents, size=SIZES)
    def list_versions(self, agent: str, size: int) -> None:
        """List the versions of an agent, page by page."""
        found = self.pages(f"/v1/agents/{agent}/versions", size)
        model = self.known.get(agent)
        wanted = None if model is None else list(enumerate(model.versions))[::-1]
        assert (found and [(each["version"], each["instructions"]) for each in found]) == wanted

    @rule(agent=agents)
    def list_aliases(self, agent: str) -> None:
        """List the aliases of an agent."""
        status, found = self.ask("GET", f"/v1/agents/{agent}/aliases")
        assert status == (200 if agent in self.known else 404)
        if agent in self.known:
            assert {each["alias"]: each["version"] for each in found} == self.known[agent].aliases

    @rule(agent=agents)
    def delete(self, agent: str) -> None:
        """Delete an agent."""
        status, _ = self.ask("DELETE", f"/v1/agents/{agent}")
        assert status == (204 if self.known.pop(agent, None) else 404)

    @rule(size=SIZES, name=st.none() | NAMES)
    def list_by_number(self, size: int, name: str | None) -> None:
        """List agents, page by page, by the number of the page."""
        found = self.pages("/v1/agents", size, **({} if name is None else {"name": name}))
        assert found is not None
        assert [each["id"] for each in found] == self.named(name)

    @rule(size=SIZES, name=st.none() | NAMES)
    def list_by_token(self, size: int, name: str | None) -> None:
        """List agents, page by page, by the token of the page."""
        found: list[str] = []
        query: dict[str, Any] = {"page_size": size, **({} if name is None else {"name": name})}
        while True:
            status, page = self.ask("GET", "/v1/agents/pages", **query)
            assert (status, len(page["data"]) <= size) == (200, True)
            found += [each["id"] for each in page["data"]]
            if page["next_page_token"] is None:
                break
            query["page_token"] = page["next_page_token"]
        assert found == self.named(name)

    @rule(
        target=conversations,
        agent=st.none() | agents,
        version=VERSIONS,
        text=TEXTS,
        stream=st.booleans(),
        store=st.booleans(),
    )
    def start(self, agent: str | None, version: int | str | None, text: str, stream: bool, store: bool) -> Any:  # noqa: FBT001  # the same
        """Start a conversation, with an agent or a model."""
        whom = {"model": "m"} if agent is None else {"agent_id": agent, "agent_version": version}
        body = {**whom, "inputs": text, "stream": stream, "store": store}
        status, answer = self.ask("POST", "/v1/conversations", body)
        if agent is None:
            new = Conversation(None, None, "m", [])
        else:
            number = self.known[agent].number(version) if agent in self.known else None
            if number is None:
                assert status == 404
                return multiple()
            new = Conversation(agent, version, f"m{number}", [])
        which, said = heard(answer)
        assert status == 200
        if store:
            new.said = [(text, None), (said, new.llm)]
            self.said[which] = new
        return which

    @rule(conversation=conversations, text=TEXTS, stream=st.booleans(), store=st.booleans())
    def append(self, conversation: str, text: str, stream: bool, store: bool) -> None:  # noqa: FBT001  # the same
        """Append to a conversation."""
        body = {"inputs": text, "stream": stream, "store": store}
        status, answer = self.ask("POST", f"/v1/conversations/{conversation}", body)
        if conversation not in self.said:
            assert status == 404
            return
        which, said = heard(answer)
        assert (status, which) == (200, conversation)
        if store:
            self.said[conversation].said += [(text, None), (said, self.said[conversation].llm)]

    @rule(
        target=conversations,
        conversation=conversations,
        place=st.integers(0, 2),
        version=VERSIONS,
        text=TEXTS,
        stream=st.booleans(),
    )
    def restart(self, conversation: str, place: int, version: int | str | None, text: str, stream: bool) -> Any:  # noqa: FBT001  # the same
        """Restart a conversation from one of its entries, also with another version of its agent."""
        old = self.said.get(conversation)
        entries = self.stub.conversations.entries(conversation) if old is not None else []
        body: dict[str, Any] = {"from_entry_id": entries[place]["id"] if place < len(entries) else "none"}
        body |= {"inputs": text, "stream": stream} | ({} if version is None else {"agent_version": version})
        status, answer = self.ask("POST", f"/v1/conversations/{conversation}/restart", body)
        if old is None or place >= len(entries):
            assert status == 404
            return multiple()
        new = Conversation(old.agent, old.version, old.llm, old.said[: place + 1])
        if old.agent is not None and version is not None:
            number = self.known[old.agent].number(version) if old.agent in self.known else None
            if number is None:
                assert status == 404
                return multiple()
            new.version, new.llm = version, f"m{number}"
        which, said = heard(answer)
        assert (status, which in self.said) == (200, False)
        new.said += [(text, None), (said, new.llm)]
        self.said[which] = new
        return which

    @rule(conversation=conversations)
    def end(self, conversation: str) -> None:
        """Delete a conversation."""
        status, _ = self.ask("DELETE", f"/v1/conversations/{conversation}")
        assert status == (204 if self.said.pop(conversation, None) else 404)

    @rule(size=SIZES)
    def list_conversations(self, size: int) -> None:
        """List conversations, page by page."""
        found = self.pages("/v1/conversations", size)
        assert found is not None
        assert [each["id"] for each in found] == list(self.said)[::-1]

    @rule(conversation=conversations)
    def read(self, conversation: str) -> None:
        """Get a conversation, its history and its messages."""
        path, model = f"/v1/conversations/{conversation}", self.said.get(conversation)
        answers = [self.ask("GET", f"{path}{end}") for end in ("", "/history", "/messages")]
        assert [status for status, _ in answers] == [404 if model is None else 200] * 3
        if model is None:
            return
        shown, history, messages = [content for _, content in answers]
        assert (shown["id"], shown.get("agent_id"), shown.get("agent_version")) == (
            *(conversation, model.agent, model.version),
        )
        assert history["entries"] == messages["messages"]
        assert [(each["content"], each.get("model")) for each in history["entries"]] == model.said

    @precondition(lambda self: self.said)
    @invariant()
    def newest_conversation_is_as_known(self) -> None:
        """The newest conversation has the agent, the version and the entries that the test knows."""
        which = next(reversed(self.said))
        shown, entries, model = self.stub.conversations[which], self.stub.conversations.entries(which), self.said[which]
        assert (shown.get("agent_id"), shown.get("agent_version")) == (model.agent, model.version)
        assert [(entry["content"], entry.get("model")) for entry in entries] == model.said

    @invariant()
    def state_is_as_known(self) -> None:
        """The stub keeps the agents and conversations that the test knows, and no others."""
        assert list(self.stub.agents) == list(self.known)
        assert list(self.stub.conversations) == list(self.said)

    def pages(self, path: str, size: int, **query: Any) -> list[Any] | None:
        """Return the items of all pages of a list, up to an empty page; None if there is no such list."""
        found: list[Any] = []
        number = 0
        while True:
            status, page = self.ask("GET", path, page=number, page_size=size, **query)
            if status == 404:
                return None
            assert (status, len(page) <= size) == (200, True)
            if not page:
                return found
            assert page[0] not in found
            found += page
            number += 1

    def named(self, name: str | None) -> list[str]:
        """Return the agents with this name, or all of them, the newest first."""
        return [which for which, model in self.known.items() if name in (None, model.name)][::-1]


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
