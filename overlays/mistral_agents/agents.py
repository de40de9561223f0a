"""`Agents`: the operations of the contract for agents, with structured output and runs of tools."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from mistral_agents_api.resources import agents

from ._exchange import run

if TYPE_CHECKING:
    from typing import Generic, Required, Unpack

    from typing_extensions import TypeForm, TypeVar

    from mistral_agents_api import models
    from mistral_agents_api.values import Model

    from ._options import CallOptions
    from .structured import ParsedResponse
    from .tools import ToolRun

    T = TypeVar("T", default=Any)

    # The arguments of `complete`, with another type for one of them. TypedDict does not allow that, hence the ignores.
    class _Parse(models.AgentsCompletionRequestDict, CallOptions, Generic[T]):
        response_format: Required[type[T] | Mapping[str, Any]]  # type: ignore[misc]  # pyright: ignore[reportIncompatibleVariableOverride]  # another type than in the contract

    class _ParseForm(models.AgentsCompletionRequestDict, CallOptions, Generic[T]):
        response_format: Required[TypeForm[T]]  # type: ignore[misc]  # pyright: ignore[reportIncompatibleVariableOverride]  # another type than in the contract

    class _RunTools(models.AgentsCompletionRequestDict, CallOptions, total=False):
        tools: Required[Sequence[Callable[..., Any] | Model | Mapping[str, Any]]]  # type: ignore[misc]  # pyright: ignore[reportIncompatibleVariableOverride]  # another type than in the contract
        max_rounds: int
        """How many rounds of calls are made before ToolRoundsError is raised. The default is 10."""


class Agents(agents.Agents):
    """Agents with their versions and aliases, and completions by agents."""

    @overload
    def parse(self, **arguments: Unpack[_Parse[T]]) -> ParsedResponse[T]: ...
    @overload
    def parse(self, **arguments: Unpack[_ParseForm[T]]) -> ParsedResponse[T]: ...
    def parse(self, **arguments: Any) -> ParsedResponse[Any]:
        """Ask for structured output; return the whole answer, and in `parsed` the structured output.

        `parsed` is an instance of the given type or, for a JSON Schema, JSON data. Takes the arguments of `complete`; a
        class needs pydantic 2. Raises ResponseValidationError if the answer does not fit, and the other errors of
        `mistral_agents.errors`.
        """
        from .structured import parse

        return run(parse(self.complete, **arguments))

    @overload
    async def parse_async(self, **arguments: Unpack[_Parse[T]]) -> ParsedResponse[T]: ...
    @overload
    async def parse_async(self, **arguments: Unpack[_ParseForm[T]]) -> ParsedResponse[T]: ...
    async def parse_async(self, **arguments: Any) -> ParsedResponse[Any]:
        """Do the same as `parse`, in async code."""
        from .structured import parse

        return await parse(self.complete_async, **arguments)

    def run_tools(self, **arguments: Unpack[_RunTools]) -> ToolRun:
        """Ask an agent, call the functions that it asks for, and send the results, until it answers.

        Takes the arguments of `complete`; `tools` may hold functions (this needs pydantic 2). Raises ToolError if a
        function raises, ToolRoundsError if the agent still calls tools after `max_rounds` rounds, and the other errors
        of `mistral_agents.errors`.
        """
        from .tools import run_tools

        return run(run_tools(self.complete, blocking=True, **arguments))

    async def run_tools_async(self, **arguments: Unpack[_RunTools]) -> ToolRun:
        """Do the same as `run_tools`, in async code; functions may be async."""
        from .tools import run_tools

        return await run_tools(self.complete_async, blocking=False, **arguments)
