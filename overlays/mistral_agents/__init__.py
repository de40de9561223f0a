"""A client for Mistral's agents completions: one answer or a stream, typed, retried, and honest about how it ended.

`mistral_agents.models` has the models, `mistral_agents.errors` the error tree, `mistral_agents.sse` the event decoder.
"""

from ._version import __version__
from .client import Mistral
from .retry import BackoffStrategy, RetryConfig
from .retry_client import AsyncRetryClient, RetryClient

__all__ = ["AsyncRetryClient", "BackoffStrategy", "Mistral", "RetryClient", "RetryConfig", "__version__"]
