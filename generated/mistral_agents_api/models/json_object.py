# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A JSON object with any content."""

from __future__ import annotations

from typing import Any

JsonObject = dict[str, Any]
"""A JSON object with any content."""
