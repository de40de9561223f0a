"""Chat with an agent in a terminal: you see the answer while it arrives, and the agent knows the earlier messages.

It reads the key from MISTRAL_API_KEY and the agent's identifier from MISTRAL_AGENT_ID. To try it without a key, run
`python -m mistral_agents.testing`, set MISTRAL_SERVER_URL to the address that it prints, and the other two to any text.

    python examples/chat.py

To leave, press Ctrl-C, or end the input (Ctrl-D; on Windows Ctrl-Z and Enter).
"""

import os
import sys

from mistral_agents import Mistral
from mistral_agents.errors import MistralError
from mistral_agents.models import AssistantMessage, UserMessage


def chat(client: Mistral, agent_id: str) -> None:
    """Send each line of the input to the agent, until the input ends."""
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
            continue  # the history gets neither the question nor its incomplete answer
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
