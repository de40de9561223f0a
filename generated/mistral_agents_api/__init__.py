# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The contract `openapi.yaml`, compiled: `client` (where and as whom), `api` (one module an operation), `models`."""

from .client import AuthenticatedClient, Client

__all__ = ("AuthenticatedClient", "Client")
