"""A program as users write it: chat, tools, thinking, streams, usage, errors, agents, conversations.

`test_user_program` runs it against the stub and checks its types. In each line that ends in `# mistake: ...`, the test
replaces the code by the text after the colon, one line at a time, and both type checkers must find the mistake.
"""

import asyncio
import json
from datetime import datetime

from mistral_agents import Mistral, RetryConfig, models, response_of, text_of
from mistral_agents.errors import MistralError, NotFoundError, RateLimitError, StreamError
from mistral_agents.models import AssistantMessage, SystemMessage, ToolMessage, UserMessage

History = list[models.Message]

WEATHER: models.ToolDict = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Tell the weather in a city.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def get_weather(city: str) -> str:
    """Return what a real program would look up."""
    return json.dumps({"city": city, "degrees": 21})


class Costs:
    """Counts the tokens of several answers."""

    def __init__(self) -> None:
        self.total = 0
        self.cached = 0

    def add(self, usage: models.UsageInfo | None) -> None:
        """Add the tokens of one answer."""
        if usage is None:
            return
        self.total += usage.prompt_tokens + usage.completion_tokens  # mistake: self.total += usage.prompt_tokens + usage.tokens
        self.cached += usage.num_cached_tokens or 0  # mistake: self.cached += usage.num_cached_tokens


def ask(client: Mistral, agent_id: str, history: History, costs: Costs) -> str:
    """Ask until the agent calls no more tools; return what it says."""
    while True:
        answer = client.agents.complete(
            agent_id=agent_id,  # mistake: agent=agent_id,
            messages=history,  # mistake: messages="What is the weather?",
            tools=[WEATHER],
            tool_choice="auto",  # mistake: tool_choice="sometimes",
            max_tokens=400,  # mistake: max_tokens="400",
        )
        message = answer.choices[0].message
        history.append(message)  # mistake: history.append(answer)
        costs.add(answer.usage)
        if not message.tool_calls:
            return text_of(message)
        for call in message.tool_calls:
            arguments = call.function.arguments
            given = json.loads(arguments) if isinstance(arguments, str) else arguments
            result = get_weather(given["city"])
            history.append(ToolMessage(tool_call_id=call.id, name=call.function.name, content=result))


def identifier(client: Mistral, agent_id: str) -> str:
    """Return the id of an answer."""
    answer = client.agents.complete(agent_id=agent_id, messages=[{"role": "user", "content": "Hello"}])
    print(response_of(answer).request_id, response_of(answer).attempts)
    return answer.id  # mistake: return answer.created


def parts_of(message: AssistantMessage) -> tuple[str, str]:
    """Return the thinking and the text of a message."""
    thoughts, text = "", ""
    if isinstance(message.content, str):
        return thoughts, message.content
    for part in message.content or ():  # mistake: for part in message.content:
        if part.type == "thinking":
            for thought in part.thinking:  # mistake: for thought in part.text:
                if thought.type == "text":
                    thoughts += thought.text
        elif part.type == "text":
            text += part.text  # mistake: text += part.thinking
        elif part.type == "UNKNOWN":
            print("a new kind of part:", part["type"], part.anything)
    return thoughts, text


def watch(client: Mistral, agent_id: str, question: str) -> str:
    """Print an answer as it arrives; return its whole text."""
    with client.agents.stream(agent_id=agent_id, messages=[UserMessage(content=question)]) as stream:
        for event in stream:
            for choice in event.data.choices:
                delta = choice.delta.content  # mistake: delta = choice.message.content
                if isinstance(delta, str):
                    print(delta, end="", flush=True)
        final = stream.get_final_response()
    return text_of(final.choices[0].message)


def careful(client: Mistral, agent_id: str) -> str:
    """Ask, and return what went wrong, if anything did."""
    try:
        answer = client.agents.complete(
            agent_id=agent_id,
            messages=[{"role": "user", "content": "Hello"}],  # mistake: messages=[{"role": "user", "contents": "Hello"}],
            retries=RetryConfig(max_attempts=2),  # mistake: retries="twice",
            timeout_ms=10_000,
        )
    except RateLimitError as error:
        return f"slow down: {error.rate_limit}"
    except NotFoundError as error:
        return f"no such agent: {error.status_code}"
    except StreamError as error:
        return f"cut off: {error.partial}"
    except MistralError as error:
        return str(error)
    finish = answer.choices[0].finish_reason or "unknown"
    return finish.upper()


def converse(client: Mistral) -> list[str]:
    """Create an agent, talk to it, and read the conversation."""
    agent = client.agents.create(model="mistral-medium-latest", name="Weather", tools=[WEATHER])
    made: datetime = agent.created_at
    print(made.year, agent.version + 1)
    started = client.conversations.start(agent_id=agent.id, inputs="Hello")  # mistake: started = client.conversations.start(agent_id=agent.id, input="Hello")
    said = [entry.type for entry in started.outputs]
    results: list[models.FunctionResultEntry] = []
    for entry in started.outputs:
        if entry.type == "message.output":
            print(text_of(entry.content))  # mistake: print(text_of(entry.contents))
        elif entry.type == "function.call":
            print(entry.name, entry.arguments, entry.confirmation_status)
            results.append(models.FunctionResultEntry(tool_call_id=entry.tool_call_id, result=get_weather("Lyon")))
        elif entry.type == "tool.execution":
            print(entry.name, entry.info)
    inputs = results or "And in Lyon?"
    with client.conversations.append_stream(conversation_id=started.conversation_id, inputs=inputs) as stream:
        print("".join(stream.text()))
        final = stream.get_final_response()
    print(final.usage.total_tokens, final.conversation_id)
    for listed in client.agents.list_pages(page_size=20):
        print(listed.name, listed.instructions or "no instructions")
    history = client.conversations.get_history(conversation_id=started.conversation_id)
    print(len(history.entries))
    client.conversations.delete(conversation_id=started.conversation_id)
    return [str(kind) for kind in said]


async def at_once(server_url: str, agent_id: str, questions: list[str]) -> list[str]:
    """Ask several questions at once, and stream one more."""

    async def one(client: Mistral, question: str) -> str:
        answer = await client.agents.complete_async(
            agent_id=agent_id, messages=[UserMessage(content=question)], deadline_ms=60_000
        )
        return text_of(answer.choices[0].message)

    async with Mistral(api_key="any", server_url=server_url) as client:
        answers = list(await asyncio.gather(*(one(client, question) for question in questions)))
        async with await client.conversations.start_stream_async(agent_id=agent_id, inputs="One more") as stream:
            async for text in stream.text():  # mistake: for text in stream.text():
                print(text, end="")
        async for agent in await client.agents.list_pages_async():
            print(agent.id)
    return answers


def main(client: Mistral, server_url: str, agent_id: str) -> None:
    """Run all parts of the program."""
    costs = Costs()
    history: History = [SystemMessage(content="Be brief."), UserMessage(content="What is the weather in Lyon?")]
    print(ask(client, agent_id, history, costs), costs.total, costs.cached)
    print(identifier(client, agent_id), careful(client, agent_id))
    print(watch(client, agent_id, "What is the capital of France?"))
    print(parts_of(AssistantMessage(content=[{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}])))
    print(converse(client))
    print(asyncio.run(at_once(server_url, agent_id, ["One", "Two"])))
