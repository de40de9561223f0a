# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Dates that keep the text from which they were read, so that they are written as they came."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from .errors import StructureError


class DateTime(datetime.datetime):
    """A datetime that was read from a text."""

    text: str | None = None

    def __reduce_ex__(self, protocol: Any) -> Any:
        return (read_date_time, (self.text,)) if self.text is not None else super().__reduce_ex__(protocol)


class Date(datetime.date):
    """A date that was read from a text."""

    text: str | None = None

    def __reduce_ex__(self, protocol: Any) -> Any:
        return (read_date, (self.text,)) if self.text is not None else super().__reduce_ex__(protocol)


def read_date_time(data: Any) -> Any:
    """Read a date with a time (RFC 3339, ISO 8601). Any other text is kept; a `datetime.date` raises StructureError."""
    if not isinstance(data, str):
        if isinstance(data, datetime.date) and not isinstance(data, datetime.datetime):
            raise StructureError("a date with a time", data)
        return _scalar(data)
    try:
        value = DateTime.fromisoformat(data)
    except ValueError:
        from dateutil.parser import isoparse  # slow to import, and seldom needed

        try:
            value = DateTime.fromisoformat(isoparse(data).isoformat())
        except (ValueError, OverflowError):
            return data
    value.text = data
    return value


def read_date(data: Any) -> Any:
    """Read a date (RFC 3339, ISO 8601); any other text is kept."""
    if isinstance(data, datetime.datetime):
        return data.date()
    if not isinstance(data, str):
        return _scalar(data)
    try:
        value = Date.fromisoformat(data)
    except ValueError:
        from dateutil.parser import isoparser  # slow to import, and seldom needed

        try:
            value = Date.fromisoformat(isoparser().parse_isodate(data).isoformat())
        except (ValueError, OverflowError):
            return data
    value.text = data
    return value


def _scalar(data: Any) -> Any:
    """Return a scalar as it came; raises StructureError for a list or an object."""
    if isinstance(data, (Sequence, Mapping)):
        raise StructureError("a date as a string", data)
    return data


__all__ = ["Date", "DateTime", "read_date", "read_date_time"]
