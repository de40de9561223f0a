# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from typing import Literal, TypeAlias

RequestSource: TypeAlias = Literal["agent_builder_v1", "api", "playground"]
