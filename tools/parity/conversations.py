"""The cases of `client.beta.conversations`: each operation, and its stream."""

from __future__ import annotations

from typing import Any

from .agents import every_argument, every_tool, function_tool
from .case import CITY, DICTS, LETTERS, MODELS, Arguments, Build, Case, Refused, guardrails

CONVERSATION = "conv_019f83b0a1b2c3d4"
# An id with characters that have a meaning in an address unless they are quoted.
ODD = "conv/..?a=b#c é"
QUESTION = "Which river flows through Lyon besides the Saone?"


def _start(**fields: Any) -> Arguments:
    return {"inputs": QUESTION, "agent_id": "ag_parity", **fields}


def _model(**fields: Any) -> Arguments:
    return {"inputs": QUESTION, "model": "mistral-medium-latest", **fields}


def _append(**fields: Any) -> Arguments:
    return {"conversation_id": CONVERSATION, **fields}


def _restart(**fields: Any) -> Arguments:
    return {"conversation_id": CONVERSATION, "from_entry_id": "msg_1", **fields}


def _result(m: Any) -> Any:
    return m.FunctionResultEntry(tool_call_id="call00001", result='{"rain": true}')


def _confirmations(m: Any) -> list[Any]:
    return [
        m.ToolCallConfirmation(tool_call_id="call00001", confirmation="allow"),
        m.ToolCallConfirmation(tool_call_id="call00002", confirmation="deny"),
    ]


def _parts(m: Any) -> list[Any]:
    return [
        m.TextChunk(text="Which bridge is this?"),
        m.ImageURLChunk(image_url="https://example.org/bridge.png"),
        m.ImageURLChunk(image_url=m.ImageURL(url="data:image/png;base64,iVBORw0", detail="high")),
        m.DocumentURLChunk(document_url="https://example.org/lyon.pdf", document_name="lyon.pdf"),
        m.ToolFileChunk(tool="code_interpreter", file_id="file-1", file_name="a.csv", file_type=None),
        m.ThinkChunk(thinking=[m.TextChunk(text="A bridge.")], closed=True),
    ]


def _history(m: Any) -> list[Any]:
    """Return one entry of each type, as a caller writes it."""
    return [
        m.MessageInputEntry(role="user", content=QUESTION),
        m.MessageOutputEntry(content="Let me look."),
        m.MessageOutputEntry(content=[m.TextChunk(text="So: "), m.ToolReferenceChunk(tool="web_search", title="Lyon")]),
        m.FunctionCallEntry(tool_call_id="call00001", name="get_weather", arguments={"city": "Lyon"}),
        m.FunctionCallEntry(tool_call_id="call00002", name="get_weather", arguments='{"city": "Paris"}'),
        _result(m),
        m.ToolExecutionEntry(name="code_interpreter", arguments='{"code": "21 * 2"}', info={"code_output": "42\n"}),
        m.AgentHandoffEntry(
            previous_agent_id="ag_1", previous_agent_name="Desk", next_agent_id="ag_2", next_agent_name="Guide"
        ),
        m.MessageInputEntry(role="user", content="And?", prefix=False),
    ]


# Entries that came from the service and are sent back.
_ENTRIES: list[dict[str, Any]] = [
    {
        "object": "entry",
        "type": "message.input",
        "created_at": "2026-10-05T14:45:48.400000Z",
        "completed_at": None,
        "id": "msg_1",
        "role": "user",
        "content": QUESTION,
        "prefix": False,
    },
    {
        "object": "entry",
        "type": "function.call",
        "created_at": "2026-10-05T14:47:00.120Z",
        "completed_at": "2026-10-05T14:47:00+00:00",
        "agent_id": None,
        "model": "mistral-medium-latest",
        "id": "fc_1",
        "tool_call_id": "call00001",
        "name": "get_weather",
        "arguments": "{}",
        "confirmation_status": "pending",
    },
]

_NULLABLE = (
    *("store", "handoff_execution", "instructions", "tools", "completion_args", "guardrails", "name", "description"),
    *("metadata", "agent_version"),
)
_TWO_FORMS = {
    each: (f"conversations.{each}", f"conversations.{each}_stream") for each in ("start", "append", "restart")
}


def _each(method: str, cases: dict[str, Build], forms: tuple[str, ...] = (MODELS, DICTS)) -> dict[str, Case]:
    methods = _TWO_FORMS.get(method, (f"conversations.{method}",))
    return {f"{method}: {name}": Case(methods, build, forms) for name, build in cases.items()}


CASES = {
    **_each(
        "start",
        {
            "a question to an agent": lambda _: _start(),
            "a question to a model": lambda _: _model(),
            "a model with everything": lambda m: _model(
                instructions="Answer in one sentence.",
                tools=every_tool(m),
                completion_args=every_argument(m),
                guardrails=guardrails(m),
                name="Rivers",
                description="About rivers.",
                metadata={"team": {"id": 7}, "clé": None},
                store=False,
                handoff_execution="client",
            ),
            "a header of the caller's": lambda _: _start(http_headers={"X-Trace": "1"}),
            "a version by number": lambda _: _start(agent_version=0),
            "a version by alias": lambda _: _start(agent_version="stable"),
            "null wherever a field may be, for an agent": lambda _: _start(model=None, **dict.fromkeys(_NULLABLE)),
            "null wherever a field may be, for a model": lambda _: _model(agent_id=None, **dict.fromkeys(_NULLABLE)),
            "stored, handed off by the service": lambda _: _start(store=True, handoff_execution="server"),
            "one message": lambda m: _start(inputs=[m.MessageInputEntry(role="user", content=QUESTION)]),
            "a message in parts": lambda m: _start(inputs=[m.MessageInputEntry(role="user", content=_parts(m))]),
            "an entry of each kind": lambda m: _start(inputs=_history(m)),
            "no entries": lambda _: _start(inputs=[]),
            "a tuple of entries": lambda m: _start(inputs=(m.MessageInputEntry(role="assistant", content="Hello."),)),
            "a function": lambda m: _model(tools=[function_tool(m)]),
            "letters of the world": lambda m: _start(
                inputs=[m.MessageInputEntry(role="user", content=LETTERS)], name=LETTERS, metadata={"clé": "värde 🦊"}
            ),
            "models and dicts mixed": lambda m: _model(
                inputs=[{"role": "user", "content": [m.TextChunk(text="Hello"), {"type": "text", "text": "there"}]}],
                tools=[{"type": "function", "function": m.Function(name="f", parameters=CITY)}],
                completion_args={"response_format": m.ResponseFormat(type="text")},
            ),
        },
    ),
    **_each(
        "start",
        {
            "messages without a type": lambda _: _start(
                inputs=[{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hi", "prefix": True}]
            ),
            "entries that came from the service": lambda _: _start(inputs=_ENTRIES),
            "entries with fields not known yet": lambda _: _start(
                inputs=[{"type": "message.input", "role": "user", "content": "Hello", "mood": "good"}]
            ),
        },
        (DICTS,),
    ),
    **_each(
        "append",
        {
            "another question": lambda _: _append(inputs="And which one through Geneva?"),
            "nothing": lambda _: _append(),
            "the result of a function": lambda m: _append(inputs=[_result(m)]),
            "confirmations": lambda m: _append(tool_confirmations=_confirmations(m)),
            "None everywhere": lambda _: _append(
                **dict.fromkeys(("inputs", "store", "handoff_execution", "completion_args", "tool_confirmations"))
            ),
            "not stored, handed off by the caller": lambda m: _append(
                inputs=QUESTION, store=False, handoff_execution="client", completion_args=every_argument(m)
            ),
            "an odd identifier": lambda _: _append(inputs="Hello") | {"conversation_id": ODD},
        },
    ),
    **_each(
        "restart",
        {
            "another question": lambda _: _restart(inputs="And which one through Geneva?"),
            "nothing": lambda _: _restart(),
            "everything": lambda m: _restart(
                inputs=[m.MessageInputEntry(role="user", content=_parts(m))],
                store=False,
                handoff_execution="client",
                completion_args=every_argument(m),
                guardrails=guardrails(m),
                metadata={"team": "travel"},
                agent_version=3,
            ),
            "null wherever a field may be": lambda _: _restart(
                **dict.fromkeys(("guardrails", "metadata", "agent_version"))
            ),
            "None where a field is never null": lambda _: _restart(
                **dict.fromkeys(("inputs", "store", "handoff_execution", "completion_args"))
            ),
            "a version by alias, an odd identifier": lambda _: (
                _restart(agent_version="stable") | {"conversation_id": ODD}
            ),
        },
    ),
    **_each(
        "list",
        {
            "alone": lambda _: {},
            "a page": lambda _: {"page": 1, "page_size": 2, "metadata": {"team": {"id": 7, "clé": ["a&b=c", None]}}},
            "None for the filter": lambda _: {"page": 0, "metadata": None},
        },
    ),
    **{
        name: case
        for method in ("get", "delete", "get_history", "get_messages")
        for name, case in _each(
            method,
            {
                "by identifier": lambda _: {"conversation_id": CONVERSATION},
                "an odd identifier": lambda _: {"conversation_id": ODD},
            },
        ).items()
    },
}

REFUSED = {
    "start: an entry of a type not known yet": Refused(
        _TWO_FORMS["start"],
        lambda _: _start(inputs=[{"type": "message.audio", "audio": "UklGRg=="}]),
        "the SDK takes only entries that it knows; the contract takes others, so that an answer can be sent back",
    ),
}
