"""Chat with an agent in a terminal: answers appear as they arrive, and the agent knows what was said before.

MISTRAL_API_KEY and MISTRAL_AGENT_ID say whose agent it is. To try it without a key, run
`python -m mistral_agents.testing`, give the address it prints in MISTRAL_SERVER_URL, and anything in the other two.

    python examples/chat.py

Ctrl-C, or the end of the input (Ctrl-D; on Windows Ctrl-Z and Enter), leaves.
"""

import os
import sys

from mistral_agents import Mistral
from mistral_agents.errors import MistralError
from mistral_agents.models import AssistantMessage, UserMessage


def chat(client: Mistral, agent_id: str) -> None:
    """Ask what is typed, line by line, until the input ends."""
    history: list[UserMessage | AssistantMessage] = []
    while True:
        question = UserMessage(content=input("> "))
        try:
            with client.agents.stream(agent_id=agent_id, messages=[*history, question]) as stream:
                for text in stream.text():
                    print(text, end="", flush=True)
                message = stream.get_final_response().choices[0].message
        except MistralError as error:
            print(f"\n{error}", file=sys.stderr)
            continue  # without the question: the agent gave no whole answer to it
        print()
        history += [question, message]


def main() -> None:
    """Chat until the user leaves."""
    try:
        with Mistral() as client:
            chat(client, os.environ["MISTRAL_AGENT_ID"])
    except (EOFError, KeyboardInterrupt):
        print()


if __name__ == "__main__":
    main()
