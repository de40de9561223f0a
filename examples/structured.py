"""Get an answer as an object of a class of your own, instead of as text.

MISTRAL_API_KEY and MISTRAL_AGENT_ID say whose agent it is. To try it without a key, run
`python -m mistral_agents.testing`, give the address it prints in MISTRAL_SERVER_URL, and anything in the other two.
It needs pydantic.

    python examples/structured.py "Who painted Guernica?"
"""

import os
import sys

from pydantic import BaseModel, Field

from mistral_agents import Mistral


class Painter(BaseModel):
    """Somebody who paints; the agent is told the names of the fields, their types and what is said about them."""

    name: str = Field(description="First and last name")
    born: int = Field(description="Year of birth", ge=1)
    paintings: list[str] = Field(description="The three best known")


def ask(client: Mistral, agent_id: str, question: str) -> Painter:
    """Return the painter who is the answer to a question."""
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
