"""The stub that tests of the generated package use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mistral_agents.testing import StubServer


@pytest.fixture
def stub() -> Iterator[StubServer]:
    """Give the test a stub of its own."""
    with StubServer() as server:
        yield server
