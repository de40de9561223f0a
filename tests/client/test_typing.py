"""Type checkers accept correct code that calls the package, and find each mistake in its line."""

import textwrap

import pytest
from tools.checkout import ROOT

from checkers import Problems, check_types

CHECKERS = ["mypy", "basedpyright"]
BEGIN = """
    from typing import Any
    from mistral_agents import Mistral, response_of
    from mistral_agents.models import Function, FunctionTool, TextChunk, UserMessage
    client = Mistral(api_key="k")
"""
CORRECT = {
    "dicts": """
        res = client.agents.complete(messages=[
            {
                "content": "Who is the best French painter? Answer in one short sentence.",
                "role": "user",
            },
        ], agent_id="ag_1")
        if res is not None:
            print(res.choices[0].message.content)
    """,
    "fill_in_the_middle": """
        res = client.agents.stream(model="codestral-2405", prompt="def", suffix="return a+b")
        if res is not None:
            for event in res:
                print(event, flush=True)
    """,
    "models": """
        messages = [UserMessage(content="What is the capital of France?")]
        response = client.agents.complete(messages=messages, agent_id="ag_1", max_tokens=500)
        print(response.choices[0].message.content)
    """,
    "streamed_story": """
        messages = [UserMessage(content="Write a brief story about a robot learning to paint.")]
        for chunk in client.agents.stream(messages=messages, agent_id="ag_1", max_tokens=800):
            if chunk.data.choices:
                delta = chunk.data.choices[0].delta
                if delta.content:
                    print(delta.content, end="", flush=True)
                print(chunk.data.choices[0].delta.content, chunk.event, chunk.id)
    """,
    "tools": """
        response = client.agents.complete(
            messages=[UserMessage(content="What's the weather like in Paris today?")],
            agent_id="ag_1",
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
                )
            ],
            tool_choice="auto",
        )
        if response.choices[0].message.tool_calls:
            for tool_call in response.choices[0].message.tool_calls:
                function_name = tool_call.function.name
                function_args = tool_call.function.arguments
                print(f"Agent called: {function_name} with args: {function_args}")
    """,
    "mixed": """
        from mistral_agents import BackoffStrategy, RetryConfig
        from mistral_agents.models import ChatCompletionResponse, ToolDict, UserMessageDict
        tool: ToolDict = {"type": "function", "function": Function(name="f", parameters={"type": "object"})}
        said: UserMessageDict = {"role": "user", "content": (TextChunk(text="a"), {"type": "text", "text": "b"})}
        response: ChatCompletionResponse = client.agents.complete(
            messages=[
                {"role": "system", "content": "Be brief."},
                UserMessage(content=[TextChunk(text="a"), {"type": "image_url", "image_url": {"url": "https://a.test"}}]),
                said,
            ],
            agent_id="ag_1",
            tools=(tool, FunctionTool(function={"name": "g", "parameters": {}}), {"type": "web_search"}),
            tool_choice={"function": {"name": "f"}},
            response_format={"type": "json_schema", "json_schema": {"name": "a", "schema": {"type": "object"}}},
            max_tokens=None,
            stop=["a", "b"],
            stream=False,
            retries=RetryConfig("backoff", BackoffStrategy(), True),
            timeout_ms=1_000,
            http_headers={"x-a": "b"},
            extra_body={"new": 1},
        )
        if answer := response.choices[0].message:  # it may be absent
            client.agents.complete(messages=[said, answer, {"role": "tool", "content": "c"}], agent_id="ag_1")
    """,
    "structured": """
        from pydantic import BaseModel
        class Painter(BaseModel):
            name: str
        form: dict[str, Any] = {"type": "object"}
        painter = client.agents.parse(response_format=Painter, messages=[UserMessage(content="Who?")], agent_id="ag_1")
        name: str = painter.parsed.name
        several = client.agents.parse(response_format=list[Painter], messages=[], agent_id="ag_1", max_tokens=5)
        usage = several.response.usage
        print(name, [each.name for each in several.parsed], usage and usage.total_tokens)
        print(client.agents.parse(response_format=form, messages=[], agent_id="ag_1").parsed["name"]["first"])
        print(client.agents.parse(response_format={"type": "object"}, messages=[], agent_id="ag_1").parsed.anything)
        async def main() -> str:
            return (await client.agents.parse_async(response_format=Painter, messages=[], agent_id="ag_1")).parsed.name
    """,
    "structured_by_types_that_are_no_classes": """
        from dataclasses import dataclass
        from typing import Annotated, Literal, NewType, Optional, assert_type
        from typing_extensions import TypeAliasType
        @dataclass
        class Painter:
            name: str
        @dataclass
        class School:
            members: list[Painter]
        Year = NewType("Year", int)
        Either = Painter | School
        Painters = TypeAliasType("Painters", list[Painter])
        ask = client.agents.parse
        assert_type(ask(response_format=Painter | School, messages=[], agent_id="ag_1").parsed, Painter | School)
        assert_type(ask(response_format=Painter | None, messages=[], agent_id="ag_1").parsed, Painter | None)
        assert_type(ask(response_format=Optional[Painter], messages=[], agent_id="ag_1").parsed, Painter | None)
        assert_type(ask(response_format=Either, messages=[], agent_id="ag_1").parsed, Painter | School)
        assert_type(ask(response_format=Painters, messages=[], agent_id="ag_1").parsed, list[Painter])
        assert_type(ask(response_format=list[Either], messages=[], agent_id="ag_1").parsed, list[Painter | School])
        assert_type(ask(response_format=Literal["a", "b"], messages=[], agent_id="ag_1").parsed, Literal["a", "b"])
        assert_type(ask(response_format=Annotated[int, "years"], messages=[], agent_id="ag_1").parsed, int)
        assert_type(ask(response_format=Year, messages=[], agent_id="ag_1").parsed, Year)
        async def main() -> None:
            answer = await client.agents.parse_async(response_format=Painter | School, messages=[], agent_id="ag_1")
            assert_type(answer.parsed, Painter | School)
    """,
    "run_tools": """
        from mistral_agents.models import ToolDict, WebSearchTool
        from mistral_agents.tools import function_tool
        def get_weather(city: str) -> str:
            return city
        async def forecast(city: str, days: int = 1) -> dict[str, int]:
            return {city: days}
        ready: ToolDict = {"type": "function", "function": {"name": "f", "parameters": {}}}
        run = client.agents.run_tools(
            tools=[get_weather, ready, function_tool(get_weather), WebSearchTool(), {"type": "code_interpreter"}],
            messages=[UserMessage(content="Rain?")],
            agent_id="ag_1",
            max_rounds=3,
        )
        print(run.response.choices[0].message.content)
        client.agents.complete(messages=[*run.messages, UserMessage(content="And snow?")], agent_id="ag_1")
        async def main() -> None:
            await client.agents.run_tools_async(tools=[get_weather, forecast], messages=[], agent_id="ag_1")
    """,
    "partial_of_an_error": """
        from typing import assert_type
        from mistral_agents import text_of
        from mistral_agents.errors import StreamError
        from mistral_agents.models import ChatCompletionResponse, ConversationResponse
        stream = client.conversations.start_stream(inputs="a", agent_id="ag_1")
        try:
            stream.get_final_response()
        except StreamError as error:
            print(error.partial, error.partial.to_dict() if error.partial else {})
            if error.partial is not None:
                print(text_of(error.partial.choices[0].message), error.partial.outputs)
            if isinstance(error.partial, ChatCompletionResponse):
                assert_type(error.partial, ChatCompletionResponse)
            assert_type(stream.snapshot, ConversationResponse)
    """,
    "asynchronous": """
        async def main() -> None:
            async with client:
                response = await client.agents.complete_async(messages=[UserMessage(content="a")], agent_id="ag_1")
                print(response.choices[0].message.content, response.usage and response.usage.total_tokens)
                async for event in await client.agents.stream_async(model="codestral-2405", prompt="def"):
                    print(event.data.choices[0].delta.content)
                answer = await client.agents.complete_async(messages=[], agent_id="ag_1")
                print(answer.choices[0].finish_reason == "stop", response_of(answer).status_code + 1)
    """,
}
# In each of these, the last line is wrong.
MISTAKES = {
    "misspelt_model": "from mistral_agents.models import UserMesage",
    "misspelt_model_of_the_contract": "from mistral_agents_api.models import UserMesage",
    "misspelt_model_as_an_attribute": "import mistral_agents.models as m\nm.UserMesage",
    "misspelt_attribute_of_an_answer": """
        response = client.agents.complete(messages=[], agent_id="ag_1")
        response.choises
    """,
    "misspelt_attribute_below": """
        response = client.agents.complete(messages=[], agent_id="ag_1")
        response.choices[0].message.contnet
    """,
    "misspelt_attribute_of_an_event": """
        for event in client.agents.stream(messages=[], agent_id="ag_1"):
            event.data.choices[0].delta.contents
    """,
    "partial_that_may_be_none": """
        from mistral_agents.errors import StreamError
        try:
            client.agents.stream(messages=[], agent_id="ag_1").get_final_response()
        except StreamError as error:
            error.partial.choices
    """,
    "misspelt_attribute_of_a_partial": """
        from mistral_agents.errors import StreamError
        from mistral_agents.models import ChatCompletionResponse
        try:
            client.agents.stream(messages=[], agent_id="ag_1").get_final_response()
        except StreamError as error:
            assert isinstance(error.partial, ChatCompletionResponse)
            error.partial.choises
    """,
    "misspelt_keyword_of_complete": 'client.agents.complete(messages=[], agent_id="ag_1", max_token=1)',
    "misspelt_keyword_of_stream": 'client.agents.stream(messages=[], agent_id="ag_1", max_token=1)',
    "misspelt_keyword_of_a_model": 'UserMessage(contents="a")',
    "misspelt_option": 'client.agents.complete(messages=[], agent_id="ag_1", retry=None)',
    "misspelt_key": 'client.agents.complete(messages=[{"role": "user", "contents": "a"}], agent_id="ag_1")',
    "superfluous_key": 'client.agents.complete(messages=[{"role": "user", "content": "a", "nam": "b"}], agent_id="a")',
    "wrong_role": 'client.agents.complete(messages=[{"role": "robot", "content": "a"}], agent_id="ag_1")',
    "missing_key": 'client.agents.complete(messages=[{"role": "user"}], agent_id="ag_1")',
    "missing_argument": "client.agents.complete(messages=[])",
    "both_forms_of_stream": 'client.agents.stream(messages=[], agent_id="ag_1", model="codestral-2405", prompt="def")',
    "half_of_each_form": 'client.agents.stream(messages=[], prompt="def")',
    "complete_as_a_stream": 'client.agents.complete(messages=[], agent_id="ag_1", stream=True)',
    "stream_as_a_whole": 'client.agents.stream(messages=[], agent_id="ag_1", stream=False)',
    "wrong_type": 'client.agents.complete(messages=[], agent_id="ag_1", max_tokens="many")',
    "wrong_enum_value": 'client.agents.complete(messages=[], agent_id="ag_1", reasoning_effort="extreme")',
    "wrong_tool": 'client.agents.complete(messages=[], agent_id="ag_1", tools=[{"type": "magic"}])',
    "wrong_tag": 'TextChunk(text="a", type="image_url")',
    "null_where_there_is_none": "Function(name=None, parameters={})",
    "misspelt_keyword_of_parse": 'client.agents.parse(response_format=int, messages=[], agent_id="a", max_token=1)',
    "misspelt_keyword_of_run_tools": 'client.agents.run_tools(tools=[print], messages=[], agent_id="a", max_round=1)',
    "parse_without_a_form": 'client.agents.parse(messages=[], agent_id="ag_1")',
    "parse_by_what_is_no_form": 'client.agents.parse(response_format="Painter", messages=[], agent_id="ag_1")',
    "parsed_as_another_type": """
        painter = client.agents.parse(response_format=list[int], messages=[], agent_id="ag_1").parsed
        painter.name
    """,
    "parsed_as_one_member_of_a_union": """
        painter = client.agents.parse(response_format=str | int, messages=[], agent_id="ag_1").parsed
        painter.upper()
    """,
    "what_is_no_tool": 'client.agents.run_tools(tools=[5], messages=[], agent_id="ag_1")',
    "awaited_without_need": """
        async def main() -> None:
            await client.agents.complete(messages=[], agent_id="ag_1")
    """,
}
PIECES = {name: textwrap.dedent(BEGIN) + textwrap.dedent(text) for name, text in (CORRECT | MISTAKES).items()}


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Problems]:
    """Return the problems that each checker finds; all pieces of code are checked in one run."""
    search = [ROOT / "overlays", ROOT / "generated"]
    return check_types(PIECES, tmp_path_factory.mktemp("typing"), search, *CHECKERS)


# The first of these tests waits for both checkers, which also have to read httpx.
@pytest.mark.timeout(300)
@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize("name", CORRECT)
def test_correct_code_passes(problems: dict[str, Problems], checker: str, name: str) -> None:
    """A checker finds no error in correct code."""
    assert problems[checker].get(name, {}) == {}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_found_where_it_is(problems: dict[str, Problems], checker: str, name: str) -> None:
    """A checker finds an error in the line of the mistake, and nowhere else."""
    wrong_line = len(PIECES[name].rstrip().splitlines())
    assert [wrong_line] == list(problems[checker].get(name, {}))
