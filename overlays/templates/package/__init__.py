"""The contract `openapi.yaml`, compiled.

`client` says where requests go, and as whom; `api` has the functions of each operation, `models` its data. `resources`
has the typed methods that the package `mistral_agents` runs.
"""

from .client import AuthenticatedClient, Client

__all__ = ("AuthenticatedClient", "Client")
