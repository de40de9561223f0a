"""The methods of Mistral's SDK 3.7.0 that this client also has, and those that it does not have.

These are facts about that SDK. The run compares them with the SDK itself; tests compare the cases and the migration
guide with them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

SDK_VERSION = "3.7.0"


class Method(NamedTuple):
    """A method of a resource; each has an async twin with the suffix `_async`."""

    resource: Literal["agents", "beta.agents", "beta.conversations"]
    """The SDK's resource. In this client both kinds of agents are one resource, with and without `beta`."""
    name: str
    streams: bool = False

    @property
    def operation(self) -> str:
        """The resource and name in this client."""
        return f"{self.resource.removeprefix('beta.')}.{self.name}"


COMPLETIONS = (
    Method("agents", "complete"),
    Method("agents", "stream", streams=True),
)
AGENTS = (
    Method("beta.agents", "create"),
    Method("beta.agents", "list"),
    Method("beta.agents", "list_pages"),
    Method("beta.agents", "get"),
    Method("beta.agents", "update"),
    Method("beta.agents", "delete"),
    Method("beta.agents", "update_version"),
    Method("beta.agents", "list_versions"),
    Method("beta.agents", "get_version"),
    Method("beta.agents", "create_version_alias"),
    Method("beta.agents", "list_version_aliases"),
    Method("beta.agents", "delete_version_alias"),
)
CONVERSATIONS = (
    Method("beta.conversations", "start"),
    Method("beta.conversations", "start_stream", streams=True),
    Method("beta.conversations", "list"),
    Method("beta.conversations", "get"),
    Method("beta.conversations", "delete"),
    Method("beta.conversations", "append"),
    Method("beta.conversations", "append_stream", streams=True),
    Method("beta.conversations", "get_history"),
    Method("beta.conversations", "get_messages"),
    Method("beta.conversations", "restart"),
    Method("beta.conversations", "restart_stream", streams=True),
)
METHODS = {each.operation: each for each in (*COMPLETIONS, *AGENTS, *CONVERSATIONS)}

# These send several requests: they call start and append, and run functions between the calls.
HELPERS = {"beta.conversations": ("run_async", "run_stream_async")}
