# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The methods of the contract, in one class for each of its tags."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._overlay import Calls
    from .agents import Agents
    from .conversations import Conversations


class Resources:
    """Base of a client. It has one attribute for each tag of the contract, which is loaded when it is first used."""

    @property
    @abstractmethod
    def _calls(self) -> Calls:
        """The object that runs calls."""

    if not TYPE_CHECKING:  # type checkers refuse unknown names by themselves

        def __getattr__(self, name: str) -> Any:
            from ._resource import missing

            return missing(self, name, "the methods of the contract are in agents, conversations")

    @cached_property
    def agents(self) -> Agents:
        """Agents with their versions and aliases, and completions by agents."""
        from .agents import Agents

        return Agents(self._calls)

    @cached_property
    def conversations(self) -> Conversations:
        """Conversations with an agent or a model, which the service stores."""
        from .conversations import Conversations

        return Conversations(self._calls)


__all__ = ["Resources"]
