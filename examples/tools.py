"""Let an agent call your functions, and use their results in its answer.

It reads the key from MISTRAL_API_KEY and the agent's identifier from MISTRAL_AGENT_ID. To try it without a key, run
`python -m mistral_agents.testing`, set MISTRAL_SERVER_URL to the address that it prints, and the other two to any text.
It needs pydantic.

    python examples/tools.py "Is it warmer in Lyon than in Lille?"
"""

import os
import sys

from mistral_agents import Mistral, text_of

# Stands for a weather service.
_DEGREES = {"Lille": 17.5, "Lyon": 24.0, "Paris": 21.0}


def get_temperature(city: str) -> str:
    """Get the temperature in a French city, in degrees Celsius."""
    print(f"(asked for {city})", file=sys.stderr)
    return f"{_DEGREES[city]} °C" if city in _DEGREES else "unknown"


def ask(client: Mistral, agent_id: str, question: str) -> str:
    """Return the answer to a question; the agent may call get_temperature first."""
    run = client.agents.run_tools(
        tools=[get_temperature], agent_id=agent_id, messages=[{"role": "user", "content": question}]
    )
    return text_of(run.response.choices[0].message)


def main() -> None:
    """Ask the question of the command line."""
    question = " ".join(sys.argv[1:]) or "How warm is it in Paris?"
    with Mistral() as client:
        print(ask(client, os.environ["MISTRAL_AGENT_ID"], question))


if __name__ == "__main__":
    main()
