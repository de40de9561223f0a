"""Read a YAML file that is a list of entries, such as the accepted findings or the explained differences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from tools.openapi.yaml12 import load

from .keywords import ContractError


def read_entries(path: Path) -> list[Any]:
    """Return the entries, none for an empty file; raises ContractError if it is not a YAML list or cannot be read."""
    try:
        found = load(path.read_bytes())
    except OSError as error:
        raise ContractError(f"{path} cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise ContractError(f"{path} cannot be read: {' '.join(str(error).split())}") from None
    if found is not None and not isinstance(found, list):
        raise ContractError(f"{path} should be a list of entries")
    return found or []
