# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from typing import Literal, TypeAlias

FinishReason: TypeAlias = Literal["error", "length", "model_length", "stop", "tool_calls"]
