"""Fixtures for the tests of the stub. A test file that needs other fixtures defines its own under the same names."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from mistral_agents.testing import StubServer


@pytest.fixture
def stub() -> Iterator[StubServer]:
    """Give the test a strict stub of its own."""
    with StubServer(strict=True) as server:
        yield server


@pytest.fixture
def http(stub: StubServer) -> Iterator[httpx.Client]:
    """Open a client with a key and the stub's address."""
    with httpx.Client(base_url=stub.url, headers={"Authorization": "Bearer any"}, trust_env=False) as client:
        yield client
