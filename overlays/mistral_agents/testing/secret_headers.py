"""Headers that hold keys and cookies, and the secrets in their values."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

__all__ = ["is_secret_header", "kept_of", "secrets_in"]

# How such headers are called: `x-goog-api-key`, `private-token`. `x-ratelimit-remaining-tokens` and `idempotency-key`
# are not among them.
_KEY = r"(?:access|api|auth|functions|private|secret|subscription)[-_]?key"
_SECRET = re.compile(
    rf"(?i)(?:.*[-_])?(?:authorization|auth|cookie|credentials?|password|secret|signature|token|{_KEY})"
)
# Of a value like `Bearer KEY` the first word stays.
_SCHEME = re.compile(r"(?i)(?:bearer|basic|digest|token)\s+")
# The value may have named parts: `Token token="KEY"`. Parts with names like a key's are secret. Other parts are not.
_PART = re.compile(r"([\w-]+)\s*=\s*\"?([^\",;\s]+)")
_COOKIE_VALUE = re.compile(r"(?:^|;)\s*([^=;\s]+)=\"?([^;\"]*)")
# Attributes of a cookie, which are no secrets: RFC 6265, section 4.1.
_COOKIE_ATTRIBUTES = frozenset(["expires", "max-age", "domain", "path", "samesite"])


def is_secret_header(name: str) -> bool:
    """Tell whether a header is one that holds a key or a cookie, by its name."""
    return _SECRET.fullmatch(name) is not None


def kept_of(value: str) -> str:
    """Return the beginning of a secret header's value that is no secret: its scheme, if that is a usual one."""
    scheme = _SCHEME.match(value)
    return scheme[0] if scheme else ""


def secrets_in(name: str, value: str) -> Iterator[str]:
    """Yield the secrets in a secret header: its whole value, without its scheme, and its parts."""
    kind, credentials = name.lower(), value.removeprefix(kept_of(value)).strip()
    yield credentials
    if kind.endswith("cookie"):
        cookies = _COOKIE_VALUE.findall(value)
        yield from (text for cookie, text in cookies if cookie.lower() not in _COOKIE_ATTRIBUTES)
    elif is_secret_header(name):  # not if it is secret only because the user said so
        yield credentials.partition(" ")[2].strip()  # what follows an unusual scheme
        parts = _PART.findall(credentials)
        yield from (text for part, text in parts if part.lower() == "response" or _SECRET.fullmatch(part))
        if value[:6].lower() == "basic ":
            yield from _of_basic(credentials)


def _of_basic(credentials: str) -> Iterator[str]:
    """Yield user and password together, and the password."""
    try:
        user_and_password = base64.b64decode(credentials, validate=True).decode("utf-8")
    except ValueError:
        return
    yield user_and_password
    yield user_and_password.partition(":")[2]
