# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Number of uses for each tool, by its name."""

from __future__ import annotations

ConnectorCalls = dict[str, int]
"""Number of uses for each tool, by its name."""
