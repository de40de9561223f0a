"""The models of the contract under one roof, each loaded when it is first used.

`FunctionTool` is `Tool`, under the name that Mistral's SDK gives it too. A stream yields an `Event`, whose data is a model;
`CompletionEvent` is the one whose data is a `CompletionChunk`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mistral_agents_api.models import *  # noqa: F403  # one place for the caller to import from
    from mistral_agents_api.models import CompletionChunk, Tool, ToolDict

    from ._events import Event as Event

    CompletionEvent = Event[CompletionChunk]

    FunctionTool, FunctionToolDict = Tool, ToolDict
else:

    def __dir__() -> list[str]:
        from mistral_agents_api.models import __all__ as names

        return sorted({*names, "CompletionEvent", "FunctionTool", "FunctionToolDict"})

    def __getattr__(name: str) -> Any:
        """Load a model when it is first asked for (PEP 562)."""
        from mistral_agents_api import models

        from . import _events

        if name == "__all__":
            return __dir__()
        if name not in __dir__():
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        source = _events if name == "CompletionEvent" else models
        return getattr(source, {"FunctionTool": "Tool", "FunctionToolDict": "ToolDict"}.get(name, name))
