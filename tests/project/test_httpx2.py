"""`make test-httpx2` runs the tests with httpx2 instead of httpx, in this process and in its child processes."""

from __future__ import annotations

import subprocess
import sys

import httpcore
import httpx
import pytest

from client_settings import KEY
from completion_payloads import ASK
from mistral_agents import Mistral
from mistral_agents.testing import StubServer
from worlds import World, each_world

WHICH = "import httpx, httpcore; print(httpx.__name__, httpcore.__name__)"


def test_which_httpx_is_used(pytestconfig: pytest.Config) -> None:
    """The tests and their child processes use httpx2 and httpcore2 if, and only if, `--httpx2` is given."""
    expected = ("httpx2", "httpcore2") if pytestconfig.getoption("--httpx2") else ("httpx", "httpcore")
    found = subprocess.run([sys.executable, "-c", WHICH], capture_output=True, text=True, check=True)  # noqa: S603  # the code above
    assert (httpx.__name__, httpcore.__name__) == expected
    assert tuple(found.stdout.split()) == expected


@each_world
def test_a_call(world: World) -> None:
    """A call is answered, with httpx and with httpx2."""
    with StubServer() as stub:
        assert world.complete(Mistral(KEY, server_url=stub.url), **ASK).choices
