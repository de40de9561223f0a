"""`Conversations`: the operations of the contract for conversations."""

from __future__ import annotations

from mistral_agents_api.resources import conversations


class Conversations(conversations.Conversations):
    """Conversations with an agent or a model, kept by the service."""
