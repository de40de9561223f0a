"""Headers that hold keys and cookies, and the secrets in their values."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

__all__ = ["is_secret_field", "is_secret_name", "kept_of", "secrets_in"]

# A header or parameter holds a secret if the last word of its name is one of these: `x-csrf`, `client-secret`.
_LAST = re.compile(
    "authorization|o?auth|c[sx]rf|xsrf|cookie|credentials?|otp|[a-z]*pass(?:phrase|wo?r?d)|pwd|secret|signature"
)
_KEY_OR_TOKEN = re.compile("([a-z]*)(key|token)")
# What stands before `key` in one word: `apikey`, but not `monkey`.
_BEFORE_KEY = re.compile("access|api|auth|client|functions|master|private|secret|session|signing|subscription")
# With one of these words before it, `key` or `token` is not a secret: `idempotency-key`, `page_token`. The two lists
# differ: `request` is only in the first one, so `x-request-token` is a secret.
_ORDINARY = {
    "key": re.compile(
        "cache|continuation|correlation|cursor|deduplication|idempotency|limit|message|next|object|page|pagination"
        "|partition|primary|public|remaining|request|routing|socket|sort|surrogate|trace|websocket"
    ),
    "token": re.compile("continuation|cursor|next|page|pagination"),
}
# A JSON field holds a secret if the last word of its name, or its last two words written as one, are one of these:
# `password`, `access_token`. Other names with `key` or `token` are harmless: models count tokens, tools look up keys.
_IN_JSON = re.compile(
    "jwt|[a-z]*pass(?:phrase|wo?r?d)|pwd|(?:access|api|auth|client|master|private|secret|signing|subscription)key"
    "|(?:api|app|auth|client|consumer|oauth|shared|signing|webhook)secret"
    "|(?:access|api|auth|bearer|csrf|csrfmiddleware|id|oauth|personal|private|refresh|secret|security|session|xsrf)token"
)
_WORD = re.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# The first word of a value like `Bearer KEY` is not masked.
_SCHEME = re.compile(r"(?i)(?:bearer|basic|digest|token)\s+")
# A value may have named parts: `Token token="KEY"`. A part is secret if its name is the name of a secret.
_PART = re.compile(r"([\w-]+)\s*=\s*\"?([^\",;\s]+)")
_COOKIE_VALUE = re.compile(r"(?:^|;)\s*([^=;\s]+)=\"?([^;\"]*)")
# Attributes of a cookie, which are no secrets: RFC 6265, section 4.1.
_COOKIE_ATTRIBUTES = frozenset(["expires", "max-age", "domain", "path", "samesite"])
# A cookie such as `theme=completed` is a setting. Its value is not masked, because the same word in a body is harmless.
_PLAIN_WORD = re.compile("[a-z]{1,15}")


def is_secret_name(name: str) -> bool:
    """Tell whether a header, or a parameter of a query or a form, holds a secret, by its name.

    - If the last word of the name is `key` or `token`, the word before it decides: `api-key`, but not `page_token`.
    - If the word before the last one is `allow`, the name is harmless: `access-control-allow-credentials`.
    - Any other name is secret if its last word is, such as `password`, or if one of its words is `jwt`.
    """
    *before, last = _words(name)
    if (found := _KEY_OR_TOKEN.fullmatch(last)) is not None:
        glued, kind = found.groups()
        if glued and kind == "key" and not _BEFORE_KEY.fullmatch(glued):
            return False
        return _ORDINARY[kind].fullmatch(glued or "".join(before[-1:])) is None
    if before[-1:] == ["allow"]:  # access-control-allow-credentials
        return False
    return _LAST.fullmatch(last) is not None or "jwt" in (*before, last)


def is_secret_field(name: str) -> bool:
    """Tell whether a field of JSON holds a secret, by its name: `password`, `jwt`, `access_token`, `clientSecret`."""
    *before, last = _words(name)
    return any(map(_IN_JSON.fullmatch, (last, "".join([*before[-1:], last]))))


def _words(name: str) -> list[str]:
    """Return the words of a name such as `x-api-key`, `api_key`, `apiKey` or `signature-256`, in small letters."""
    return [word.lower() for word in _WORD.findall(name)] or [""]


def kept_of(value: str) -> str:
    """Return the beginning of a secret header's value that is not masked: its scheme, if that is a usual one."""
    scheme = _SCHEME.match(value)
    return scheme[0] if scheme else ""


def secrets_in(name: str, value: str) -> Iterator[str]:
    """Yield the secrets in a secret header: first its value without the scheme, then the secret parts of the value."""
    kind, credentials = name.lower(), value.removeprefix(kept_of(value)).strip()
    yield credentials
    if kind.endswith("cookie"):
        cookies = (text for cookie, text in _COOKIE_VALUE.findall(value) if cookie.lower() not in _COOKIE_ATTRIBUTES)
        yield from (text for text in cookies if not _PLAIN_WORD.fullmatch(text))
    elif is_secret_name(name):  # not if it is secret only because the user said so
        yield credentials.partition(" ")[2].strip()  # what follows an unusual scheme
        parts = _PART.findall(credentials)
        yield from (text for part, text in parts if part.lower() == "response" or is_secret_name(part))
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
