# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from typing import Literal, TypeAlias

ResponseFormats: TypeAlias = Literal["json_object", "json_schema", "text"]
