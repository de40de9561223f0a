"""What every test shares: the async backends and the Hypothesis profile."""

import pytest
from hypothesis import settings

# The same examples in every run, so that a red test is red for everyone. No deadline: a busy machine is no defect.
settings.register_profile("mistral-agents", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("mistral-agents")


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Run every test that is marked `anyio` on both event loops."""
    backend: str = request.param
    return backend
