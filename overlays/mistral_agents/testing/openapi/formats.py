"""Checks the `format` of texts: `date-time` and `date`. Any other format allows any text."""

from __future__ import annotations

import datetime as dt
import re

from .extra import FormatChecker

__all__ = ["FORMATS", "WORDS"]

# https://www.rfc-editor.org/rfc/rfc3339#section-5.6
_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.\d+)?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))",
    re.ASCII,
)
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_LAST_MINUTE = 23 * 60 + 59

FORMATS = FormatChecker(())
WORDS = {
    "date-time": ("datetime_parsing", "Input should be a valid datetime with a timezone"),
    "date": ("date_parsing", "Input should be a valid date"),
}
"""For each format: pydantic's error type and message for a text that does not have it."""


@FORMATS.checks("date-time")
def _is_date_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    found = _DATE_TIME.fullmatch(value)
    if found is None or not _is_date(found[1]):
        return False
    if found[4] != "60":
        return True
    # A leap second can only be the last second of a day in UTC.
    offset = 0 if found[5] is None else int(f"{found[5]}1") * (int(found[6]) * 60 + int(found[7]))
    return (int(found[2]) * 60 + int(found[3]) - offset) % (24 * 60) == _LAST_MINUTE


@FORMATS.checks("date")
def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    found = _DATE.fullmatch(value)
    if found is None:
        return False
    year, month, day = map(int, found.groups())
    try:
        dt.date(year or 400, month, day)  # Python has no year 0; it is a leap year, like 400
    except ValueError:
        return False
    return True
