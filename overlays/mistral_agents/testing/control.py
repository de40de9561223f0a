"""What the stub offers besides the contract, under `/_stub/`: for tests in other languages, and for people.

Pages of other sites must not use it. So it sends no CORS headers, and it refuses a request whose host is not this
machine, or that comes from another origin.
"""

from __future__ import annotations

import importlib.resources
import ipaddress
import queue
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import attrs

from .exchange.journal import Journal
from .exchange.received import error_content, path_and_query
from .exchange.replies import Body, Replies, event_bytes, json_text
from .http.wire import Piece, Reply, Request
from .openapi.mistakes import read_json
from .scripting.script import Respond
from .scripting.scripted import script_of
from .serving.state import NotKeptError

__all__ = ["PREFIX", "Control"]

PREFIX = "/_stub/"
# If nothing happens for this long, the stub sends a comment to the reader of `events`. If the reader has gone, sending
# fails, and so this stream ends.
_KEEP_ALIVE_SECONDS = 1.0


@attrs.frozen
class Control:
    """Answers requests under `/_stub/`."""

    replies: Replies
    journal: Journal
    reset: Callable[[], object]
    script: Callable[[Respond | None], object] | None
    """A function that gets each new script; None if no script decides the answers."""
    is_open: Callable[[], bool]

    def reply(self, request: Request) -> Reply | None:
        """Return the reply to a request under `/_stub/`; None for any other."""
        path, _ = path_and_query(request.target)
        if not path.startswith(PREFIX) and path != PREFIX.rstrip("/"):
            return None
        if not _is_from_here(request):
            return self._refused(403, "forbidden", "The host, or the origin, of the request is not this machine")
        handlers = _HANDLERS.get(path.rstrip("/").removeprefix("/_stub").lstrip("/"))
        if handlers is None:
            known = ", ".join(f"{PREFIX}{name}" for name in _HANDLERS)
            return self._refused(404, "not_found", f"There is nothing at {path}; there are {known}")
        handler = handlers.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            allowed = ", ".join(handlers)
            return self._refused(405, "method_not_allowed", f"Use {allowed}", ("allow", allowed))
        return handler(self, request)

    def health(self, _: Request) -> Reply:
        """Say that the stub is open."""
        return self.replies.json(200, {"status": "ok"})

    def requests(self, _: Request) -> Reply:
        """Return the last requests, with their answers."""
        return self.replies.json(200, self.journal.requests())

    def forget(self, _: Request) -> Reply:
        """Reset the stub."""
        try:
            self.reset()
        except NotKeptError as error:
            return self._refused(500, "not_kept", str(error))
        return self.replies.empty(204)

    def replace(self, request: Request) -> Reply:
        """Replace the script."""
        if self.script is None:
            reason = (
                "There is no script: a recorder gives the answers of its service, and a replay those of its recording"
            )
            return self._refused(409, "no_script", reason)
        content, problems = read_json(request.body or b"")
        if problems:
            return self._refused(400, "invalid_script", f"script: {problems[0]['ctx']['error']}")
        try:
            self.script(script_of(content))
        except (ValueError, TypeError) as error:
            return self._refused(400, "invalid_script", str(error))
        return self.replies.empty(204)

    def page(self, _: Request) -> Reply:
        """Return the page that shows requests and answers."""
        body = (importlib.resources.files("mistral_agents.testing") / "page.html").read_bytes()
        # The page needs no other file, so the policy lets it load none. The page shows requests as `textContent`, so
        # scripts in them do not run.
        policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'"
        headers = [("content-type", "text/html; charset=utf-8"), ("content-length", str(len(body)))]
        return Reply(200, [*headers, ("content-security-policy", policy), ("cache-control", "no-store")], [body])

    def events(self, _: Request) -> Reply:
        """Stream requests and answers as they happen."""
        headers = [("content-type", "text/event-stream; charset=utf-8"), ("cache-control", "no-store")]
        return Reply(200, headers, Body(self._happening(), lambda: None))

    def _happening(self) -> Iterator[Piece]:
        with self.journal.notes() as notes:
            yield b": open\n\n"
            while self.is_open():
                try:
                    note: dict[str, Any] = notes.get(timeout=_KEEP_ALIVE_SECONDS)
                except queue.Empty:
                    yield b": still there\n\n"
                else:
                    yield event_bytes({"data": json_text(note)})

    def _refused(self, status: int, kind: str, message: str, *headers: tuple[str, str]) -> Reply:
        return self.replies.json(status, error_content(status, kind, message), *headers)


_HANDLERS: Mapping[str, Mapping[str, Callable[[Control, Request], Reply]]] = {
    "": {"GET": Control.page},
    "events": {"GET": Control.events},
    "health": {"GET": Control.health},
    "requests": {"GET": Control.requests},
    "reset": {"POST": Control.forget},
    "script": {"POST": Control.replace},
}


def _is_from_here(request: Request) -> bool:
    """Return whether a request names this machine as its host, and does not come from a page of another origin.

    The check of the host stops DNS rebinding: a foreign page can make its own host name resolve to this machine, but
    its requests still have that name.
    """
    origin = request.headers.get("origin")
    try:
        host = urlsplit(f"//{request.headers.get('host', '')}")
        named = host.hostname or ""
        is_here = named == "localhost" or ipaddress.ip_address(named).is_loopback
    except ValueError:
        return False
    return is_here and origin in (None, f"http://{host.netloc}")
