"""Functions as tools, and the rounds in which an agent calls them. pydantic 2 makes schemas and parses arguments."""

from __future__ import annotations

import functools
import inspect
import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from attrs import frozen

from mistral_agents_api.models import AssistantMessage, ChatCompletionResponse, Function
from mistral_agents_api.models import FunctionTool as Tool
from mistral_agents_api.nesting import loads

from ._options import check_type
from .errors import InvalidArgumentError, MistralError, ToolError, ToolRoundsError
from .responses import about
from .structured import adapt, answered, first_choice, reason

if TYPE_CHECKING:
    from .structured import Complete


_NAME = "[A-Za-z0-9_-]{1,64}"  # the names of functions that the service accepts


@frozen
class ToolRun:
    """The result of `run_tools`."""

    response: ChatCompletionResponse
    """The last answer."""
    messages: list[Any]
    """The whole conversation including the last answer, to continue from."""


def function_tool(function: Callable[..., Any]) -> Tool:
    """Return a function as a tool of the contract: its name, docstring, and the schema of its parameters.

    Raises InvalidArgumentError if a parameter has no annotation or cannot be given as a keyword.
    """
    return _Function(function).tool


class _Function:
    """A function that an agent may call."""

    def __init__(self, function: Callable[..., Any], *, blocking: bool = False) -> None:
        self._call, self._blocking, bound = function, blocking, set[str]()
        while isinstance(function, functools.partial):
            bound |= function.keywords.keys()  # the agent does not give the arguments that are bound already
            function = function.func
        written: Any = function
        if not _is_written(function) and not isinstance(function, type):  # an object with `__call__`
            written = type(function).__call__
        if not _is_written(written):
            raise InvalidArgumentError(f"tools: expected a Python function, a model or a dict, got {function!r:.80}")
        self.name: str = getattr(function, "__name__", type(function).__name__)
        if not re.fullmatch(_NAME, self.name):
            raise InvalidArgumentError(
                f"tools: expected a name of 1 to 64 letters (A to Z, a to z), digits, _ or -, got {self.name!r}. "
                "Use a function with such a name."
            )
        self._written: Any = inspect.unwrap(getattr(written, "__func__", written))
        signature = inspect.signature(self._call)
        parameters = [each for name, each in signature.parameters.items() if name not in bound]
        for each in parameters:
            if each.kind not in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY) or each.annotation is each.empty:
                raise InvalidArgumentError(
                    f"tools: {self.name}(): {each.name!r} needs an annotation, and must be a parameter that can be "
                    "passed by keyword"
                )

        @functools.wraps(written)  # pydantic reads arguments by the function's annotations
        def arguments(*unnamed: Any, **named: Any) -> dict[str, Any]:
            if unnamed:
                raise ValueError("expected an object, got a list")
            return named

        if self._call is not written:
            arguments.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]  # inspect reads it
        self._read, schema = adapt(f"tools: {self.name}()", arguments)
        self.tool = Tool(function=Function(name=self.name, description=inspect.getdoc(function), parameters=schema))

    @property
    def is_asynchronous(self) -> bool:
        """Whether a call must be awaited, as far as one can tell before the call."""
        return inspect.iscoroutinefunction(self._written)

    async def message(self, call: Mapping[str, Any]) -> dict[str, Any]:
        """Make a call, and return the message with its result, or with the reason why the arguments do not fit."""
        given = call["function"]["arguments"]
        try:
            arguments = self._read(given if isinstance(given, str) else json.dumps(given))
        except (ValueError, RecursionError) as error:  # the agent's mistake: if it is told, it can try again
            return _result(call, f"The arguments do not fit: {reason(error)}")
        except Exception as error:  # a validator of the user's
            what = f"{self.name}(): its arguments could not be read: {type(error).__name__}: {error}"
            raise ToolError(what) from error
        try:
            result = self._call(**arguments)
            if inspect.isawaitable(result) and not self._blocking:
                result = await result
        except Exception as error:
            raise ToolError(f"{self.name}() raised {type(error).__name__}: {error}") from error
        if inspect.isawaitable(result):
            raise InvalidArgumentError(f"tools: {self.name}() is async: call run_tools_async()")
        if not isinstance(result, str):
            from pydantic_core import to_json

            try:
                result = to_json(result).decode()
            except ValueError as error:
                raise InvalidArgumentError(
                    f"tools: {self.name}() must return data that JSON can hold: {error}"
                ) from error
        return _result(call, result)


def _is_written(function: Any) -> bool:
    """Tell whether something is a function or a method that is written in Python."""
    return inspect.isfunction(inspect.unwrap(getattr(function, "__func__", function)))


def _result(call: Mapping[str, Any], content: str) -> dict[str, Any]:
    return {"role": "tool", "tool_call_id": call["id"], "name": call["function"]["name"], "content": content}


async def _results(
    calls: Sequence[Mapping[str, Any]], functions: Mapping[str, _Function], *, blocking: bool
) -> tuple[list[dict[str, Any]], MistralError | None]:
    """Make calls, those of async functions at the same time; return a message for each call, and the first error."""
    results: list[dict[str, Any]] = [_result(call, "The call was not made.") for call in calls]
    failures: list[MistralError] = []

    async def make(place: int) -> None:
        call = calls[place]
        name = call["function"]["name"]
        try:
            if name in functions:
                results[place] = await functions[name].message(call)
            else:
                results[place] = _result(call, f"There is no tool {name!r}. There are: {', '.join(functions)}.")
        except MistralError as error:
            results[place] = _result(call, "The call failed.")
            failures.append(error)

    if blocking:
        for place in range(len(calls)):
            if not failures:
                await make(place)
    else:
        from anyio import create_task_group

        async with create_task_group() as together:
            for place in range(len(calls)):
                together.start_soon(make, place)
    return results, failures[0] if failures else None


def _put_right(call: dict[str, Any], identifier: str) -> None:
    """Add an identifier and arguments to a call without them. The service expects both when it gets the call back."""
    if call.get("id") in (None, "", "null"):  # a result names its call by this identifier
        call["id"] = identifier
    given = call["function"].get("arguments")
    if given is None or (isinstance(given, str) and given.strip() in ("", "null")):
        call["function"]["arguments"] = "{}"


def _with_json(calls: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return calls with {} in place of arguments that are not a JSON object, which the service would refuse."""
    return [call if _is_json(call["function"]["arguments"]) else _without_arguments(call) for call in calls]


def _without_arguments(call: dict[str, Any]) -> dict[str, Any]:
    return {**call, "function": {**call["function"], "arguments": "{}"}}


def _is_json(arguments: Any) -> bool:
    try:
        return not isinstance(arguments, str) or isinstance(loads(arguments), dict)
    except (ValueError, RecursionError):
        return False


# An agent that needs more than ten rounds probably repeats itself.
async def run_tools(
    complete: Complete, *, blocking: bool, tools: Any, max_rounds: int = 10, **arguments: Any
) -> ToolRun:
    """Ask, make the calls of the answer, and ask again with their results.

    The last answer has no calls, or it calls a tool that was given as a model or a dict, not as a function. In the
    second case, none of its calls is made: the caller of `run_tools` has to make all of them.
    """
    if type(max_rounds) is not int or max_rounds < 1:
        raise InvalidArgumentError(f"max_rounds must be a number of rounds (1 or more), not {max_rounds!r:.80}")
    arguments["tools"], functions = _held(tools, blocking=blocking)
    callers = {_name_of(tool) for tool in arguments["tools"]} - functions.keys()
    if overruled := {"messages", "tools"} & (arguments.get("extra_body") or {}).keys():
        raise InvalidArgumentError(
            f"extra_body: {min(overruled)!r} would replace what run_tools sends: give it as an argument"
        )
    for rounds in count():
        try:
            answer: ChatCompletionResponse = await answered(complete, arguments)
        except MistralError as error:  # the results of calls must not be lost
            error.messages = arguments.get("messages")
            raise
        reply: AssistantMessage | None = getattr(first_choice(answer), "message", None)
        said = [{"role": "assistant", **reply.to_dict()}] if reply else []
        calls = (said and said[0].get("tool_calls")) or []
        if not calls or any(call["function"]["name"] in callers for call in calls):
            return ToolRun(answer, [*arguments["messages"], *said])
        if rounds == max_rounds:
            late = ToolRoundsError(f"the agent still calls tools after {rounds} rounds. Allow more in max_rounds.")
            late.messages = arguments["messages"]
            raise about(late, answer)
        for place, call in enumerate(calls, len(arguments["messages"])):
            _put_right(call, f"call{place:05}")
        results, failure = await _results(calls, functions, blocking=blocking)
        said[0]["tool_calls"] = _with_json(calls)
        arguments["messages"] = [*arguments["messages"], *said, *results]
        if failure is not None:
            failure.messages = arguments["messages"]
            raise failure
        arguments.pop("tool_choice", None)  # an agent that must call a tool each time would never answer
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
            raise InvalidArgumentError(f"tools: two functions have the name {function.name!r}: rename one")
        if blocking and function.is_asynchronous:
            raise InvalidArgumentError(f"tools: {function.name}() is async: call run_tools_async()")
        offered.append(function.tool)
        functions[function.name] = function
    return offered, functions


def _name_of(tool: Any) -> Any:
    """Return the function name that a tool has in the request, or None."""
    fields = tool.to_dict() if hasattr(tool, "to_dict") else tool
    function = fields.get("function") if isinstance(fields, Mapping) else None
    return function.get("name") if isinstance(function, Mapping) else getattr(function, "name", None)
