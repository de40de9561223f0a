"""Fixtures for the tests of the stub."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from client_settings import ANY_KEY
from mistral_agents.testing import StubServer


@pytest.fixture
def stub(request: pytest.FixtureRequest) -> Iterator[StubServer]:
    """Give the test a stub of its own: a strict one, unless its module says `STRICT = False`."""
    with StubServer(strict=getattr(request.module, "STRICT", True)) as server:
        yield server


@pytest.fixture
def http(stub: StubServer) -> Iterator[httpx.Client]:
    """Open a client with a key and the stub's address."""
    with httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as client:
        yield client
