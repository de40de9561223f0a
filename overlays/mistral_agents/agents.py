"""`Agents`: the operations of the contract for agents, with structured output and runs of tools."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mistral_agents_api.resources import agents

from ._exchange import run

if TYPE_CHECKING:
    from typing import Generic, Required, Unpack

    from typing_extensions import TypeVar

    from mistral_agents_api import models
    from mistral_agents_api.values import Model

    from ._options import CallOptions
    from .structured import ParsedResponse
    from .tools import ToolRun

    T = TypeVar("T", default=Any)

    # These fields take what becomes the contract's: types have no way to leave one out and put another in its place.
    class _Parse(models.AgentsCompletionRequestDict, CallOptions, Generic[T]):
        response_format: Required[type[T] | Mapping[str, Any]]  # type: ignore[misc]  # pyright: ignore[reportIncompatibleVariableOverride]

    class _RunTools(models.AgentsCompletionRequestDict, CallOptions, total=False):
        tools: Required[Sequence[Callable[..., Any] | Model | Mapping[str, Any]]]  # type: ignore[misc]  # pyright: ignore[reportIncompatibleVariableOverride]
        max_rounds: int
        """How often calls are made before it is a ToolRoundsError; 10 times if absent."""


class Agents(agents.Agents):
    """Agents with their versions and aliases, and completions by agents."""

    def parse(self, **arguments: Unpack[_Parse[T]]) -> ParsedResponse[T]:
        """Return an answer as an instance of a class (by pydantic 2) or, for a JSON Schema, as its data."""
        from .structured import parse

        return run(parse(self.complete, **arguments))

    async def parse_async(self, **arguments: Unpack[_Parse[T]]) -> ParsedResponse[T]:
        """Do the same as `parse`."""
        from .structured import parse

        return await parse(self.complete_async, **arguments)

    def run_tools(self, **arguments: Unpack[_RunTools]) -> ToolRun:
        """Make the calls that an agent wants of functions among its `tools` (by pydantic 2), until it answers."""
        from .tools import run_tools

        return run(run_tools(self.complete, blocking=True, **arguments))

    async def run_tools_async(self, **arguments: Unpack[_RunTools]) -> ToolRun:
        """Do the same as `run_tools`, with functions that may be asynchronous, too."""
        from .tools import run_tools

        return await run_tools(self.complete_async, blocking=False, **arguments)
