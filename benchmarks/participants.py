"""The participants: which client, in which Python, with which packages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Participant(NamedTuple):
    """A column of the table."""

    name: str
    client: str
    """Module and class."""
    imports: str
    """The imports of a program that uses it, and the access that loads its class."""
    needs: tuple[str, ...] = ()
    """The packages that must be installed."""
    without: tuple[str, ...] = ()
    """The packages that the client must not find, even if they are installed."""
    python: str = sys.executable
    divisor: int = 1
    """In the cases that use `Bench.cpu`, a slow client does only `1 / divisor` of the work. The figures are per event,
    request or client, so they stay comparable.
    """


_OURS = "import mistral_agents; mistral_agents.Mistral"

B = Participant("bare httpx", "benchmarks.clients:Httpx", "import httpx, attrs")
STANDARD = Participant("mistral_agents", "benchmarks.clients:MistralAgents", _OURS, without=("orjson",))
SPEED = Participant("with speed", "benchmarks.clients:MistralAgents", _OURS, needs=("orjson",))
# This client takes part only in the case `concurrent`.
CONCURRENCY = Participant("with concurrency", "benchmarks.clients:MistralAgentsConcurrency", _OURS)

MISTRALAI = Participant(
    "mistralai",
    "benchmarks.peers:MistralAI",
    "from mistralai.client import Mistral",
    python=str(ROOT / ".venv-parity" / "bin" / "python"),
    divisor=10,
)
OPENAI = Participant(
    "openai",
    "benchmarks.peers:OpenAI",
    "import openai; openai.OpenAI",
    python=str(ROOT / ".venv-peer-openai" / "bin" / "python"),
    divisor=10,
)

ALL = (B, STANDARD, SPEED, CONCURRENCY)
PEERS = (MISTRALAI, OPENAI)
