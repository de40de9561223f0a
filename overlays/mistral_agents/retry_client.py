"""httpx clients that retry by the policy of `mistral_agents.retry`, for the compiled client or any use of httpx.

They are clients and not transports, so proxies from the environment, certificates and all other settings work as usual.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Unpack, cast

import httpx

from ._attempts import Attempts
from ._budget import DEFAULT_BUDGET, RetryBudget
from ._clock import Clock
from ._exchange import run
from ._http_settings import AsyncClientSettings, ClientSettings
from ._options import check_policy
from ._transport import TRANSPORT_ERRORS, AnyClient, connection_error
from .errors import status_error
from .retry import DEFAULT_RETRIES, NO_RETRIES, RetryConfig

# RFC 9110, 9.2.2.
_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})


class RetryClient(httpx.Client):
    """An httpx.Client that retries by `retry_config`; None means never.

    It returns the response of the last attempt, or raises its error, as an httpx.Client does. A request whose method is
    not idempotent is sent again only if the service certainly did not act on it, or if the request has the extension
    `{"idempotent": True}`.
    """

    def __init__(
        self, *, retry_config: RetryConfig | None = DEFAULT_RETRIES, **settings: Unpack[ClientSettings]
    ) -> None:
        super().__init__(**settings)
        self.retry_config, self.clock = check_policy("retry_config", retry_config), Clock()
        self._budget = RetryBudget(DEFAULT_BUDGET)

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send a request, with retries. A request whose body is a stream is sent only once."""
        return run(_send(self, super().send, request, options))


class AsyncRetryClient(httpx.AsyncClient):
    """An httpx.AsyncClient that retries; otherwise like `RetryClient`."""

    def __init__(
        self, *, retry_config: RetryConfig | None = DEFAULT_RETRIES, **settings: Unpack[AsyncClientSettings]
    ) -> None:
        super().__init__(**settings)
        self.retry_config, self.clock = check_policy("retry_config", retry_config), Clock()
        self._budget = RetryBudget(DEFAULT_BUDGET)

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send a request, with retries. A request whose body is a stream is sent only once."""
        return await _send(self, super().send, request, options)


async def _send(
    client: RetryClient | AsyncRetryClient, send: Callable[..., Any], request: httpx.Request, options: dict[str, Any]
) -> httpx.Response:
    blocking, again = isinstance(client, httpx.Client), isinstance(request.stream, httpx.ByteStream)
    attempts = Attempts(
        client.retry_config if again else NO_RETRIES,
        client.clock,
        budget=client._budget,  # noqa: SLF001  # same module
        idempotent=request.extensions.get("idempotent", request.method.upper() in _IDEMPOTENT),
    )
    while True:
        attempts.count += 1
        try:
            response = cast("httpx.Response", send(request, **options) if blocking else await send(request, **options))
        except TRANSPORT_ERRORS as error:
            wait = attempts.wait_after(connection_error(error, request.url, cast("AnyClient", client), opened=True))
            if wait is None:
                raise
        else:
            body = b""
            if response.status_code == httpx.codes.CONFLICT:  # only the body tells whether the conversation is locked
                body = response.read() if blocking else await response.aread()
            wait = attempts.wait_after(status_error(response.status_code, response.headers, body))
            if wait is None:
                if response.is_success:
                    attempts.succeed()
                return response
            response.close() if blocking else await response.aclose()
        client.clock.sleep(wait) if blocking else await client.clock.sleep_async(wait)
