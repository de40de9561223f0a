# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from typing import Literal, TypeAlias

BuiltInConnectors: TypeAlias = Literal[
    "code_interpreter", "document_library", "image_generation", "mistral_mcp", "web_search", "web_search_premium"
]
