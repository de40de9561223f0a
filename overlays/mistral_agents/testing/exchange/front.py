"""What the stub does before and after it looks at operations: readiness probes, and CORS for browsers."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ..http.wire import Reply, Request
from .received import path_and_query
from .replies import Replies

__all__ = ["Front", "cors_headers"]

# How long a browser may remember the answer to a preflight, in seconds: as long as a test run, more or less.
_PREFLIGHT_SECONDS = "600"


def cors_headers(request: Request, given: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the CORS headers that an answer lacks, so that a page of another origin can read it.

    If the request has no `origin` header, it does not come from a page, and the list is empty.
    """
    names = {name.lower() for name, _ in given}
    allowed = [("access-control-allow-origin", "*"), ("access-control-expose-headers", "*")]
    return [each for each in allowed if each[0] not in names] if "origin" in request.headers else []


class Front:
    """Answers readiness probes and preflights, and adds CORS headers to the replies to other requests.

    The replies of a recorder or a replay are raw bytes, to which it cannot add headers. So recorders and replays add
    the CORS headers themselves.
    """

    def __init__(self, replies: Replies) -> None:
        self._replies = replies

    def reply(self, request: Request) -> Reply | None:
        """Return the reply to a probe or a preflight; None for any other request."""
        path, _ = path_and_query(request.target)
        if path == "/" and request.method in ("GET", "HEAD"):
            return self._replies.json(200, {"status": "ok"})
        if request.method == "OPTIONS" and "access-control-request-method" in request.headers:
            return self._preflight(request)
        return None

    def finished(self, request: Request, reply: Reply) -> Reply:
        """Let a page of another origin read the reply."""
        if reply.status is None:
            return reply
        return attrs.evolve(reply, headers=[*reply.headers, *cors_headers(request, reply.headers)])

    def _preflight(self, request: Request) -> Reply:
        asked = request.headers
        headers = [
            ("access-control-allow-origin", "*"),
            ("access-control-allow-methods", asked["access-control-request-method"]),
            ("access-control-allow-headers", asked.get("access-control-request-headers", "*")),
            ("access-control-max-age", _PREFLIGHT_SECONDS),
            ("vary", "origin, access-control-request-method, access-control-request-headers"),
        ]
        return self._replies.empty(204, *headers)
