"""A client for Mistral's agents completions: one answer or a stream, typed, retried, and honest about how it ended.

`mistral_agents.models` has the models, `mistral_agents.errors` the error tree, `mistral_agents.sse` the event decoder.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from ._assembly import text_of
    from .client import Mistral
    from .retry import BackoffStrategy, RetryConfig
    from .retry_client import AsyncRetryClient, RetryClient
else:
    _HOME = {
        "AsyncRetryClient": "retry_client",
        "BackoffStrategy": "retry",
        "Mistral": "client",
        "RetryClient": "retry_client",
        "RetryConfig": "retry",
        "text_of": "_assembly",
    }
    _MODULES = {
        "agents",
        "client",
        "concurrency",
        "errors",
        "models",
        "observe",
        "retry",
        "retry_client",
        "sse",
        "streams",
    }

    def __getattr__(name: str) -> Any:
        """Load what is asked for (PEP 562): pytest imports this package in every run, and should not wait for httpx."""
        if name in _MODULES:
            return import_module(f"{__name__}.{name}")
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *_HOME, *_MODULES})


__all__ = ["AsyncRetryClient", "BackoffStrategy", "Mistral", "RetryClient", "RetryConfig", "__version__", "text_of"]
