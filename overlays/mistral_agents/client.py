"""`Mistral`: an address, a key and defaults, the connections that they are used on, and the operations."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import TYPE_CHECKING, Any, Self

from attrs import evolve

from mistral_agents_api.resources import Resources

from ._budget import RetryBudget
from ._clock import Clock
from ._connections import Connections
from ._options import DEFAULT_BUDGET, Limits, Settings, check_policy, check_type
from ._request import check_server_url
from .calls import Calls
from .errors import InvalidArgumentError
from .retry import DEFAULT_RETRIES, RetryConfig

if TYPE_CHECKING:
    import httpx

    from mistral_agents_api.client import Client

    from .agents import Agents
    from .conversations import Conversations
    from .observe import CallEvent


class Mistral(Resources, AbstractContextManager["Mistral"], AbstractAsyncContextManager["Mistral"]):
    """A client of the service: each tag of the contract is an attribute with its operations. Safe to share.

    `with Mistral() as client` (or `async with`) closes the connections at the end, as do `close()` and `aclose()`.
    """

    _agents: Agents | None = None
    _conversations: Conversations | None = None

    def __init__(
        self,
        api_key: str | Callable[[], str] | None = None,
        *,
        server_url: str = "https://api.mistral.ai",
        timeout_ms: float = 300_000,  # an agent may work for minutes; one that is silent for five has failed
        first_event_timeout_ms: float = 60_000,  # an agent that streams begins within seconds; tools may run before it
        idle_timeout_ms: float = 60_000,  # a minute without a word is a stream that nobody writes any more
        max_answer_bytes: int = 256 * 1024 * 1024,  # no answer is a hundredth of it; a process can bear it
        max_event_bytes: int = 16 * 1024 * 1024,  # an event is a few words
        retry_config: RetryConfig | None = DEFAULT_RETRIES,
        retry_budget: int | None = DEFAULT_BUDGET,
        client: httpx.Client | None = None,
        async_client: httpx.AsyncClient | None = None,
        allow_insecure_http: bool = False,
        observer: Callable[[CallEvent], object] | None = None,
    ) -> None:
        """Settle address, key and defaults; nothing is opened yet. Raises InvalidArgumentError naming what is wrong.

        Args:
            api_key: the key, or a callable that returns it for each call; MISTRAL_API_KEY if None
            server_url: where the service is; `/v1` and a slash at the end may be there
            timeout_ms: limit of each wait for the network, in milliseconds (10,000 for making a connection)
            first_event_timeout_ms: limit of the wait for a stream's first event
            idle_timeout_ms: limit of the wait for each further event; comments and pings are none
            max_answer_bytes: size of an answer, unpacked, above which it is refused
            max_event_bytes: the same for one event of a stream
            retry_config: when a call is sent again; None means never
            retry_budget: how many retries all calls together may have ahead of their successes; None means any number
            client: an httpx client of your own for synchronous calls; it keeps its settings but for the time limits,
                its `auth`, if it has one, goes before the key, and you close it
            async_client: the same for asynchronous calls
            allow_insecure_http: whether the key may go over plain http to another host than this one
            observer: is called with what each call does, in the thread or task that does it; what it raises, the call
                raises
        """
        if retry_budget is not None and (type(retry_budget) is not int or retry_budget < 0):
            raise InvalidArgumentError(f"retry_budget must be a number of retries, or None, not {retry_budget!r:.80}")
        address = check_server_url(server_url, insecure=allow_insecure_http)
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
        self._runs = Calls(settings, Connections(address, client, async_client))

    @property
    def _calls(self) -> Calls:
        return self._runs

    @property
    def agents(self) -> Agents:
        """Agents with their versions and aliases, and completions by agents."""
        if self._agents is None:
            from .agents import Agents

            self._agents = Agents(self._calls)
        return self._agents

    @property
    def conversations(self) -> Conversations:
        """Conversations with an agent or a model, kept by the service."""
        if self._conversations is None:
            from .conversations import Conversations

            self._conversations = Conversations(self._calls)
        return self._conversations

    @property
    def beta(self) -> Self:
        """The client itself: other SDKs have agents and conversations under this name."""
        return self

    @property
    def clock(self) -> Clock:
        """Where time and chance come from; a test may put its own here."""
        return self._calls.settings.clock

    @clock.setter
    def clock(self, clock: Clock) -> None:
        self._calls.settings = evolve(self._calls.settings, clock=clock)

    @property
    def connections(self) -> Client:
        """The compiled package's client, whose httpx clients the calls go over."""
        return self._calls.connections.made

    def close(self) -> None:
        """Close the connections of synchronous calls; warns if asynchronous ones are left open."""
        self._calls.connections.close()

    async def aclose(self) -> None:
        """Close the connections of asynchronous calls; warns if synchronous ones are left open."""
        await self._calls.connections.aclose()

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()

    def __getstate__(self) -> dict[str, Any]:
        settings = self._calls.settings
        if isinstance(settings.api_key, str):
            raise TypeError("a Mistral with a literal api_key is not pickled: set MISTRAL_API_KEY or give a function")
        return {"settings": settings, "connections": self._calls.connections}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._runs = Calls(state["settings"], state["connections"])
