"""Regular expressions as JSON Schema uses them: searched for anywhere, in JavaScript's dialect."""

from __future__ import annotations

import re
import warnings
from functools import cache

# A character that has a meaning of its own, an assertion, or a whole class of characters, which has none inside.
_DOLLAR = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\$", re.DOTALL)
# What Python reads otherwise than JavaScript: counts without a least number, possessive and atomic parts, flags, names.
_PYTHON_ALONE = re.compile(r"\{,|[*+?}]\+|\(\?(?![:=!<])|\\[AGNZ]")
_EVERYTHING_BETWEEN_ENDS = frozenset({r"^[\s\S]*$", r"^[\S\s]*$", r"^[\d\D]*$", r"^[\w\W]*$", "^[^]*$", r"^(.|\n)*$"})


@cache
def matches(pattern: str, value: str) -> bool | None:
    """Tell whether a pattern is found in a text; None if Python cannot read the pattern, or reads something else."""
    parts = _DOLLAR.sub(lambda found: found[0] if re.fullmatch(r"\\[AGNZ]", found[0]) else "x", pattern)
    if _PYTHON_ALONE.search(parts):
        return None
    try:
        # Python's `$` also matches before a line feed at the end, and its \d, \w and \s know all of Unicode.
        readable = _DOLLAR.sub(lambda found: r"\Z" if found[0] == "$" else found[0], pattern)
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)  # of what other dialects read as a set of sets
            return re.search(readable, value, re.ASCII) is not None
    except (re.error, RecursionError, OverflowError, FutureWarning):
        return None


@cache
def matches_everything(pattern: str) -> bool:
    """Tell whether a pattern is certainly found in every text: if it is found in the empty one, wherever that is."""
    if pattern in _EVERYTHING_BETWEEN_ENDS:
        return True
    # One end may be named: `^` is found at the start of every text, and so is `$` at its end.
    inner = pattern[1:] if pattern.startswith("^") else pattern.removesuffix("$")
    looks_around = re.search(r"[\^$]|\\[bBAZ]|\(\?|\\[1-9]", re.sub(r"\[\^", "[", inner))
    return looks_around is None and not inner.endswith("\\") and matches(inner, "") is True
