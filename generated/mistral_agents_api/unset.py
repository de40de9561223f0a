# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The default of a parameter that was not given."""

from __future__ import annotations

from typing import Any, Literal, final


@final
class _Unset:
    """The type of `UNSET`. `UNSET` is falsy, and stays the same object when it is copied or pickled."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


# Any, so that a parameter with this default needs no type beside that of its values.
UNSET: Any = _Unset()
"""The default of a parameter that was not given. No field of a model has this value."""

__all__ = ["UNSET"]
