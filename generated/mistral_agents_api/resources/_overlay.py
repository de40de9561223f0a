# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The types of `mistral_agents` that occur in the signatures of the methods.

Type checkers see the real types. At run time, placeholders have their names. So this package does not import
`mistral_agents`, and `typing.get_type_hints` still works.
"""

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from mistral_agents.calls import Calls as Calls
    from mistral_agents.paging import AsyncPage as AsyncPage
    from mistral_agents.paging import Page as Page
    from mistral_agents.retry import RetryConfig as RetryConfig
    from mistral_agents.streams import AsyncEventStream as AsyncEventStream
    from mistral_agents.streams import EventStream as EventStream
else:
    First, Second = TypeVar("First"), TypeVar("Second")

    class Calls:
        """mistral_agents.calls.Calls"""

    class RetryConfig:
        """mistral_agents.retry.RetryConfig"""

    class EventStream(Generic[First, Second]):
        """mistral_agents.streams.EventStream"""

    class AsyncEventStream(Generic[First, Second]):
        """mistral_agents.streams.AsyncEventStream"""

    class Page(Generic[First, Second]):
        """mistral_agents.paging.Page"""

    class AsyncPage(Generic[First, Second]):
        """mistral_agents.paging.AsyncPage"""
