"""The client that is compiled from the contract, `openapi.yaml`.

`client` has the clients, which hold the address and the key. `api` has the functions of each operation. `models` has
the models. `resources` has the typed methods, which need the package `mistral_agents` to run their calls.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .client import AuthenticatedClient, Client
else:

    def __getattr__(name: str) -> Any:
        """Load the clients when one is first used (PEP 562), because models and `resources` do not need them."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from . import client

        return getattr(client, name)


__all__ = ("AuthenticatedClient", "Client")
