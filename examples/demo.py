"""Ask an agent for one answer, then watch another arrive piece by piece.

Where MISTRAL_API_KEY and MISTRAL_AGENT_ID are set, the agent is yours. Otherwise a stub on this machine answers.
"""

import os

from mistral_agents import Mistral
from mistral_agents.models import UsageInfo, UserMessage

# Milliseconds between two words of the stub: slow enough to be seen, fast enough to be waited for.
PACE_MS = 80


def ask(client: Mistral, agent_id: str, question: str) -> None:
    """Print the whole answer at once."""
    print(f"> {question}")
    answer = client.agents.complete(messages=[UserMessage(content=question)], agent_id=agent_id)
    message = answer.choices[0].message
    print(message.content if message else "(no message)", end="\n\n")


def watch(client: Mistral, agent_id: str, question: str) -> None:
    """Print the answer as it arrives, then what it cost."""
    print(f"> {question}")
    with client.agents.stream(messages=[UserMessage(content=question)], agent_id=agent_id) as stream:
        for text in stream.text():
            print(text, end="", flush=True)
        usage = stream.get_final_response().usage
    print()
    if isinstance(usage, UsageInfo):
        print(f"({usage.prompt_tokens} tokens in, {usage.completion_tokens} out)")


def show(client: Mistral, agent_id: str) -> None:
    """Ask both ways."""
    ask(client, agent_id, "Who is the best French painter? Answer in one short sentence.")
    watch(client, agent_id, "What is the capital of France?")


def main() -> None:
    """Talk to the service, or to a stub where no agent is given."""
    agent_id = os.environ.get("MISTRAL_AGENT_ID")
    if agent_id and os.environ.get("MISTRAL_API_KEY"):
        with Mistral() as client:
            show(client, agent_id)
        return
    # Imported here: the stub needs the extra `testing`, which talking to the service does not.
    from mistral_agents.testing import StubServer  # noqa: PLC0415  # see above

    print("MISTRAL_API_KEY and MISTRAL_AGENT_ID are not both set, so a stub answers.\n")
    with StubServer(pace_ms=PACE_MS) as stub, Mistral(api_key="any", server_url=stub.url) as client:
        show(client, "any")


if __name__ == "__main__":
    main()
