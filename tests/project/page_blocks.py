"""The code blocks of documentation pages. As a program it runs the Python blocks of pages, each block separately.

The environment has a key, and clients without an address call a stub, so that blocks need neither.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import mistral_agents
from mistral_agents import client
from mistral_agents.testing import StubServer

ADDRESS = "https://api.mistral.ai"
# Blocks that run elsewhere: tests for pytest, and code that needs other packages (`make examples`).
RUN_ELSEWHERE = re.compile(r"# test_\w+\.py\n|from (mistralai|openai)\b")
PAGE_OF_THE_EXAMPLES = "beyond-one-machine.md"


def blocks(text: str, language: str) -> list[str]:
    """Return the blocks in a language; each is padded with empty lines, so that it keeps the page's line numbers."""
    fenced = re.finditer(rf"^```{language}\b[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return ["\n" * text.count("\n", 0, found.start(1)) + found[1] for found in fenced]


def python_blocks(page: Path) -> list[str]:
    """Return the Python blocks of a page that run alone."""
    found = [] if page.name == PAGE_OF_THE_EXAMPLES else blocks(page.read_text(encoding="utf-8"), "python")
    return [block for block in found if not RUN_ELSEWHERE.match(block.lstrip("\n"))]


def run(page: Path) -> None:
    """Run the Python blocks of a page; a strict stub raises an error if a request did not fit the contract."""
    with StubServer(strict=True) as stub:

        class Mistral(client.Mistral):
            def __init__(self, api_key: str | None = None, *, server_url: str = stub.url, **settings: object) -> None:
                super().__init__(api_key, server_url=server_url, **settings)  # type: ignore[arg-type]  # any settings are passed on

        mistral_agents.__dict__["Mistral"] = Mistral
        for block in python_blocks(page):
            code = compile(block.replace(ADDRESS, stub.url), page, "exec", dont_inherit=True)
            exec(code, {"__name__": "__main__"})  # noqa: S102  # a block of one of our pages


if __name__ == "__main__":
    os.environ["MISTRAL_API_KEY"] = "any"
    for argument in sys.argv[1:]:
        run(Path(argument))
        print(argument)  # noqa: T201  # says that this page is done
