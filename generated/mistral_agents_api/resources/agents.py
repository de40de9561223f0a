# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Agents with their versions and aliases, and completions by agents."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Any, Literal, overload

from .. import models
from ..values import UNSET
from ._overlay import AsyncEventStream, AsyncPage, EventStream, Page, RetryConfig
from ._resource import Resource


class Agents(Resource):
    """Agents with their versions and aliases, and completions by agents."""

    def list(
        self,
        *,
        page: int | None = UNSET,
        page_size: int | None = UNSET,
        deployment_chat: bool | None = UNSET,
        sources: Sequence[models.RequestSource] | None = UNSET,
        name: str | None = UNSET,
        search: str | None = UNSET,
        id: str | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> Page[models.Agent, builtins.list[models.Agent]]:
        """List agents by page number.

        Lists agents, sorted by the time of their creation. Mistral has deprecated this operation, because it
        leaves out shared agents. `GET /v1/agents/pages` includes them.

        The contract marks this operation as deprecated.

        Args:
            page: Number of the page, starting at 0. If absent, the service assumes 0.
            page_size: Maximum number of agents on a page, from 1 to 1000. If absent, the service assumes 20.
            deployment_chat: True lists only agents that are available in Mistral's chat application, false only
                those that are not.
            sources: List only agents that were created in one of these ways.
            name: List only agents with this name.
            search: List only agents with this text in their name or identifier.
            id: List only the agent with this identifier.
            metadata: List only items that have these metadata. They are sent as JSON text. Mistral's documents
                also allow `null`, but do not say what it means.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/agents`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_list import OPERATION

        return self._calls.page(OPERATION, locals())

    async def list_async(
        self,
        *,
        page: int | None = UNSET,
        page_size: int | None = UNSET,
        deployment_chat: bool | None = UNSET,
        sources: Sequence[models.RequestSource] | None = UNSET,
        name: str | None = UNSET,
        search: str | None = UNSET,
        id: str | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncPage[models.Agent, builtins.list[models.Agent]]:
        """List agents by page number.

        Lists agents, sorted by the time of their creation. Mistral has deprecated this operation, because it
        leaves out shared agents. `GET /v1/agents/pages` includes them.

        The contract marks this operation as deprecated.

        Args:
            page: Number of the page, starting at 0. If absent, the service assumes 0.
            page_size: Maximum number of agents on a page, from 1 to 1000. If absent, the service assumes 20.
            deployment_chat: True lists only agents that are available in Mistral's chat application, false only
                those that are not.
            sources: List only agents that were created in one of these ways.
            name: List only agents with this name.
            search: List only agents with this text in their name or identifier.
            id: List only the agent with this identifier.
            metadata: List only items that have these metadata. They are sent as JSON text. Mistral's documents
                also allow `null`, but do not say what it means.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/agents`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_list import OPERATION

        return await self._calls.page_async(OPERATION, locals())

    def create(
        self,
        *,
        model: str,
        name: str,
        description: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[models.AgentTool | models.AgentToolDict] | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        handoffs: Sequence[str] | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        version_message: str | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.Agent:
        """Create an agent.

        Creates the first version of an agent. Conversations and completions refer to the agent by its `id`.

        Args:
            model: Name of the model.
            name: Name of the agent.
            description: What the agent does. Other agents read this before they hand over to it.
            instructions: Instructions for the model, which it gets before the first message.
            tools: Tools that the agent may use.
            completion_args: Settings for the generation of answers.
            guardrails: Moderation of requests.
            handoffs: Identifiers of the agents to which this agent may hand over, one or more.
            metadata: Your own data, which the service stores.
            version_message: What is new in this version, up to 500 characters.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `POST /v1/agents`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_create import OPERATION

        return self._calls.call(OPERATION, locals())

    async def create_async(
        self,
        *,
        model: str,
        name: str,
        description: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[models.AgentTool | models.AgentToolDict] | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        handoffs: Sequence[str] | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        version_message: str | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.Agent:
        """Create an agent.

        Creates the first version of an agent. Conversations and completions refer to the agent by its `id`.

        Args:
            model: Name of the model.
            name: Name of the agent.
            description: What the agent does. Other agents read this before they hand over to it.
            instructions: Instructions for the model, which it gets before the first message.
            tools: Tools that the agent may use.
            completion_args: Settings for the generation of answers.
            guardrails: Moderation of requests.
            handoffs: Identifiers of the agents to which this agent may hand over, one or more.
            metadata: Your own data, which the service stores.
            version_message: What is new in this version, up to 500 characters.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `POST /v1/agents`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_create import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def list_pages(
        self,
        *,
        page_size: int | None = UNSET,
        deployment_chat: bool | None = UNSET,
        sources: Sequence[models.RequestSource] | None = UNSET,
        name: str | None = UNSET,
        search: str | None = UNSET,
        id: str | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        page_token: str | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> Page[models.Agent, models.AgentListPage]:
        """List agents, including shared ones.

        Lists the agents that the caller may see. Each page contains the token of the next page.

        Args:
            page_size: Maximum number of agents on a page, from 1 to 1000. If absent, the service assumes 20.
            deployment_chat: True lists only agents that are available in Mistral's chat application, false only
                those that are not.
            sources: List only agents that were created in one of these ways.
            name: List only agents with this name.
            search: List only agents with this text in their name or identifier.
            id: List only the agent with this identifier.
            metadata: List only items that have these metadata. They are sent as JSON text. Mistral's documents
                also allow `null`, but do not say what it means.
            page_token: Token of the page, which is the `next_page_token` of the previous page. If absent, the
                service returns the first page.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/agents/pages`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_list_pages import OPERATION

        return self._calls.page(OPERATION, locals())

    async def list_pages_async(
        self,
        *,
        page_size: int | None = UNSET,
        deployment_chat: bool | None = UNSET,
        sources: Sequence[models.RequestSource] | None = UNSET,
        name: str | None = UNSET,
        search: str | None = UNSET,
        id: str | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        page_token: str | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncPage[models.Agent, models.AgentListPage]:
        """List agents, including shared ones.

        Lists the agents that the caller may see. Each page contains the token of the next page.

        Args:
            page_size: Maximum number of agents on a page, from 1 to 1000. If absent, the service assumes 20.
            deployment_chat: True lists only agents that are available in Mistral's chat application, false only
                those that are not.
            sources: List only agents that were created in one of these ways.
            name: List only agents with this name.
            search: List only agents with this text in their name or identifier.
            id: List only the agent with this identifier.
            metadata: List only items that have these metadata. They are sent as JSON text. Mistral's documents
                also allow `null`, but do not say what it means.
            page_token: Token of the page, which is the `next_page_token` of the previous page. If absent, the
                service returns the first page.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/agents/pages`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_list_pages import OPERATION

        return await self._calls.page_async(OPERATION, locals())

    def get(
        self,
        *,
        agent_id: str,
        agent_version: int | str | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.Agent:
        """Get an agent.

        Returns an agent in its current version, or in another version of your choice.

        Args:
            agent_id: Identifier of the agent.
            agent_version: Number or alias of the version. If absent, the service returns the current one.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/agents/{agent_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_get import OPERATION

        return self._calls.call(OPERATION, locals())

    async def get_async(
        self,
        *,
        agent_id: str,
        agent_version: int | str | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.Agent:
        """Get an agent.

        Returns an agent in its current version, or in another version of your choice.

        Args:
            agent_id: Identifier of the agent.
            agent_version: Number or alias of the version. If absent, the service returns the current one.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/agents/{agent_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_get import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def delete(
        self,
        *,
        agent_id: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> None:
        """Delete an agent.

        Args:
            agent_id: Identifier of the agent.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `DELETE /v1/agents/{agent_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_delete import OPERATION

        return self._calls.call(OPERATION, locals())

    async def delete_async(
        self,
        *,
        agent_id: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> None:
        """Delete an agent.

        Args:
            agent_id: Identifier of the agent.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `DELETE /v1/agents/{agent_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_delete import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def update(
        self,
        *,
        agent_id: str,
        model: str | None = UNSET,
        name: str | None = UNSET,
        description: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[models.AgentTool | models.AgentToolDict] | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        handoffs: Sequence[str] | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        version_message: str | None = UNSET,
        deployment_chat: bool | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.Agent:
        """Change an agent.

        Changes the given fields and leaves the others as they are. The result is a new version of the agent.

        Args:
            agent_id: Identifier of the agent.
            model: Name of the model.
            name: Name of the agent.
            description: What the agent does. Other agents read this before they hand over to it.
            instructions: Instructions for the model, which it gets before the first message.
            tools: Tools that the agent may use.
            completion_args: Settings for the generation of answers.
            guardrails: Moderation of requests.
            handoffs: Identifiers of the agents to which this agent may hand over, one or more.
            metadata: Your own data, which the service stores.
            version_message: What is new in this version, up to 500 characters.
            deployment_chat: Whether the agent is available in Mistral's chat application.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `PATCH /v1/agents/{agent_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_update import OPERATION

        return self._calls.call(OPERATION, locals())

    async def update_async(
        self,
        *,
        agent_id: str,
        model: str | None = UNSET,
        name: str | None = UNSET,
        description: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[models.AgentTool | models.AgentToolDict] | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        handoffs: Sequence[str] | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        version_message: str | None = UNSET,
        deployment_chat: bool | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.Agent:
        """Change an agent.

        Changes the given fields and leaves the others as they are. The result is a new version of the agent.

        Args:
            agent_id: Identifier of the agent.
            model: Name of the model.
            name: Name of the agent.
            description: What the agent does. Other agents read this before they hand over to it.
            instructions: Instructions for the model, which it gets before the first message.
            tools: Tools that the agent may use.
            completion_args: Settings for the generation of answers.
            guardrails: Moderation of requests.
            handoffs: Identifiers of the agents to which this agent may hand over, one or more.
            metadata: Your own data, which the service stores.
            version_message: What is new in this version, up to 500 characters.
            deployment_chat: Whether the agent is available in Mistral's chat application.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `PATCH /v1/agents/{agent_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_update import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def update_version(
        self,
        *,
        agent_id: str,
        version: int,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.Agent:
        """Make another version of an agent the current one.

        Args:
            agent_id: Identifier of the agent.
            version: Number of the version.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `PATCH /v1/agents/{agent_id}/version`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_update_version import OPERATION

        return self._calls.call(OPERATION, locals())

    async def update_version_async(
        self,
        *,
        agent_id: str,
        version: int,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.Agent:
        """Make another version of an agent the current one.

        Args:
            agent_id: Identifier of the agent.
            version: Number of the version.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `PATCH /v1/agents/{agent_id}/version`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_update_version import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def list_versions(
        self,
        *,
        agent_id: str,
        page: int | None = UNSET,
        page_size: int | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> Page[models.Agent, builtins.list[models.Agent]]:
        """List the versions of an agent.

        Args:
            agent_id: Identifier of the agent.
            page: Number of the page, starting at 0. If absent, the service assumes 0.
            page_size: Maximum number of versions on a page, from 1 to 100. If absent, the service assumes 20.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/agents/{agent_id}/versions`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_list_versions import OPERATION

        return self._calls.page(OPERATION, locals())

    async def list_versions_async(
        self,
        *,
        agent_id: str,
        page: int | None = UNSET,
        page_size: int | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncPage[models.Agent, builtins.list[models.Agent]]:
        """List the versions of an agent.

        Args:
            agent_id: Identifier of the agent.
            page: Number of the page, starting at 0. If absent, the service assumes 0.
            page_size: Maximum number of versions on a page, from 1 to 100. If absent, the service assumes 20.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/agents/{agent_id}/versions`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_list_versions import OPERATION

        return await self._calls.page_async(OPERATION, locals())

    def get_version(
        self,
        *,
        agent_id: str,
        version: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.Agent:
        """Get one version of an agent.

        Args:
            agent_id: Identifier of the agent.
            version: Number of the version, as text.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/agents/{agent_id}/versions/{version}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_get_version import OPERATION

        return self._calls.call(OPERATION, locals())

    async def get_version_async(
        self,
        *,
        agent_id: str,
        version: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.Agent:
        """Get one version of an agent.

        Args:
            agent_id: Identifier of the agent.
            version: Number of the version, as text.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/agents/{agent_id}/versions/{version}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_get_version import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def list_version_aliases(
        self,
        *,
        agent_id: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> builtins.list[models.AgentAliasResponse]:
        """List the aliases of an agent's versions.

        Args:
            agent_id: Identifier of the agent.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/agents/{agent_id}/aliases`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_list_version_aliases import OPERATION

        return self._calls.call(OPERATION, locals())

    async def list_version_aliases_async(
        self,
        *,
        agent_id: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> builtins.list[models.AgentAliasResponse]:
        """List the aliases of an agent's versions.

        Args:
            agent_id: Identifier of the agent.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/agents/{agent_id}/aliases`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_list_version_aliases import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def create_version_alias(
        self,
        *,
        agent_id: str,
        alias: str,
        version: int,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.AgentAliasResponse:
        """Give a name (an alias) to a version of an agent.

        Creates the alias, or makes an existing one point to another version.

        Args:
            agent_id: Identifier of the agent.
            alias: Name of the version, from 1 to 64 characters: lower-case letters, digits, hyphens and
                underscores. It begins with a letter and ends with a letter or a digit.
            version: Number of the version.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `PUT /v1/agents/{agent_id}/aliases`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_create_version_alias import OPERATION

        return self._calls.call(OPERATION, locals())

    async def create_version_alias_async(
        self,
        *,
        agent_id: str,
        alias: str,
        version: int,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.AgentAliasResponse:
        """Give a name (an alias) to a version of an agent.

        Creates the alias, or makes an existing one point to another version.

        Args:
            agent_id: Identifier of the agent.
            alias: Name of the version, from 1 to 64 characters: lower-case letters, digits, hyphens and
                underscores. It begins with a letter and ends with a letter or a digit.
            version: Number of the version.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `PUT /v1/agents/{agent_id}/aliases`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_create_version_alias import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def delete_version_alias(
        self,
        *,
        agent_id: str,
        alias: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> None:
        """Delete an alias of a version.

        Args:
            agent_id: Identifier of the agent.
            alias: Name of the version, from 1 to 64 characters: lower-case letters, digits, hyphens and
                underscores. It begins with a letter and ends with a letter or a digit.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `DELETE /v1/agents/{agent_id}/aliases`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_delete_version_alias import OPERATION

        return self._calls.call(OPERATION, locals())

    async def delete_version_alias_async(
        self,
        *,
        agent_id: str,
        alias: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> None:
        """Delete an alias of a version.

        Args:
            agent_id: Identifier of the agent.
            alias: Name of the version, from 1 to 64 characters: lower-case letters, digits, hyphens and
                underscores. It begins with a letter and ends with a letter or a digit.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `DELETE /v1/agents/{agent_id}/aliases`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_delete_version_alias import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def complete(
        self,
        *,
        messages: Sequence[models.AgentsCompletionRequestMessage | models.AgentsCompletionRequestMessageDict],
        agent_id: str,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[False] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tools: Sequence[models.AgentsCompletionRequestTool | models.AgentsCompletionRequestToolDict] | None = UNSET,
        tool_choice: models.ToolChoiceEnum | models.ToolChoice | models.ToolChoiceDict | None = UNSET,
        presence_penalty: float | None = UNSET,
        frequency_penalty: float | None = UNSET,
        repetition_penalty: float | None = UNSET,
        top_k: int | None = UNSET,
        logprobs: bool | None = UNSET,
        top_logprobs: int | None = UNSET,
        prompt_logprobs: bool | None = UNSET,
        top_prompt_logprobs: int | None = UNSET,
        n: int | None = UNSET,
        prediction: models.Prediction | models.PredictionDict | None = UNSET,
        parallel_tool_calls: bool | None = UNSET,
        reasoning_effort: models.ReasoningEffort | None = UNSET,
        prompt_mode: Literal["reasoning"] | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        prompt_cache_key: str | None = UNSET,
        service_tier: models.RequestedServiceTier | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ChatCompletionResponse:
        """Get an answer from an agent.

        Sends messages to an agent. The service answers with one JSON document, or with a stream of events if
        `stream` is true.

        Args:
            messages: The messages so far, oldest first. At least one.
            agent_id: Identifier of the agent.
            max_tokens: Maximum number of tokens to generate, 0 or more. Prompt and answer together must fit
                into the model's context.
            min_tokens: Minimum number of tokens to generate.
            stream: Asks for one JSON document. It is always false. If it is absent, the service returns one
                document, too.
            stop: Text at which to stop, or several such texts.
            random_seed: Seed of the sampling, 0 or more. The same request with the same seed gives the same
                answer.
            metadata: Your own data, which the service stores with the request.
            response_format: Form of the answer. If absent, the answer is free text.
            tools: Tools that the agent may use in this answer.
            tool_choice: Whether the agent may or must call a tool, or which function it must call. If absent,
                the service assumes `auto`.
            presence_penalty: Penalty for words that have occurred before, from -2 to 2. It does not depend on
                how often they occurred. A higher value gives more varied answers. If absent, the service
                assumes 0.
            frequency_penalty: Penalty for words that have occurred before, from -2 to 2. It grows with how
                often they occurred. A higher value gives fewer repetitions. If absent, the service assumes 0.
            repetition_penalty: Penalty for tokens that have occurred before.
            top_k: Sample only from this number of the most likely tokens.
            logprobs: Whether to return the log probabilities of the generated tokens.
            top_logprobs: Number of the most likely tokens to return for each generated token.
            prompt_logprobs: Whether to return the log probabilities of the prompt's tokens.
            top_prompt_logprobs: Number of the most likely tokens to return for each token of the prompt.
            n: Number of answers to return, 1 or more. The prompt is billed once.
            prediction: Text that most of the answer will probably repeat.
            parallel_tool_calls: Whether the agent may call several tools at once. If absent, the service
                assumes true.
            reasoning_effort: How much a reasoning model thinks before it answers.
            prompt_mode: Which of Mistral's system prompts a reasoning model gets. One of Mistral's documents
                has deprecated this field and recommends `reasoning_effort` instead.
            guardrails: Moderation of this request.
            prompt_cache_key: Key of a prompt cache. Requests with the same key can share the tokens of a common
                beginning. Cached tokens cost less.
            service_tier: Service capacity that the request may use.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `POST /v1/agents/completions`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_complete import OPERATION

        return self._calls.call(OPERATION, locals())

    async def complete_async(
        self,
        *,
        messages: Sequence[models.AgentsCompletionRequestMessage | models.AgentsCompletionRequestMessageDict],
        agent_id: str,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[False] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tools: Sequence[models.AgentsCompletionRequestTool | models.AgentsCompletionRequestToolDict] | None = UNSET,
        tool_choice: models.ToolChoiceEnum | models.ToolChoice | models.ToolChoiceDict | None = UNSET,
        presence_penalty: float | None = UNSET,
        frequency_penalty: float | None = UNSET,
        repetition_penalty: float | None = UNSET,
        top_k: int | None = UNSET,
        logprobs: bool | None = UNSET,
        top_logprobs: int | None = UNSET,
        prompt_logprobs: bool | None = UNSET,
        top_prompt_logprobs: int | None = UNSET,
        n: int | None = UNSET,
        prediction: models.Prediction | models.PredictionDict | None = UNSET,
        parallel_tool_calls: bool | None = UNSET,
        reasoning_effort: models.ReasoningEffort | None = UNSET,
        prompt_mode: Literal["reasoning"] | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        prompt_cache_key: str | None = UNSET,
        service_tier: models.RequestedServiceTier | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ChatCompletionResponse:
        """Get an answer from an agent.

        Sends messages to an agent. The service answers with one JSON document, or with a stream of events if
        `stream` is true.

        Args:
            messages: The messages so far, oldest first. At least one.
            agent_id: Identifier of the agent.
            max_tokens: Maximum number of tokens to generate, 0 or more. Prompt and answer together must fit
                into the model's context.
            min_tokens: Minimum number of tokens to generate.
            stream: Asks for one JSON document. It is always false. If it is absent, the service returns one
                document, too.
            stop: Text at which to stop, or several such texts.
            random_seed: Seed of the sampling, 0 or more. The same request with the same seed gives the same
                answer.
            metadata: Your own data, which the service stores with the request.
            response_format: Form of the answer. If absent, the answer is free text.
            tools: Tools that the agent may use in this answer.
            tool_choice: Whether the agent may or must call a tool, or which function it must call. If absent,
                the service assumes `auto`.
            presence_penalty: Penalty for words that have occurred before, from -2 to 2. It does not depend on
                how often they occurred. A higher value gives more varied answers. If absent, the service
                assumes 0.
            frequency_penalty: Penalty for words that have occurred before, from -2 to 2. It grows with how
                often they occurred. A higher value gives fewer repetitions. If absent, the service assumes 0.
            repetition_penalty: Penalty for tokens that have occurred before.
            top_k: Sample only from this number of the most likely tokens.
            logprobs: Whether to return the log probabilities of the generated tokens.
            top_logprobs: Number of the most likely tokens to return for each generated token.
            prompt_logprobs: Whether to return the log probabilities of the prompt's tokens.
            top_prompt_logprobs: Number of the most likely tokens to return for each token of the prompt.
            n: Number of answers to return, 1 or more. The prompt is billed once.
            prediction: Text that most of the answer will probably repeat.
            parallel_tool_calls: Whether the agent may call several tools at once. If absent, the service
                assumes true.
            reasoning_effort: How much a reasoning model thinks before it answers.
            prompt_mode: Which of Mistral's system prompts a reasoning model gets. One of Mistral's documents
                has deprecated this field and recommends `reasoning_effort` instead.
            guardrails: Moderation of this request.
            prompt_cache_key: Key of a prompt cache. Requests with the same key can share the tokens of a common
                beginning. Cached tokens cost less.
            service_tier: Service capacity that the request may use.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `POST /v1/agents/completions`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_complete import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    @overload
    def stream(
        self,
        *,
        messages: Sequence[models.AgentsCompletionRequestMessage | models.AgentsCompletionRequestMessageDict],
        agent_id: str,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tools: Sequence[models.AgentsCompletionRequestTool | models.AgentsCompletionRequestToolDict] | None = UNSET,
        tool_choice: models.ToolChoiceEnum | models.ToolChoice | models.ToolChoiceDict | None = UNSET,
        presence_penalty: float | None = UNSET,
        frequency_penalty: float | None = UNSET,
        repetition_penalty: float | None = UNSET,
        top_k: int | None = UNSET,
        logprobs: bool | None = UNSET,
        top_logprobs: int | None = UNSET,
        prompt_logprobs: bool | None = UNSET,
        top_prompt_logprobs: int | None = UNSET,
        n: int | None = UNSET,
        prediction: models.Prediction | models.PredictionDict | None = UNSET,
        parallel_tool_calls: bool | None = UNSET,
        reasoning_effort: models.ReasoningEffort | None = UNSET,
        prompt_mode: Literal["reasoning"] | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        prompt_cache_key: str | None = UNSET,
        service_tier: models.RequestedServiceTier | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> EventStream[models.CompletionChunk, models.ChatCompletionResponse]: ...

    @overload
    def stream(
        self,
        *,
        model: str | None,
        prompt: str,
        suffix: str | None = UNSET,
        temperature: float | None = UNSET,
        top_p: float | None = UNSET,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> EventStream[models.CompletionChunk, models.ChatCompletionResponse]: ...

    def stream(
        self,
        *,
        messages: Sequence[models.AgentsCompletionRequestMessage | models.AgentsCompletionRequestMessageDict]
        | None = UNSET,
        agent_id: str | None = UNSET,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tools: Sequence[models.AgentsCompletionRequestTool | models.AgentsCompletionRequestToolDict] | None = UNSET,
        tool_choice: models.ToolChoiceEnum | models.ToolChoice | models.ToolChoiceDict | None = UNSET,
        presence_penalty: float | None = UNSET,
        frequency_penalty: float | None = UNSET,
        repetition_penalty: float | None = UNSET,
        top_k: int | None = UNSET,
        logprobs: bool | None = UNSET,
        top_logprobs: int | None = UNSET,
        prompt_logprobs: bool | None = UNSET,
        top_prompt_logprobs: int | None = UNSET,
        n: int | None = UNSET,
        prediction: models.Prediction | models.PredictionDict | None = UNSET,
        parallel_tool_calls: bool | None = UNSET,
        reasoning_effort: models.ReasoningEffort | None = UNSET,
        prompt_mode: Literal["reasoning"] | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        prompt_cache_key: str | None = UNSET,
        service_tier: models.RequestedServiceTier | None = UNSET,
        model: str | None = UNSET,
        prompt: str | None = UNSET,
        suffix: str | None = UNSET,
        temperature: float | None = UNSET,
        top_p: float | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> EventStream[models.CompletionChunk, models.ChatCompletionResponse]:
        """Get an answer from an agent, as a stream of events.

        Sends messages to an agent. The service answers with one JSON document, or with a stream of events if
        `stream` is true.

        Args:
            messages: The messages so far, oldest first. At least one.
            agent_id: Identifier of the agent.
            max_tokens: Maximum number of tokens to generate, 0 or more. Prompt and answer together must fit
                into the model's context.
            min_tokens: Minimum number of tokens to generate.
            stream: Asks for a stream of events. The streaming methods always send it. Without it, the service
                returns one JSON document.
            stop: Text at which to stop, or several such texts.
            random_seed: Seed of the sampling, 0 or more. The same request with the same seed gives the same
                answer.
            metadata: Your own data, which the service stores with the request.
            response_format: Form of the answer. If absent, the answer is free text.
            tools: Tools that the agent may use in this answer.
            tool_choice: Whether the agent may or must call a tool, or which function it must call. If absent,
                the service assumes `auto`.
            presence_penalty: Penalty for words that have occurred before, from -2 to 2. It does not depend on
                how often they occurred. A higher value gives more varied answers. If absent, the service
                assumes 0.
            frequency_penalty: Penalty for words that have occurred before, from -2 to 2. It grows with how
                often they occurred. A higher value gives fewer repetitions. If absent, the service assumes 0.
            repetition_penalty: Penalty for tokens that have occurred before.
            top_k: Sample only from this number of the most likely tokens.
            logprobs: Whether to return the log probabilities of the generated tokens.
            top_logprobs: Number of the most likely tokens to return for each generated token.
            prompt_logprobs: Whether to return the log probabilities of the prompt's tokens.
            top_prompt_logprobs: Number of the most likely tokens to return for each token of the prompt.
            n: Number of answers to return, 1 or more. The prompt is billed once.
            prediction: Text that most of the answer will probably repeat.
            parallel_tool_calls: Whether the agent may call several tools at once. If absent, the service
                assumes true.
            reasoning_effort: How much a reasoning model thinks before it answers.
            prompt_mode: Which of Mistral's system prompts a reasoning model gets. One of Mistral's documents
                has deprecated this field and recommends `reasoning_effort` instead.
            guardrails: Moderation of this request.
            prompt_cache_key: Key of a prompt cache. Requests with the same key can share the tokens of a common
                beginning. Cached tokens cost less.
            service_tier: Service capacity that the request may use.
            model: Name of the model, `codestral-2405` or `codestral-latest`.
            prompt: Text or code to continue.
            suffix: Text or code that follows the gap. If absent, the model continues the prompt.
            temperature: Randomness of the sampling, from 0 to 1. Set this or `top_p`, not both.
            top_p: Sample only from the most likely tokens whose probabilities add up to this value, from 0 to
                1. Set this or `temperature`, not both.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name
            first_event_timeout_ms: limit of the wait for the first event, in milliseconds
            idle_timeout_ms: limit of the wait for each further event, in milliseconds

        Sends `POST /v1/agents/completions`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_complete import OPERATION

        return self._calls.stream(OPERATION, locals())

    @overload
    async def stream_async(
        self,
        *,
        messages: Sequence[models.AgentsCompletionRequestMessage | models.AgentsCompletionRequestMessageDict],
        agent_id: str,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tools: Sequence[models.AgentsCompletionRequestTool | models.AgentsCompletionRequestToolDict] | None = UNSET,
        tool_choice: models.ToolChoiceEnum | models.ToolChoice | models.ToolChoiceDict | None = UNSET,
        presence_penalty: float | None = UNSET,
        frequency_penalty: float | None = UNSET,
        repetition_penalty: float | None = UNSET,
        top_k: int | None = UNSET,
        logprobs: bool | None = UNSET,
        top_logprobs: int | None = UNSET,
        prompt_logprobs: bool | None = UNSET,
        top_prompt_logprobs: int | None = UNSET,
        n: int | None = UNSET,
        prediction: models.Prediction | models.PredictionDict | None = UNSET,
        parallel_tool_calls: bool | None = UNSET,
        reasoning_effort: models.ReasoningEffort | None = UNSET,
        prompt_mode: Literal["reasoning"] | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        prompt_cache_key: str | None = UNSET,
        service_tier: models.RequestedServiceTier | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncEventStream[models.CompletionChunk, models.ChatCompletionResponse]: ...

    @overload
    async def stream_async(
        self,
        *,
        model: str | None,
        prompt: str,
        suffix: str | None = UNSET,
        temperature: float | None = UNSET,
        top_p: float | None = UNSET,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncEventStream[models.CompletionChunk, models.ChatCompletionResponse]: ...

    async def stream_async(
        self,
        *,
        messages: Sequence[models.AgentsCompletionRequestMessage | models.AgentsCompletionRequestMessageDict]
        | None = UNSET,
        agent_id: str | None = UNSET,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tools: Sequence[models.AgentsCompletionRequestTool | models.AgentsCompletionRequestToolDict] | None = UNSET,
        tool_choice: models.ToolChoiceEnum | models.ToolChoice | models.ToolChoiceDict | None = UNSET,
        presence_penalty: float | None = UNSET,
        frequency_penalty: float | None = UNSET,
        repetition_penalty: float | None = UNSET,
        top_k: int | None = UNSET,
        logprobs: bool | None = UNSET,
        top_logprobs: int | None = UNSET,
        prompt_logprobs: bool | None = UNSET,
        top_prompt_logprobs: int | None = UNSET,
        n: int | None = UNSET,
        prediction: models.Prediction | models.PredictionDict | None = UNSET,
        parallel_tool_calls: bool | None = UNSET,
        reasoning_effort: models.ReasoningEffort | None = UNSET,
        prompt_mode: Literal["reasoning"] | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        prompt_cache_key: str | None = UNSET,
        service_tier: models.RequestedServiceTier | None = UNSET,
        model: str | None = UNSET,
        prompt: str | None = UNSET,
        suffix: str | None = UNSET,
        temperature: float | None = UNSET,
        top_p: float | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncEventStream[models.CompletionChunk, models.ChatCompletionResponse]:
        """Get an answer from an agent, as a stream of events.

        Sends messages to an agent. The service answers with one JSON document, or with a stream of events if
        `stream` is true.

        Args:
            messages: The messages so far, oldest first. At least one.
            agent_id: Identifier of the agent.
            max_tokens: Maximum number of tokens to generate, 0 or more. Prompt and answer together must fit
                into the model's context.
            min_tokens: Minimum number of tokens to generate.
            stream: Asks for a stream of events. The streaming methods always send it. Without it, the service
                returns one JSON document.
            stop: Text at which to stop, or several such texts.
            random_seed: Seed of the sampling, 0 or more. The same request with the same seed gives the same
                answer.
            metadata: Your own data, which the service stores with the request.
            response_format: Form of the answer. If absent, the answer is free text.
            tools: Tools that the agent may use in this answer.
            tool_choice: Whether the agent may or must call a tool, or which function it must call. If absent,
                the service assumes `auto`.
            presence_penalty: Penalty for words that have occurred before, from -2 to 2. It does not depend on
                how often they occurred. A higher value gives more varied answers. If absent, the service
                assumes 0.
            frequency_penalty: Penalty for words that have occurred before, from -2 to 2. It grows with how
                often they occurred. A higher value gives fewer repetitions. If absent, the service assumes 0.
            repetition_penalty: Penalty for tokens that have occurred before.
            top_k: Sample only from this number of the most likely tokens.
            logprobs: Whether to return the log probabilities of the generated tokens.
            top_logprobs: Number of the most likely tokens to return for each generated token.
            prompt_logprobs: Whether to return the log probabilities of the prompt's tokens.
            top_prompt_logprobs: Number of the most likely tokens to return for each token of the prompt.
            n: Number of answers to return, 1 or more. The prompt is billed once.
            prediction: Text that most of the answer will probably repeat.
            parallel_tool_calls: Whether the agent may call several tools at once. If absent, the service
                assumes true.
            reasoning_effort: How much a reasoning model thinks before it answers.
            prompt_mode: Which of Mistral's system prompts a reasoning model gets. One of Mistral's documents
                has deprecated this field and recommends `reasoning_effort` instead.
            guardrails: Moderation of this request.
            prompt_cache_key: Key of a prompt cache. Requests with the same key can share the tokens of a common
                beginning. Cached tokens cost less.
            service_tier: Service capacity that the request may use.
            model: Name of the model, `codestral-2405` or `codestral-latest`.
            prompt: Text or code to continue.
            suffix: Text or code that follows the gap. If absent, the model continues the prompt.
            temperature: Randomness of the sampling, from 0 to 1. Set this or `top_p`, not both.
            top_p: Sample only from the most likely tokens whose probabilities add up to this value, from 0 to
                1. Set this or `temperature`, not both.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name
            first_event_timeout_ms: limit of the wait for the first event, in milliseconds
            idle_timeout_ms: limit of the wait for each further event, in milliseconds

        Sends `POST /v1/agents/completions`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_complete import OPERATION

        return await self._calls.stream_async(OPERATION, locals())
