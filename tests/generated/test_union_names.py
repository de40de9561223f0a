"""The names of the contract's unions, at run time."""

import typing
from collections.abc import Sequence
from typing import Any

from mistral_agents import models as all_models
from mistral_agents_api import models
from mistral_agents_api.resources.agents import Agents


def test_unions_have_names() -> None:
    """A union of models is loaded when its name is first used, and works in annotations and in `isinstance`."""
    message: Any = models.AgentsCompletionRequestMessage
    assert isinstance(models.UserMessage(content="Hi"), message)
    taken: Any = typing.get_type_hints(Agents.complete)["messages"]
    assert taken == Sequence[message | models.AgentsCompletionRequestMessageDict]
    assert {*models.__all__} & {*dir(models)} >= {"AgentTool", "AgentToolDict"}


def test_messages_have_a_short_name() -> None:
    """`Message` is the union of all messages of a completion."""
    assert (all_models.Message, all_models.MessageDict) == (
        models.AgentsCompletionRequestMessage,
        models.AgentsCompletionRequestMessageDict,
    )
