"""The httpx clients that we make, and what httpx raises, as errors of our tree."""

from __future__ import annotations

import ssl

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


def connection_error(error: Exception, url: httpx.URL, client: AnyClient) -> errors.MistralError:
    """Return our error for one that httpx raised; raise it again when it is a bug rather than an accident."""
    if isinstance(error, httpx.HTTPStatusError):  # raised by a hook of the user's own client
        answer = error.response
        body = answer.content if answer.is_stream_consumed else b""
        return errors.status_error(answer.status_code, answer.headers, body)
    host = url.netloc.decode()
    if isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout)):
        late = f"{host} could not be connected to in time. Check server_url and the network, or try later."
        return errors.APITimeoutError(late, retryable=True)
    if isinstance(error, httpx.TimeoutException):
        # The work is likely still running, and another attempt would be paid for as well.
        return errors.APITimeoutError(f"{host} did not answer in time. Allow more timeout_ms, or try later.")
    if isinstance(error, (httpx.HTTPError, httpx.StreamError, ssl.SSLError)):
        reason: BaseException = error
        while not str(reason) and (behind := reason.__cause__ or reason.__context__):
            reason = behind  # on trio httpx's own errors say nothing
        said = (str(reason) or type(error).__name__).rstrip(".")
        message = f"no answer from {host}: {said}. Check server_url and the network, then try again."
        return errors.APIConnectionError(message, retryable=isinstance(error, _LOST))
    if client.is_closed:
        return errors.APIConnectionError("the client is closed. Make a new Mistral, or call inside its `with` block.")
    raise error
