"""A client for Mistral's agents completions: one answer or a stream, typed, retried, and honest about how it ended.

`mistral_agents.models` has the models, `mistral_agents.errors` the error tree, `mistral_agents.sse` the event decoder.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from .client import Mistral
    from .retry import BackoffStrategy, RetryConfig
    from .retry_client import AsyncRetryClient, RetryClient
else:

    def __getattr__(name: str) -> Any:
        """Load what is asked for, and httpx with it (PEP 562): pytest imports this package in every run."""
        if name in __all__:
            modules = [import_module(f"{__name__}.{each}") for each in ("client", "retry")]
            return next(getattr(module, name) for module in modules if hasattr(module, name))
        if name in ("client", "errors", "models", "retry", "retry_client", "sse", "streams"):
            return import_module(f"{__name__}.{name}")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["AsyncRetryClient", "BackoffStrategy", "Mistral", "RetryClient", "RetryConfig", "__version__"]
