"""The base of every resource. It holds the object that runs calls, and reports wrong arguments."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._overlay import Calls


class Resource:
    """The operations of one tag. Each method passes its operation and its arguments to the object that runs calls."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def __init_subclass__(cls) -> None:
        """Let each method report wrong arguments before anything is sent."""
        for name, method in list(vars(cls).items()):
            if inspect.isfunction(method) and not name.startswith("_"):
                setattr(cls, name, _checked(method))

    if not TYPE_CHECKING:  # type checkers refuse unknown names by themselves

        def __getattr__(self, name: str) -> Any:
            methods = [each for each in dir(type(self)) if each[0] != "_" and not each.endswith("_async")]
            return missing(self, name, f"its methods are {', '.join(methods)}, and the same with _async")


def missing(owner: object, name: str, hint: str) -> Any:
    """Raise the error for an attribute that is not there. The hint says what there is."""
    if name.startswith("_") or hasattr(type(owner), name):  # Python itself asks, or a property raised AttributeError
        return object.__getattribute__(owner, name)
    raise AttributeError(f"{type(owner).__name__!r} object has no attribute {name!r}; {hint}")


def _checked(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method that reports all wrong arguments, where Python would name only one."""
    parameters = [each for each in inspect.signature(method).parameters.values() if each.name != "self"]
    known = {each.name for each in parameters if each.kind is each.KEYWORD_ONLY}
    required = {each.name for each in parameters if each.default is each.empty and each.name in known}
    takes_any = any(each.kind is each.VAR_KEYWORD for each in parameters)

    def check(resource: Resource, unnamed: tuple[Any, ...], given: dict[str, Any]) -> None:
        unknown = set() if takes_any else given.keys() - known
        missing = required - given.keys()
        if unnamed or unknown or missing:
            raise resource._calls.wrong_keywords(method.__qualname__, unknown, missing, known, unnamed=len(unnamed))

    if inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def call_async(self: Resource, *unnamed: Any, **given: Any) -> Any:
            check(self, unnamed, given)
            return await method(self, **given)

        return call_async

    @functools.wraps(method)
    def call(self: Resource, *unnamed: Any, **given: Any) -> Any:
        check(self, unnamed, given)
        return method(self, **given)

    return call
