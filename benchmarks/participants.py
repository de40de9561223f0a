"""Who takes part: which client, in which Python, with which packages."""

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
    """What a program that uses it writes at its top, and gets at."""
    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """Packages that have to be there, and those that it must not find."""
    python: str = sys.executable
    divisor: int = 1
    """By what the work is divided of one that takes too long for all of it; figures are per event or request."""


_OURS = "import mistral_agents; mistral_agents.Mistral"

B = Participant("bare httpx", "benchmarks.clients:Httpx", "import httpx, attrs")
STANDARD = Participant("mistral_agents", "benchmarks.clients:MistralAgents", _OURS, without=("orjson",))
SPEED = Participant("with speed", "benchmarks.clients:MistralAgents", _OURS, needs=("orjson",))
# For many streams at once alone.
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
