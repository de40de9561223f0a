"""All models of the contract in one place. Each is loaded when it is first used.

A stream yields an `Event`, whose data is a model. `CompletionEvent` is an `Event` whose data is a `CompletionChunk`.
`Tool` is another name of `FunctionTool`: Mistral's SDK uses it in completions. `Message` is any message of a
completion, and `MessageDict` the same as a plain dict: `history: list[Message | MessageDict]`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mistral_agents_api.models import *  # noqa: F403  # one place for the caller to import from
    from mistral_agents_api.models import (
        AgentsCompletionRequestMessage,
        AgentsCompletionRequestMessageDict,
        CompletionChunk,
        FunctionTool,
        FunctionToolDict,
    )

    from ._events import Event as Event

    CompletionEvent = Event[CompletionChunk]
    Message = AgentsCompletionRequestMessage
    MessageDict = AgentsCompletionRequestMessageDict
    Tool = FunctionTool
    ToolDict = FunctionToolDict
else:
    _ALIASES = {
        "Message": "AgentsCompletionRequestMessage",
        "MessageDict": "AgentsCompletionRequestMessageDict",
        "Tool": "FunctionTool",
        "ToolDict": "FunctionToolDict",
    }

    def __dir__() -> list[str]:
        from mistral_agents_api.models import __all__ as names

        return sorted({*names, *_ALIASES, "CompletionEvent", "Event"})

    def __getattr__(name: str) -> Any:
        """Load a model when it is first asked for (PEP 562)."""
        if name == "__all__":
            return __dir__()
        if name in ("CompletionEvent", "Event"):
            from ._events import Event

            return Event
        if name not in __dir__():
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from mistral_agents_api import models

        return getattr(models, _ALIASES.get(name, name))
