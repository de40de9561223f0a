"""Turns errors of httpx into ours."""

from __future__ import annotations

import ssl

import httpx

from . import errors
from ._causes import chain, is_of_httpcore, way_to

AnyClient = httpx.Client | httpx.AsyncClient

# What httpx raises during a request. SSLError comes on asyncio, RuntimeError from a closed client.
TRANSPORT_ERRORS = (httpx.HTTPError, httpx.StreamError, ssl.SSLError, RuntimeError)
_LOST = (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ProxyError, ssl.SSLError)
NOT_CONNECTED = (httpx.ConnectTimeout, httpx.PoolTimeout)  # there was no connection in time
_UNSENT = (*NOT_CONNECTED, httpx.ConnectError, httpx.ProxyError, httpx.UnsupportedProtocol)  # raised before sending


def connection_error(error: Exception, url: httpx.URL, client: AnyClient, *, opened: bool) -> errors.MistralError:
    """Return our error for one of httpx; raise it again if it is a bug. `opened`: whether there was a connection."""
    if isinstance(error, httpx.HTTPStatusError):  # raised by a hook of the user's own client
        answer = error.response
        body = answer.content if answer.is_stream_consumed else b""
        return errors.status_error(answer.status_code, answer.headers, body)
    if client.is_closed:  # before the call, or by another thread or task
        return errors.APIConnectionError("the client is closed. Make a new Mistral, or call inside its `with` block.")
    host, nothing, check = way_to(url, client, error, opened=opened)
    full = any(type(each).__name__ == "TooManyStreamsError" for each in chain(error))  # of HTTP/2; see `_pool`
    sent = not full and not isinstance(error, _UNSENT)
    if isinstance(error, NOT_CONNECTED):
        late = f"{nothing} {host} within the time limit. {check}, or try later."
        return errors.APITimeoutError(late, retryable=True, sent=sent)
    if isinstance(error, httpx.TimeoutException):
        # The service is probably still working, and another attempt would be paid for, too.
        return errors.APITimeoutError(f"{host} did not answer in time. Allow a longer timeout_ms, or try later.")
    if isinstance(error, (httpx.HTTPError, httpx.StreamError, ssl.SSLError)):
        # On trio, errors of httpx have no message, but their causes do.
        said = next(filter(None, map(str, chain(error))), type(error).__name__).rstrip(".")
        message = f"{nothing} {host}: {said}. {check}, then try again."
        return errors.APIConnectionError(message, retryable=full or isinstance(error, _LOST), sent=sent)
    if is_of_httpcore(error):  # httpx passes on some errors of HTTP/2 as they are
        message = f"no answer from {host}: {type(error).__name__}: {error}. Try again."
        return errors.APIConnectionError(message, retryable=True)
    raise error
