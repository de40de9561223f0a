# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from typing import Literal, TypeAlias

ToolCallDecision: TypeAlias = Literal["allow", "deny"]
