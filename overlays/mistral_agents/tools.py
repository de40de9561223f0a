"""Functions as tools, and the rounds in which an agent calls them. pydantic 2 makes schemas and parses arguments."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from attrs import frozen

from mistral_agents_api.models import AssistantMessage, ChatCompletionResponse, Function
from mistral_agents_api.models import FunctionTool as Tool

from ._options import check_type
from .errors import InvalidArgumentError, MistralError, ToolRoundsError, reason
from .responses import about
from .structured import adapt, answered, first_choice

if TYPE_CHECKING:
    from .structured import Complete


@frozen
class ToolRun:
    """The last answer (`response`), and the whole conversation including it (`messages`), to continue with."""

    response: ChatCompletionResponse
    messages: list[Any]


def function_tool(function: Callable[..., Any]) -> Tool:
    """Return a function as a tool of the contract: its name, docstring, and the schema of its parameters.

    Raises InvalidArgumentError if a parameter has no annotation or cannot be given as a keyword.
    """
    return _Function(function).tool


class _Function:
    """A function that an agent may call."""

    def __init__(self, function: Callable[..., Any], *, blocking: bool = False) -> None:
        if not inspect.isfunction(inspect.unwrap(getattr(function, "__func__", function))):
            raise InvalidArgumentError(f"tools: a function, a model or a dict was due, not {function!r:.80}")
        self._call, self.name, self._blocking = function, function.__name__, blocking
        for each in inspect.signature(function).parameters.values():
            if each.kind not in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY) or each.annotation is each.empty:
                raise InvalidArgumentError(f"tools: {self.name}(): {each.name!r} needs an annotation, and no * or /")

        @functools.wraps(function)  # so that pydantic reads arguments by the function's annotations
        def arguments(*unnamed: Any, **named: Any) -> dict[str, Any]:
            if unnamed:
                raise ValueError("an object was due, but a list came")
            return named

        self._read, schema = adapt(f"tools: {self.name}()", arguments)
        self.tool = Tool(function=Function(name=self.name, description=inspect.getdoc(function), parameters=schema))

    async def message(self, call: Mapping[str, Any]) -> dict[str, Any]:
        """Make a call and return the message with its result, or with the reason why the arguments do not fit."""
        given = call["function"]["arguments"] or {}
        try:
            arguments = self._read(given if isinstance(given, str) else json.dumps(given))
        except (ValueError, RecursionError) as error:  # the agent's mistake: told what is wrong, it may try again
            result: Any = f"The arguments do not fit: {reason(error)}"
        else:
            result = self._call(**arguments)
            if inspect.isawaitable(result):
                if self._blocking:
                    raise InvalidArgumentError(f"tools: {self.name}() is asynchronous: call run_tools_async()")
                result = await result
        if not isinstance(result, str):
            from pydantic_core import to_json

            try:
                result = to_json(result).decode()
            except ValueError as error:
                raise InvalidArgumentError(f"tools: {self.name}() returned what cannot be JSON: {error}") from error
        return {"role": "tool", "tool_call_id": call["id"], "name": self.name, "content": result}


# An agent that needs more than ten rounds is going round in circles.
async def run_tools(
    complete: Complete, *, blocking: bool, tools: Any, max_rounds: int = 10, **arguments: Any
) -> ToolRun:
    """Ask, make the calls, and ask again with their results, until an answer calls nothing, or an unknown tool."""
    if type(max_rounds) is not int or max_rounds < 1:
        raise InvalidArgumentError(f"max_rounds must be a number of rounds, 1 or more, not {max_rounds!r:.80}")
    arguments["tools"], functions = _held(tools, blocking=blocking)
    if overruled := {"messages", "tools"} & (arguments.get("extra_body") or {}).keys():
        raise InvalidArgumentError(f"extra_body: {min(overruled)!r} would hide from the agent what its calls gave")
    for rounds in count():
        try:
            answer: ChatCompletionResponse = await answered(complete, arguments)
        except MistralError as error:  # so that the results of the calls are not lost
            error.messages = arguments.get("messages")
            raise
        reply: AssistantMessage | None = getattr(first_choice(answer), "message", None)
        said = [{"role": "assistant", **reply.to_dict()}] if reply else []
        calls = (said and said[0].get("tool_calls")) or []
        if not calls or any(str(call["function"]["name"]) not in functions for call in calls):
            return ToolRun(answer, [*arguments["messages"], *said])
        if rounds == max_rounds:
            late = ToolRoundsError(f"the agent still calls tools after {rounds} rounds. Allow more in max_rounds.")
            late.messages = arguments["messages"]
            raise about(late, answer)
        for place, call in enumerate(calls, len(arguments["messages"])):
            if call.get("id") in (None, "", "null"):  # the service matches a result to its call by this identifier
                call["id"] = f"call{place:05}"
        results = [await functions[call["function"]["name"]].message(call) for call in calls]
        arguments["messages"] = [*arguments["messages"], *said, *results]
        arguments.pop("tool_choice", None)  # if it forced a call each time, the agent would never answer
    raise AssertionError("there is always another round")


def _held(tools: Any, *, blocking: bool) -> tuple[list[Any], dict[str, _Function]]:
    """Return the tools as they are sent, and the functions among them by name."""
    offered, functions = list[Any](), dict[str, _Function]()
    for tool in check_type("tools", tools, Sequence):
        if not callable(tool):
            offered.append(tool)
            continue
        function = _Function(tool, blocking=blocking)
        if function.name in functions:
            raise InvalidArgumentError(f"tools: two functions are called {function.name!r}")
        if blocking and inspect.iscoroutinefunction(inspect.unwrap(tool)):
            raise InvalidArgumentError(f"tools: {function.name}() is asynchronous: call run_tools_async()")
        offered.append(function.tool)
        functions[function.name] = function
    return offered, functions
