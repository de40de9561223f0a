"""A client for Mistral's agents and conversations. Its calls are retried; its answers, streams and pages have types.

`mistral_agents.models` has the models, `mistral_agents.errors` the error tree, `mistral_agents.sse` the event decoder.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from mistral_agents_api.values import UNSET

    from ._joining import text_of
    from .client import Mistral
    from .responses import response_of
    from .retry import BackoffStrategy, RetryConfig
    from .retry_client import AsyncRetryClient, RetryClient
else:
    _HOME = {
        "AsyncRetryClient": "retry_client",
        "BackoffStrategy": "retry",
        "Mistral": "client",
        "RetryClient": "retry_client",
        "RetryConfig": "retry",
        "UNSET": "_request",
        "response_of": "responses",
        "text_of": "_joining",
    }

    def __getattr__(name: str) -> Any:
        """Load a name when it is first used (PEP 562).

        pytest imports this package to find its plugin, and that import must not load httpx.
        """
        if name in _HOME:
            return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        from importlib.util import find_spec

        if name.startswith("_") or find_spec(f"{__name__}.{name}") is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return import_module(f"{__name__}.{name}")

    def __dir__() -> list[str]:
        from pkgutil import iter_modules

        return sorted({*globals(), *_HOME, *(name for _, name, _ in iter_modules(__path__) if name[0] != "_")})


__all__ = [
    "UNSET",
    "AsyncRetryClient",
    "BackoffStrategy",
    "Mistral",
    "RetryClient",
    "RetryConfig",
    "__version__",
    "response_of",
    "text_of",
]
