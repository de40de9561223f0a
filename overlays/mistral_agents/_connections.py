"""The httpx clients of a `Mistral`: made when they are first used, or given by the user."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from mistral_agents_api.client import check_way

from ._options import check_type
from ._own_clients import OwnAsyncClient, OwnClient, pools_of
from .errors import APIConnectionError, InvalidArgumentError

if TYPE_CHECKING:
    from mistral_agents_api.client import Client

C = TypeVar("C", httpx.Client, httpx.AsyncClient)
# Enough for many streams at once (httpx allows 100 by default). Few idle connections need to be kept.
LIMITS = httpx.Limits(max_connections=1_000, max_keepalive_connections=100)
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")
# What httpx raises for environment variables that it cannot use: a wrong scheme, a missing package, an invalid URL, a
# certificate file that it cannot load.
_UNUSABLE = (ValueError, ImportError, httpx.InvalidURL, OSError)


class Connections:
    """An address and the httpx clients that call it. They are not pickled, and a forked child makes its own."""

    def __init__(
        self,
        server_url: str,
        client: httpx.Client | None = None,
        async_client: httpx.AsyncClient | None = None,
        *,
        insecure: bool = False,
    ) -> None:
        """Take the user's httpx clients, if there are any; raises InvalidArgumentError for any other object.

        `insecure`: whether a key may leave this machine over plain http.
        """
        from mistral_agents_api.client import Client

        self._server_url, self._insecure = server_url, insecure
        self._users = [client, async_client]
        self._closed = False
        if any(hasattr(each, "retry_config") for each in self._users):
            raise InvalidArgumentError(
                "client, async_client: expected an httpx client that does not retry, because attempts would multiply"
            )
        self.made: Client = Client(
            base_url=server_url,
            httpx_args={"limits": LIMITS},
            httpx_client_class=OwnClient,
            async_httpx_client_class=OwnAsyncClient,
        )
        """The client of the compiled package, which makes the httpx clients and closes them."""
        if client is not None:
            self.made.set_httpx_client(check_type("client", client, httpx.Client))
        if async_client is not None:
            self.made.set_async_httpx_client(check_type("async_client", async_client, httpx.AsyncClient))
        for each in self._users:
            if each is not None:
                pools_of(each)  # warns if its internals are unknown

    def client(self, url: httpx.URL) -> httpx.Client:
        """Return the httpx client of blocking calls; raises InvalidArgumentError if it would send the key in clear."""
        return self._checked(self.made.get_httpx_client, url)

    def async_client(self, url: httpx.URL) -> httpx.AsyncClient:
        """Return the httpx client of async calls; raises InvalidArgumentError if it would send the key in clear."""
        return self._checked(self.made.get_async_httpx_client, url)

    def _checked(self, get: Callable[[], C], url: httpx.URL) -> C:
        try:
            client = get()
        except RuntimeError as error:  # closed, in another event loop, or used before a fork
            raise (APIConnectionError if self._closed else InvalidArgumentError)(str(error)) from error
        except _UNUSABLE as error:
            raise _unusable(error) from error
        try:
            if not self._insecure:
                check_way(client, url)
        except ValueError as error:
            raise InvalidArgumentError(f"server_url: {error}") from error
        return client

    def close(self) -> None:
        """Close the connections of blocking calls; warns if async ones are still open."""
        self.made.close()

    async def aclose(self) -> None:
        """Close the connections of async calls; warns if blocking ones are still open."""
        self._closed = True
        await self.made.aclose()

    def __reduce__(self) -> Any:
        if any(each is not None for each in self._users):
            raise TypeError("a Mistral with an httpx client of your own cannot be pickled: make one in each process")
        return partial(Connections, insecure=self._insecure), (self._server_url,)


def _unusable(error: Exception) -> InvalidArgumentError:
    """Make the error for environment variables that httpx cannot use; it names those that may be wrong."""
    names = _CERTIFICATES if isinstance(error, OSError) else _PROXIES  # SSLError is one, too
    given = [name for name in (*names, *(name.lower() for name in names)) if name in os.environ]
    missing = " Install what it needs: pip install 'httpx[socks]'." if isinstance(error, ImportError) else ""
    # The address of a proxy may contain a password.
    shown = {name: re.sub(".*@", "[hidden]@", os.environ[name]) for name in given}
    which = ", ".join(f"{name}={value!r:.80}" for name, value in shown.items()) or "the environment"
    return InvalidArgumentError(
        f"httpx cannot use {which}: {str(error).rstrip('.')}.{missing} Correct it, or unset it."
    )
