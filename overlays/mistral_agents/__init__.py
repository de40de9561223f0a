"""A client for Mistral's agents completions: one answer or a stream, typed, retried, and honest about how it ended.

    from mistral_agents import Mistral

    with Mistral() as client:  # the key comes from MISTRAL_API_KEY
        answer = client.agents.complete(messages=[{"role": "user", "content": "Hello"}], agent_id="ag_...")

`mistral_agents.models` has the models, `mistral_agents.errors` the error tree, `mistral_agents.sse` the event decoder.
"""

from ._version import __version__
from .client import Mistral
from .retry import BackoffStrategy, RetryConfig

__all__ = ["BackoffStrategy", "Mistral", "RetryConfig", "__version__"]
