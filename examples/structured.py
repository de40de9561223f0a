"""Get an answer as an instance of your own class instead of as text.

It reads the key from MISTRAL_API_KEY and the agent's identifier from MISTRAL_AGENT_ID. To try it without a key, run
`python -m mistral_agents.testing`, set MISTRAL_SERVER_URL to the address that it prints, and the other two to any text.
It needs pydantic.

    python examples/structured.py "Who painted Guernica?"
"""

import os
import sys

from pydantic import BaseModel, Field

from mistral_agents import Mistral


class Painter(BaseModel):
    """A painter. The agent sees the names, types and descriptions of the fields."""

    name: str = Field(description="First and last name")
    born: int = Field(description="Year of birth", ge=1)
    paintings: list[str] = Field(description="The three best known paintings")


def ask(client: Mistral, agent_id: str, question: str) -> Painter:
    """Ask a question whose answer is a painter."""
    answer = client.agents.parse(
        response_format=Painter, agent_id=agent_id, messages=[{"role": "user", "content": question}]
    )
    return answer.parsed


def main() -> None:
    """Ask the question of the command line."""
    question = " ".join(sys.argv[1:]) or "Who is the best French painter?"
    with Mistral() as client:
        painter = ask(client, os.environ["MISTRAL_AGENT_ID"], question)
    print(f"{painter.name}, born in {painter.born}, painted {', '.join(painter.paintings)}.")


if __name__ == "__main__":
    main()
