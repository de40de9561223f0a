"""Regular expressions of JSON Schema: in JavaScript's dialect, and matching anywhere in a text."""

from __future__ import annotations

import re
import warnings
from functools import cache

# Matches an escaped character, a whole character class (in which `$` is literal), or a `$`.
_DOLLAR = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\$", re.DOTALL)
# Syntax that Python reads differently from JavaScript: counts without a minimum, possessive quantifiers, atomic groups,
# flags, and names of groups.
_PYTHON_ALONE = re.compile(r"\{,|[*+?}]\+|\(\?(?![:=!<])|\\[AGNZ]")
_EVERYTHING_BETWEEN_ENDS = frozenset({r"^[\s\S]*$", r"^[\S\s]*$", r"^[\d\D]*$", r"^[\w\W]*$", "^[^]*$", r"^(.|\n)*$"})


@cache
def matches(pattern: str, value: str) -> bool | None:
    """Tell whether a pattern matches in a text; None if Python cannot read the pattern, or reads it differently."""
    parts = _DOLLAR.sub(lambda found: found[0] if re.fullmatch(r"\\[AGNZ]", found[0]) else "x", pattern)
    if _PYTHON_ALONE.search(parts):
        return None
    try:
        # In Python, `$` also matches before a line feed at the end, and \d, \w and \s match characters of all scripts.
        # `\Z` and re.ASCII prevent that.
        readable = _DOLLAR.sub(lambda found: r"\Z" if found[0] == "$" else found[0], pattern)
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)  # for `[[` and the like, a set of sets in other dialects
            return re.search(readable, value, re.ASCII) is not None
    except (re.error, RecursionError, OverflowError, FutureWarning):
        return None


@cache
def matches_everything(pattern: str) -> bool:
    """Tell whether a pattern certainly matches in every text.

    It does if it matches the empty text and has no part that depends on the position or on other parts.
    """
    if pattern in _EVERYTHING_BETWEEN_ENDS:
        return True
    # One anchor is harmless: every text has a start for `^`, and an end for `$`.
    inner = pattern[1:] if pattern.startswith("^") else pattern.removesuffix("$")
    depends = re.search(r"[\^$]|\\[bBAZ]|\(\?|\\[1-9]", re.sub(r"\[\^", "[", inner))
    return depends is None and not inner.endswith("\\") and matches(inner, "") is True
