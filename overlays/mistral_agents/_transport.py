"""The httpx clients that we make, and what httpx raises, as errors of our tree."""

from __future__ import annotations

import contextlib
import socket
import ssl
import traceback
from typing import Any, TypeGuard

import httpx

from . import errors

AnyClient = httpx.Client | httpx.AsyncClient


class OwnClient(httpx.Client):
    """A client that we made, so that it holds no settings of the user's."""


class OwnAsyncClient(httpx.AsyncClient):
    """The same for asynchronous calls."""


# What httpx raises while a request is under way; SSLError on asyncio, and RuntimeError of a closed client.
TRANSPORT_ERRORS = (httpx.HTTPError, httpx.StreamError, ssl.SSLError, RuntimeError)
_LOST = (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ProxyError, ssl.SSLError)
# Raised before a request is on its way: what cannot be connected to has not got it.
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)

# Whose local variables hold what is sent.
_SENDERS = ("httpx", "httpcore", "h11", "h2", "mistral_agents._limits")


def connection_error(error: Exception, url: httpx.URL, client: AnyClient) -> errors.MistralError:
    """Return our error for one that httpx raised; raise it again when it is a bug rather than an accident."""
    if isinstance(error, httpx.HTTPStatusError):  # raised by a hook of the user's own client
        answer = error.response
        body = answer.content if answer.is_stream_consumed else b""
        return errors.status_error(answer.status_code, answer.headers, body)
    host, sent = url.netloc.decode(), not isinstance(error, _UNSENT)
    if isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout)):
        late = f"{host} could not be connected to in time. Check server_url and the network, or try later."
        return errors.APITimeoutError(late, retryable=True, sent=sent)
    if isinstance(error, httpx.TimeoutException):
        # The work is likely still running, and another attempt would be paid for as well.
        return errors.APITimeoutError(f"{host} did not answer in time. Allow more timeout_ms, or try later.")
    if isinstance(error, (httpx.HTTPError, httpx.StreamError, ssl.SSLError)):
        reason: BaseException = error
        while not str(reason) and (behind := reason.__cause__ or reason.__context__):
            reason = behind  # on trio httpx's own errors say nothing
        said = (str(reason) or type(error).__name__).rstrip(".")
        message = f"no answer from {host}: {said}. Check server_url and the network, then try again."
        return errors.APIConnectionError(message, retryable=isinstance(error, _LOST), sent=sent)
    if client.is_closed:
        return errors.APIConnectionError("the client is closed. Make a new Mistral, or call inside its `with` block.")
    if is_of_httpcore(error):  # HTTP/2 has errors that httpx leaves as they are
        message = f"no answer from {host}: {type(error).__name__}: {error}. Try again."
        return errors.APIConnectionError(message, retryable=True)
    raise error


def is_of_httpcore(error: BaseException) -> TypeGuard[Exception]:
    """Tell whether an error was raised within httpcore, and so by nobody's own code."""
    modules = (str(frame.f_globals.get("__name__")) for frame, _ in traceback.walk_tb(error.__traceback__))
    return isinstance(error, Exception) and any(name.startswith("httpcore") for name in modules)


def without_key(error: BaseException, method: str, url: httpx.URL) -> None:
    """Take the request, with its headers, out of an error of httpx and what led to it: the key shall not travel along.

    What was sent goes out of the local variables of httpx and what it uses, too, which a traceback may show.
    """
    bare = httpx.Request(method, url)
    led_to: BaseException | None = error
    while led_to is not None:
        if isinstance(led_to, (httpx.RequestError, httpx.HTTPStatusError)):
            led_to.request = bare
        if isinstance(led_to, httpx.HTTPStatusError):
            led_to.response.request = bare
        for frame, _ in traceback.walk_tb(led_to.__traceback__):
            if str(frame.f_globals.get("__name__")).startswith(_SENDERS):
                with contextlib.suppress(RuntimeError):  # it still runs
                    frame.clear()
        led_to = led_to.__cause__ or led_to.__context__


def wake_reader(response: httpx.Response) -> None:
    """Shut a blocking answer's socket down, so that a thread that waits for it goes on at once.

    Not of HTTP/2, whose connection others use. The socket stays open until its connection is closed.
    """
    network_stream: Any = response.extensions.get("network_stream")
    if response.http_version == "HTTP/2" or network_stream is None:
        return
    with contextlib.suppress(OSError, AttributeError):  # it is closed, or another transport has no socket
        sock = network_stream.get_extra_info("socket")
        if isinstance(sock, socket.socket):
            # An SSLSocket's own method would take its encryption away under the thread that reads.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
