"""Looks into an error and its causes: which library raised it, through which proxy, and where it holds the key."""

from __future__ import annotations

import contextlib
import re
import traceback
from typing import Any, TypeGuard

import httpx

from mistral_agents_api.client import proxy_of

# Modules whose local variables hold requests, with the key. httpx2 and httpcore2 are successors of httpx and httpcore.
_SENDERS = re.compile(r"((httpx|httpcore)2?|h11|h2|mistral_agents\.(_clock|_limits|concurrency))(\.|$)")
_HTTPCORE = re.compile(r"httpcore2?(\.|$)")


def is_of_httpcore(error: BaseException) -> TypeGuard[Exception]:
    """Tell whether an error was raised inside httpcore, and not by code of the user."""
    modules = (str(frame.f_globals.get("__name__")) for frame, _ in traceback.walk_tb(error.__traceback__))
    return isinstance(error, Exception) and any(map(_HTTPCORE.match, modules))


def way_to(url: httpx.URL, client: Any, error: BaseException, *, opened: bool) -> tuple[str, str, str]:
    """Return three parts of a message: the host, words such as "no answer from", and what to check.

    If the client uses a proxy, the first part names it, too. If no connection to the proxy was opened, it names only
    the proxy.
    """
    host, proxy = url.netloc.decode(), proxy_of(client, url)
    if isinstance(error, httpx.PoolTimeout):
        return host, "no free connection to", "Close streams that you no longer read, allow more connections"
    failed = "no connection to" if isinstance(error, httpx.ConnectTimeout) else "no answer from"
    if proxy is None:
        # With these words, OpenSSL reports that the server's answer is not TLS.
        plain = any("WRONG_VERSION_NUMBER" in str(each) for each in chain(error))
        check = "Does it speak http, not https? Check server_url" if plain else "Check server_url and the network"
        return host, failed, check
    check = "Check the proxy (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY), server_url and the network"
    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout)) and not opened:
        return f"the proxy {proxy}", "no connection to", check
    return f"{host} through the proxy {proxy}", failed, check


def without_key(error: BaseException, method: str, url: httpx.URL, before: BaseException | None) -> None:
    """Remove the key from an error of httpx and its causes: their requests lose all headers.

    Also clears the local variables of httpx and of the libraries below it, which a traceback may show. Async HTTP/2 is
    different: httpcore raises one error in all calls of a connection, so its traceback has frames of calls that still
    run. Before Python 3.13, clearing these would end the calls. So such an error loses its traceback in every version.

    `before` is an error that was being handled when the call began. It is not of this call, and stays as it is.
    """
    bare = httpx.Request(method, url)
    for led_to in chain(error, before):
        if isinstance(led_to, (httpx.RequestError, httpx.HTTPStatusError)):
            led_to.request = bare
        if isinstance(led_to, httpx.HTTPStatusError):
            led_to.response.request = bare
        frames = [(str(frame.f_globals.get("__name__")), frame) for frame, _ in traceback.walk_tb(led_to.__traceback__)]
        if isinstance(led_to, Exception) and any(name.endswith("._async.http2") for name, _ in frames):
            led_to.__traceback__ = None
            continue
        for name, frame in frames:
            if _SENDERS.match(name):
                with contextlib.suppress(RuntimeError):  # the frame still runs
                    frame.clear()


def chain(error: BaseException, before: BaseException | None = None) -> list[BaseException]:
    """Return an error and all errors that led to it, each once: causes, contexts, members of groups.

    The search stops at `before`, which is left out.
    """
    found = [error]
    for each in found:
        members = each.exceptions if isinstance(each, BaseExceptionGroup) else ()
        for behind in (each.__cause__, each.__context__, *members):
            if behind is not None and behind is not before and not any(behind is old for old in found):
                found.append(behind)
    return found
