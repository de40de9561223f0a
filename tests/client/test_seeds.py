"""Examples for Mistral's SDK, with only the import and the address changed."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from mistral_agents import Mistral
from mistral_agents.models import Function, FunctionTool, UserMessage
from mistral_agents.testing import StubServer

# ruff: noqa: T201  # the examples print


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubServer]:
    """Run a stub, and set a key in the environment; check that every request fits the contract."""
    monkeypatch.setenv("MISTRAL_API_KEY", "any")
    with StubServer() as server:
        yield server
    assert [request.errors for request in server.requests] == [[]]


def test_complete(stub: StubServer) -> None:
    """A question that is a plain dict is answered."""
    s = Mistral(
        api_key=os.getenv("MISTRAL_API_KEY", ""),
        server_url=stub.url,
    )

    res = s.agents.complete(
        messages=[
            {
                "content": "Who is the best French painter? Answer in one short sentence.",
                "role": "user",
            },
        ],
        agent_id="<value>",
    )

    assert res is not None
    assert res.choices[0].message.content == "Claude Monet is often named as the best French painter."
    s.close()


def test_stream(stub: StubServer, capsys: pytest.CaptureFixture[str]) -> None:
    """Fill-in-the-middle is streamed, and the repr of each event shows its data."""
    s = Mistral(
        api_key=os.getenv("MISTRAL_API_KEY", ""),
        server_url=stub.url,
    )

    res = s.agents.stream(model="codestral-2405", prompt="def", suffix="return a+b")

    if res is not None:
        for event in res:
            # handle event
            print(event, flush=True)

    lines = capsys.readouterr().out.splitlines()
    assert [line.partition("(data=CompletionChunk(")[0] for line in lines] == ["Event"] * len(lines)
    assert "delta=DeltaMessage(content=' add(a,')" in lines[1]
    s.close()


def test_basic_completion(stub: StubServer, capsys: pytest.CaptureFixture[str]) -> None:
    """A question that is a model is answered, and the answer has its text."""
    client = Mistral(api_key="your-api-key", server_url=stub.url)

    # Use an existing agent for completion
    messages = [
        UserMessage(content="What is the capital of France? Please provide some context about the city."),
    ]

    response = client.agents.complete(
        messages=messages,
        agent_id="ag_your_agent_id_here",
        max_tokens=500,
    )

    print(response.choices[0].message.content)

    paris = "Paris is the capital of France. It lies on the Seine and has about two million inhabitants.\n"
    assert capsys.readouterr().out == paris
    client.close()


def test_streaming_completion(stub: StubServer, capsys: pytest.CaptureFixture[str]) -> None:
    """The pieces of an answer can be printed as they arrive; together they are the whole answer."""
    client = Mistral(api_key="your-api-key", server_url=stub.url)

    # Stream completion for real-time response
    messages = [
        UserMessage(content="Write a brief story about a robot learning to paint."),
    ]

    for chunk in client.agents.stream(
        messages=messages,
        agent_id="ag_your_agent_id_here",
        max_tokens=800,
    ):
        if chunk.data.choices:
            delta = chunk.data.choices[0].delta
            if delta.content:
                print(delta.content, end="", flush=True)

    story = "This is the answer to: Write a brief story about a robot learning to paint."
    assert capsys.readouterr().out == story
    client.close()


def test_tools(stub: StubServer, capsys: pytest.CaptureFixture[str]) -> None:
    """The agent calls a tool, and the answer has the tool's name and arguments."""
    client = Mistral(api_key="your-api-key", server_url=stub.url)

    # Using an agent configured with tools
    messages = [
        UserMessage(content="What's the weather like in Paris today?"),
    ]

    response = client.agents.complete(
        messages=messages,
        agent_id="ag_weather_agent_id",
        tools=[
            FunctionTool(
                type="function",
                function=Function(
                    name="get_weather",
                    description="Get current weather for a location",
                    parameters={
                        "type": "object",
                        "properties": {"location": {"type": "string", "description": "City name"}},
                        "required": ["location"],
                    },
                ),
            ),
        ],
        tool_choice="auto",
    )

    # Handle tool calls if present
    if response.choices[0].message.tool_calls:
        for tool_call in response.choices[0].message.tool_calls:
            function_name = tool_call.function.name
            function_args = tool_call.function.arguments
            print(f"Agent called: {function_name} with args: {function_args}")

    assert capsys.readouterr().out == 'Agent called: get_weather with args: {"location": "Paris"}\n'
    client.close()
