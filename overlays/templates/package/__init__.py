"""The client that is compiled from the contract, `openapi.yaml`.

`client` has the address and the key, `api` the functions of each operation, `models` its data. `resources` has the
typed methods that the package `mistral_agents` runs.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .client import AuthenticatedClient, Client
else:

    def __getattr__(name: str) -> Any:
        """Load the clients when they are first used (PEP 562): models and `resources` do not need them."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from . import client

        return getattr(client, name)


__all__ = ("AuthenticatedClient", "Client")
