"""The cases of `client.beta.agents`: agents, their versions, and aliases of versions."""

from __future__ import annotations

from typing import Any

from .case import (
    CITY,
    LETTERS,
    Arguments,
    Build,
    Case,
    Refused,
    connectors,
    document_library,
    guardrails,
    json_schema,
)

AGENT = "ag_019f83af242e7224bfbc6f6b719d0dab"
# An id with characters that have a meaning in an address unless they are quoted.
ODD = "ag/../1?a=b&c#d é%2F+ ~"


def _create(**fields: Any) -> Arguments:
    return {"model": "mistral-medium-latest", "name": "Tour guide", **fields}


def _update(**fields: Any) -> Arguments:
    return {"agent_id": AGENT, **fields}


def function_tool(m: Any, **others: Any) -> Any:
    """Return a function as a tool."""
    return m.FunctionTool(function=m.Function(name="get_weather", parameters=CITY, **others))


def every_tool(m: Any) -> list[Any]:
    """Return a tool of each kind."""
    ask_first = m.ToolConfiguration(exclude=["news"], requires_confirmation=[])
    return [
        function_tool(m, description="The weather now.", strict=True),
        m.WebSearchTool(tool_configuration=ask_first),
        m.WebSearchPremiumTool(tool_configuration=None),
        m.CodeInterpreterTool(),
        m.ImageGenerationTool(),
        document_library(m),
        *connectors(m),
    ]


def every_argument(m: Any) -> Any:
    """Return completion arguments with a value in each field."""
    return m.CompletionArgs(
        stop=["wind", "21"],
        presence_penalty=0.5,
        frequency_penalty=-0.5,
        temperature=0.3,
        top_p=0.9,
        max_tokens=100,
        random_seed=0,
        prediction=m.Prediction(type="content", content="It is sunny."),
        response_format=json_schema(m),
        tool_choice="required",
        reasoning_effort="high",
    )


_NULL_ARGUMENTS = (
    *("stop", "presence_penalty", "frequency_penalty", "temperature", "top_p", "max_tokens", "random_seed"),
    *("prediction", "response_format", "reasoning_effort"),
)
_METADATA = {"team": {"id": 7, "tags": ["a", None, 1.5, True]}, "empty": {}, "clé": "värde 🦊 &="}
_FILTERS = {
    "page_size": 5,
    "deployment_chat": False,
    "sources": ["api", "playground", "agent_builder_v1"],
    "name": "Tour guide & co",
    "search": "Łódź +1",
    "id": AGENT,
    "metadata": _METADATA,
}
_NO_FILTERS: Arguments = dict.fromkeys(("deployment_chat", "sources", "name", "search", "id", "metadata"))
_NULLABLE = ("instructions", "guardrails", "description", "handoffs", "metadata", "version_message")


def _everything(m: Any) -> Arguments:
    return {
        "instructions": "Answer questions about Lyon in one sentence.",
        "tools": every_tool(m),
        "completion_args": every_argument(m),
        "guardrails": guardrails(m),
        "description": "Knows Lyon.",
        "handoffs": ["ag_2", "ag_3"],
        "metadata": _METADATA,
        "version_message": "Searches the web.",
    }


def _one(method: str, cases: dict[str, Build]) -> dict[str, Case]:
    return {f"{method}: {name}": Case((f"agents.{method}",), build) for name, build in cases.items()}


CASES = {
    **_one(
        "create",
        {
            "model and name": lambda _: _create(),
            "everything": lambda m: _create(**_everything(m)),
            "null wherever a field may be": lambda _: _create(**dict.fromkeys(_NULLABLE)),
            "None where a field is never null": lambda _: _create(tools=None, completion_args=None),
            "a function": lambda m: _create(tools=[function_tool(m)]),
            "null inside the arguments": lambda m: _create(
                completion_args=m.CompletionArgs(**dict.fromkeys(_NULL_ARGUMENTS))
            ),
            "stop at a text": lambda m: _create(completion_args=m.CompletionArgs(stop="light")),
            "integers for numbers": lambda m: _create(
                completion_args=m.CompletionArgs(temperature=0, top_p=1, presence_penalty=1, frequency_penalty=-1)
            ),
            "response format text": lambda m: _create(
                completion_args=m.CompletionArgs(response_format=m.ResponseFormat(type="text"), tool_choice="none")
            ),
            "defaults inside the arguments": lambda m: _create(
                completion_args=m.CompletionArgs(prediction=m.Prediction(), response_format=m.ResponseFormat())
            ),
            "letters of the world": lambda _: _create(instructions=LETTERS, description=LETTERS),
            "nothing in it": lambda m: _create(
                tools=[], metadata={}, guardrails=[], completion_args=m.CompletionArgs()
            ),
            "tuples for lists": lambda m: _create(tools=(m.CodeInterpreterTool(),), handoffs=("ag_2",)),
            "models and dicts mixed": lambda m: _create(
                tools=[{"type": "web_search"}, m.FunctionTool(function={"name": "f", "parameters": CITY})],
                completion_args={"temperature": 0.5, "response_format": m.ResponseFormat(type="json_object")},
            ),
            "fields not known yet": lambda _: _create(
                completion_args={"temperature": 0.5, "seeds": [1]},
                tools=[{"type": "image_generation", "size": "large"}],
            ),
            "an effort not known yet": lambda m: _create(completion_args=m.CompletionArgs(reasoning_effort="utmost")),
        },
    ),
    **_one(
        "list",
        {
            "alone": lambda _: {},
            "every filter": lambda _: {"page": 2, **_FILTERS},
            "None for every filter": lambda _: _NO_FILTERS,
        },
    ),
    **_one(
        "list_pages",
        {
            "alone": lambda _: {},
            "every filter": lambda _: {"page_token": "b64==/+&", **_FILTERS},
            "None for every filter": lambda _: {"page_token": None, **_NO_FILTERS},
            "one source": lambda _: {"page_size": 1000, "deployment_chat": True, "sources": ["api"]},
            "no source, no metadata": lambda _: {"sources": [], "metadata": {}},
        },
    ),
    **_one(
        "get",
        {
            "by identifier": lambda _: {"agent_id": AGENT},
            "a version by number": lambda _: {"agent_id": AGENT, "agent_version": 0},
            "a version by alias": lambda _: {"agent_id": AGENT, "agent_version": "stable"},
            "None for the version": lambda _: {"agent_id": AGENT, "agent_version": None},
            "an odd identifier": lambda _: {"agent_id": ODD, "agent_version": "a b&c=d"},
        },
    ),
    **_one(
        "update",
        {
            "one field": lambda _: _update(instructions="Answer in two sentences."),
            "everything": lambda m: _update(
                model="mistral-large-latest", name="G", deployment_chat=True, **_everything(m)
            ),
            "null wherever a field may be": lambda _: _update(
                **dict.fromkeys((*_NULLABLE, "model", "name", "deployment_chat"))
            ),
            "None where a field is never null": lambda _: _update(tools=None, completion_args=None),
            "nothing": lambda _: _update(),
            "no tools any more": lambda _: _update(tools=[], deployment_chat=False),
        },
    ),
    **_one(
        "delete", {"by identifier": lambda _: {"agent_id": AGENT}, "an odd identifier": lambda _: {"agent_id": ODD}}
    ),
    **_one(
        "update_version",
        {
            "to the first": lambda _: {"agent_id": AGENT, "version": 0},
            "to a later one": lambda _: {"agent_id": AGENT, "version": 12},
        },
    ),
    **_one(
        "list_versions",
        {
            "alone": lambda _: {"agent_id": AGENT},
            "a page": lambda _: {"agent_id": AGENT, "page": 3, "page_size": 100},
        },
    ),
    **_one(
        "get_version",
        {
            "by number": lambda _: {"agent_id": AGENT, "version": "1"},
            "odd identifiers": lambda _: {"agent_id": ODD, "version": "1/2"},
        },
    ),
    "create, with a header of the caller's": Case(
        ("agents.create",), lambda _: _create(http_headers={"X-Trace": "1", "Accept": "application/json;q=1"})
    ),
    **_one("create_version_alias", {"a name": lambda _: {"agent_id": AGENT, "alias": "stable_1", "version": 1}}),
    **_one("list_version_aliases", {"alone": lambda _: {"agent_id": AGENT}}),
    **_one("delete_version_alias", {"a name": lambda _: {"agent_id": AGENT, "alias": "stable-1"}}),
}

REFUSED = {
    "create: a tool of a type not known yet": Refused(
        ("agents.create",),
        lambda _: _create(tools=[{"type": "browser", "depth": 2}]),
        "the SDK takes only known tools; the contract takes all, so that an agent made elsewhere can be sent back",
    ),
}
