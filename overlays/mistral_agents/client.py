"""`Mistral`: the client, with its settings, its connections and the operations."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import TYPE_CHECKING, Any, Self

from attrs import evolve

from mistral_agents_api.resources import Resources

from ._budget import DEFAULT_BUDGET, RetryBudget
from ._clock import Clock
from .errors import InvalidArgumentError
from .retry import DEFAULT_RETRIES, RetryConfig

if TYPE_CHECKING:
    import httpx

    from mistral_agents_api.client import Client

    from .agents import Agents
    from .calls import Calls
    from .observe import CallEvent


class Mistral(Resources, AbstractContextManager["Mistral"], AbstractAsyncContextManager["Mistral"]):
    """A client of the service. Each tag of the contract is an attribute with its operations. Threads may share it.

    `with Mistral() as client` (or `async with`) closes the connections at the end, as do `close()` and `aclose()`.
    """

    def __init__(
        self,
        api_key: str | Callable[[], str] | None = None,
        *,
        server_url: str | None = None,
        timeout_ms: float = 300_000,  # an agent may work for minutes; after five minutes without data it has failed
        first_event_timeout_ms: float = 60_000,  # a streamed answer begins within seconds, unless tools run first
        idle_timeout_ms: float = 60_000,  # after a minute without an event, the stream has failed
        max_answer_bytes: int = 256 * 1024 * 1024,  # a hundred times larger than any real answer; fits in memory
        max_event_bytes: int = 16 * 1024 * 1024,  # far more than an event needs: most have a few words
        retry_config: RetryConfig | None = DEFAULT_RETRIES,
        retry_budget: int | None = DEFAULT_BUDGET,
        client: httpx.Client | None = None,
        async_client: httpx.AsyncClient | None = None,
        allow_insecure_http: bool = False,
        observer: Callable[[CallEvent], object] | None = None,
    ) -> None:
        """Store the settings; no connection is opened yet. Raises InvalidArgumentError, which names the wrong setting.

        Args:
            api_key: the key, or a function that returns it for each call; None for the variable MISTRAL_API_KEY
            server_url: address of the service, with or without `/v1`; None for the variable MISTRAL_SERVER_URL, or
                https://api.mistral.ai if there is none
            timeout_ms: limit of each wait for the network, in milliseconds (at most 10,000 for making a connection). A
                JSON answer must be complete within twice this time
            first_event_timeout_ms: limit of the wait for a stream's first event, in milliseconds
            idle_timeout_ms: limit of the wait for each further event, in milliseconds; comments and pings do not count
            max_answer_bytes: largest size of an answer after decompression; a larger one raises ResponseValidationError
            max_event_bytes: the same for one event of a stream
            retry_config: when a call is retried; None means never
            retry_budget: how many retries all calls share; each success gives one back. None means no limit
            client: an httpx client of your own for blocking calls. It keeps its settings except the time limits; its
                `auth`, if it has one, wins over the key; you close it
            async_client: the same for async calls
            allow_insecure_http: whether the key may be sent over plain http to another machine
            observer: a function that gets a CallEvent for each step of a call, in the thread or task of the call. If it
                raises, the call raises the same
        """
        from mistral_agents_api.client import hide

        api_key = hide(api_key)  # first, because a traceback of any failure may show arguments
        # Imported here, so that a program which only imports the class does not load httpx.
        from ._connections import Connections
        from ._options import Limits, Settings, check_policy, check_type
        from ._request import service_address
        from .calls import Calls

        if retry_budget is not None and (type(retry_budget) is not int or retry_budget < 0):
            raise InvalidArgumentError(
                f"retry_budget must be a number of retries (0 or more), or None, not {retry_budget!r:.80}"
            )
        address = service_address(server_url, insecure=allow_insecure_http)
        settings = Settings(
            api_key=api_key,
            server_url=address,
            insecure=allow_insecure_http,
            limits=Limits(
                timeout_ms=timeout_ms,
                first_event_timeout_ms=first_event_timeout_ms,
                idle_timeout_ms=idle_timeout_ms,
                max_answer_bytes=max_answer_bytes,
                max_event_bytes=max_event_bytes,
            ),
            retry=check_policy("retry_config", retry_config),
            budget=None if retry_budget is None else RetryBudget(retry_budget),
            observer=check_type("observer", observer, Callable) if observer is not None else None,
            clock=Clock(),
        )
        self._runs = Calls(settings, Connections(address, client, async_client, insecure=allow_insecure_http))

    @property
    def _calls(self) -> Calls:
        return self._runs

    @functools.cached_property
    def agents(self) -> Agents:
        """Agents with their versions and aliases, and completions by agents."""
        from .agents import Agents

        return Agents(self._calls)

    @property
    def beta(self) -> Self:
        """The client itself, because Mistral's SDK has agents and conversations under this name."""
        return self

    @property
    def clock(self) -> Clock:
        """The source of time and random numbers; a test may replace it."""
        return self._calls.settings.clock

    @clock.setter
    def clock(self, clock: Clock) -> None:
        self._calls.settings = evolve(self._calls.settings, clock=clock)

    @property
    def connections(self) -> Client:
        """The compiled package's client, which has the httpx clients."""
        return self._calls.connections.made

    def close(self) -> None:
        """Close the connections of blocking calls; warns if async ones are still open.

        Calls that other threads are making raise an APIConnectionError at once, and those who read a stream get a
        StreamError. A call that waits for its next attempt ends after that wait. A call that is still connecting ends
        when the connection is made, before it sends anything.

        If you passed an httpx client, it stays open. Closing that client has the same effect on running calls. But a
        call that waits for a free connection, or for a free place on an HTTP/2 connection, is not woken. It ends at its
        limit; the wait of a blocking call for a place on an HTTP/2 connection has no limit.
        """
        self._calls.connections.close()

    async def aclose(self) -> None:
        """Close the connections of async calls; warns if blocking ones are still open.

        Calls and streams of other tasks end as `close` says. Call this in the event loop that the calls run in.
        """
        await self._calls.connections.aclose()

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()


def _with_hints(construct: Any) -> Any:
    """Return a constructor whose errors say what a setting of another SDK is called here."""
    known = inspect.signature(construct).parameters

    @functools.wraps(construct)
    def construct_with_hints(self: Mistral, *args: Any, **settings: Any) -> None:
        from mistral_agents_api.client import hide

        args = tuple(map(hide, args))  # first, because a traceback of any failure may show arguments
        settings |= {"api_key": hide(settings["api_key"])} if "api_key" in settings else {}
        if unknown := settings.keys() - known:
            from .calls import wrong_settings

            raise wrong_settings(unknown, known)
        construct(self, *args, **settings)

    return construct_with_hints


Mistral.__init__ = _with_hints(Mistral.__init__)  # type: ignore[method-assign]  # the same, with hints
