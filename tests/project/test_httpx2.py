"""httpx2 in the place of httpx, as `make test-httpx2` has it: in this process, and in those that it starts."""

from __future__ import annotations

import subprocess
import sys

import httpcore
import httpx
import pytest

from clients import ASK, KEY, World, each_world
from mistral_agents import Mistral
from mistral_agents.testing import StubServer

WHICH = "import httpx, httpcore; print(httpx.__name__, httpcore.__name__)"


def test_which_httpx_it_is(pytestconfig: pytest.Config) -> None:
    """The tests run with httpx2 and httpcore2 exactly where that was asked for, child processes included."""
    expected = ("httpx2", "httpcore2") if pytestconfig.getoption("--httpx2") else ("httpx", "httpcore")
    found = subprocess.run([sys.executable, "-c", WHICH], capture_output=True, text=True, check=True)  # noqa: S603  # our own
    assert (httpx.__name__, httpcore.__name__) == expected
    assert tuple(found.stdout.split()) == expected


@each_world
def test_a_call(world: World) -> None:
    """Whichever it is, calls are answered over it."""
    with StubServer() as stub:
        assert world.complete(Mistral(KEY, server_url=stub.url), **ASK).choices
