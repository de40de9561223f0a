"""The fixtures that pytest finds once the package is installed: a strict stub, and a client of it.

pytest loads this module in every run, whoever uses it: so the fixtures import what costs time, or needs the extra
`testing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mistral_agents import Mistral
    from mistral_agents.testing import StubServer


@pytest.fixture
def mistral_stub() -> Iterator[StubServer]:
    """A strict stub of the service, open for one test: what it did not expect is an error at the end of the test."""
    from mistral_agents.testing import StubServer

    with StubServer(strict=True) as stub:
        yield stub


@pytest.fixture
def mistral_client(mistral_stub: StubServer) -> Iterator[Mistral]:
    """A client of `mistral_stub`, closed after the test; it retries as usual, without waiting before."""
    from mistral_agents import BackoffStrategy, Mistral, RetryConfig

    at_once = RetryConfig(backoff=BackoffStrategy(initial_interval=0))
    with Mistral("any", server_url=mistral_stub.url, retry_config=at_once) as client:
        yield client
