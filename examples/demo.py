"""Create an agent, talk with it in a conversation, and ask it for a completion.

If MISTRAL_API_KEY is set, the service answers; the agent and the conversation are deleted at the end. Otherwise a stub
on this machine answers.
"""

import os

from mistral_agents import Mistral, text_of
from mistral_agents.models import UserMessage

# Milliseconds between two words of the stub, so that you see the stream arrive.
PACE_MS = 80


def show(client: Mistral, model: str) -> None:
    """Create an agent, use it in each way, and delete it."""
    agent = client.agents.create(model=model, name="Demo guide", instructions="Answer in one short sentence.")
    print(f"Created the agent {agent.name!r}, version {agent.version}.\n")
    try:
        talk(client, agent.id)
        ask(client, agent.id, "Who is the best French painter?")
    finally:
        client.agents.delete(agent_id=agent.id)
    print("Deleted the agent.")


def talk(client: Mistral, agent_id: str) -> None:
    """Start a conversation, continue it as a stream, print the number of tokens, and delete it."""
    question = "Which rivers flow through Lyon?"
    print(f"> {question}")
    answer = client.conversations.start(agent_id=agent_id, inputs=question)
    print("".join(text_of(entry) for entry in answer.outputs), end="\n\n")

    question = "What is the capital of France?"
    print(f"> {question}")
    with client.conversations.append_stream(conversation_id=answer.conversation_id, inputs=question) as stream:
        for text in stream.text():
            print(text, end="", flush=True)
        usage = stream.get_final_response().usage
    print(f"\n({usage.prompt_tokens} tokens in, {usage.completion_tokens} out)\n")
    client.conversations.delete(conversation_id=answer.conversation_id)


def ask(client: Mistral, agent_id: str, question: str) -> None:
    """Print the answer to one question outside any conversation."""
    print(f"> {question}")
    answer = client.agents.complete(agent_id=agent_id, messages=[UserMessage(content=question)])
    print(text_of(answer.choices[0].message), end="\n\n")


def main() -> None:
    """Talk to the service, or to a stub if there is no key."""
    model = os.environ.get("MISTRAL_MODEL", "mistral-medium-latest")
    if os.environ.get("MISTRAL_API_KEY"):
        with Mistral() as client:
            show(client, model)
        return
    # Imported here, because only the stub needs the extra `testing`.
    from mistral_agents.testing import StubServer  # noqa: PLC0415  # see above

    print("MISTRAL_API_KEY is not set, so a stub answers.\n")
    with StubServer(pace_ms=PACE_MS) as stub, Mistral(api_key="any", server_url=stub.url) as client:
        show(client, model)


if __name__ == "__main__":
    main()
