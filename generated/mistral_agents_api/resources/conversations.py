# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Conversations with an agent or a model, which the service stores."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from .. import models
from ..values import UNSET
from ._overlay import AsyncEventStream, AsyncPage, EventStream, Page, RetryConfig
from ._resource import Resource


class Conversations(Resource):
    """Conversations with an agent or a model, which the service stores."""

    def list(
        self,
        *,
        page: int | None = UNSET,
        page_size: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> Page[models.Conversation, builtins.list[models.Conversation]]:
        """List conversations.

        Lists conversations, sorted by the time of their creation.

        Args:
            page: Number of the page, starting at 0. If absent, the service assumes 0.
            page_size: Maximum number of conversations on a page. If absent, the service assumes 100.
            metadata: List only items that have these metadata. They are sent as JSON text. Mistral's documents
                also allow `null`, but do not say what it means.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/conversations`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_list import OPERATION

        return self._calls.page(OPERATION, locals())

    async def list_async(
        self,
        *,
        page: int | None = UNSET,
        page_size: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncPage[models.Conversation, builtins.list[models.Conversation]]:
        """List conversations.

        Lists conversations, sorted by the time of their creation.

        Args:
            page: Number of the page, starting at 0. If absent, the service assumes 0.
            page_size: Maximum number of conversations on a page. If absent, the service assumes 100.
            metadata: List only items that have these metadata. They are sent as JSON text. Mistral's documents
                also allow `null`, but do not say what it means.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/conversations`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_list import OPERATION

        return await self._calls.page_async(OPERATION, locals())

    def start(
        self,
        *,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict],
        stream: Literal[False] | None = UNSET,
        agent_id: str | None = UNSET,
        agent_version: str | int | None = UNSET,
        model: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[models.AgentTool | models.AgentToolDict] | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        name: str | None = UNSET,
        description: str | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ConversationResponse:
        """Start a conversation and get the answer of the agent or model.

        Starts a conversation with an agent or with a model. The service answers with one JSON document, or with
        a stream of events if `stream` is true.

        Args:
            inputs: The new input, as text or as entries.
            stream: Asks for one JSON document. It is always false. If it is absent, the service returns one
                document, too.
            agent_id: Identifier of the agent. Set this or `model`.
            agent_version: Number or alias of the agent's version. If absent, the service takes the current one.
            model: Name of the model. Set this or `agent_id`.
            instructions: Instructions for the model, which it gets before the first message.
            tools: Tools that the model may use.
            completion_args: Settings for the generation of answers.
            guardrails: Moderation of requests.
            name: Name of the conversation.
            description: What the conversation is about.
            metadata: Your own data, which the service stores.
            store: Whether the service stores the conversation. If absent, the service assumes true.
            handoff_execution: Who carries out a handoff. If absent, the service assumes `server`.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `POST /v1/conversations`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_start import OPERATION

        return self._calls.call(OPERATION, locals())

    async def start_async(
        self,
        *,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict],
        stream: Literal[False] | None = UNSET,
        agent_id: str | None = UNSET,
        agent_version: str | int | None = UNSET,
        model: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[models.AgentTool | models.AgentToolDict] | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        name: str | None = UNSET,
        description: str | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ConversationResponse:
        """Start a conversation and get the answer of the agent or model.

        Starts a conversation with an agent or with a model. The service answers with one JSON document, or with
        a stream of events if `stream` is true.

        Args:
            inputs: The new input, as text or as entries.
            stream: Asks for one JSON document. It is always false. If it is absent, the service returns one
                document, too.
            agent_id: Identifier of the agent. Set this or `model`.
            agent_version: Number or alias of the agent's version. If absent, the service takes the current one.
            model: Name of the model. Set this or `agent_id`.
            instructions: Instructions for the model, which it gets before the first message.
            tools: Tools that the model may use.
            completion_args: Settings for the generation of answers.
            guardrails: Moderation of requests.
            name: Name of the conversation.
            description: What the conversation is about.
            metadata: Your own data, which the service stores.
            store: Whether the service stores the conversation. If absent, the service assumes true.
            handoff_execution: Who carries out a handoff. If absent, the service assumes `server`.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `POST /v1/conversations`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_start import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def start_stream(
        self,
        *,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict],
        stream: Literal[True] | None = UNSET,
        agent_id: str | None = UNSET,
        agent_version: str | int | None = UNSET,
        model: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[models.AgentTool | models.AgentToolDict] | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        name: str | None = UNSET,
        description: str | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> EventStream[models.ConversationEventsData, models.ConversationResponse]:
        """Start a conversation and get the answer of the agent or model, as a stream of events.

        Starts a conversation with an agent or with a model. The service answers with one JSON document, or with
        a stream of events if `stream` is true.

        Args:
            inputs: The new input, as text or as entries.
            stream: Asks for a stream of events. The streaming methods always send it. Without it, the service
                returns one JSON document.
            agent_id: Identifier of the agent. Set this or `model`.
            agent_version: Number or alias of the agent's version. If absent, the service takes the current one.
            model: Name of the model. Set this or `agent_id`.
            instructions: Instructions for the model, which it gets before the first message.
            tools: Tools that the model may use.
            completion_args: Settings for the generation of answers.
            guardrails: Moderation of requests.
            name: Name of the conversation.
            description: What the conversation is about.
            metadata: Your own data, which the service stores.
            store: Whether the service stores the conversation. If absent, the service assumes true.
            handoff_execution: Who carries out a handoff. If absent, the service assumes `server`.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name
            first_event_timeout_ms: limit of the wait for the first event, in milliseconds
            idle_timeout_ms: limit of the wait for each further event, in milliseconds

        Sends `POST /v1/conversations`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_start import OPERATION

        return self._calls.stream(OPERATION, locals())

    async def start_stream_async(
        self,
        *,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict],
        stream: Literal[True] | None = UNSET,
        agent_id: str | None = UNSET,
        agent_version: str | int | None = UNSET,
        model: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[models.AgentTool | models.AgentToolDict] | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        name: str | None = UNSET,
        description: str | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncEventStream[models.ConversationEventsData, models.ConversationResponse]:
        """Start a conversation and get the answer of the agent or model, as a stream of events.

        Starts a conversation with an agent or with a model. The service answers with one JSON document, or with
        a stream of events if `stream` is true.

        Args:
            inputs: The new input, as text or as entries.
            stream: Asks for a stream of events. The streaming methods always send it. Without it, the service
                returns one JSON document.
            agent_id: Identifier of the agent. Set this or `model`.
            agent_version: Number or alias of the agent's version. If absent, the service takes the current one.
            model: Name of the model. Set this or `agent_id`.
            instructions: Instructions for the model, which it gets before the first message.
            tools: Tools that the model may use.
            completion_args: Settings for the generation of answers.
            guardrails: Moderation of requests.
            name: Name of the conversation.
            description: What the conversation is about.
            metadata: Your own data, which the service stores.
            store: Whether the service stores the conversation. If absent, the service assumes true.
            handoff_execution: Who carries out a handoff. If absent, the service assumes `server`.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name
            first_event_timeout_ms: limit of the wait for the first event, in milliseconds
            idle_timeout_ms: limit of the wait for each further event, in milliseconds

        Sends `POST /v1/conversations`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_start import OPERATION

        return await self._calls.stream_async(OPERATION, locals())

    def get(
        self,
        *,
        conversation_id: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.Conversation:
        """Get a conversation.

        Returns the settings of a conversation. The operation with the suffix `/history` returns its entries.

        Args:
            conversation_id: Identifier of the conversation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/conversations/{conversation_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_get import OPERATION

        return self._calls.call(OPERATION, locals())

    async def get_async(
        self,
        *,
        conversation_id: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.Conversation:
        """Get a conversation.

        Returns the settings of a conversation. The operation with the suffix `/history` returns its entries.

        Args:
            conversation_id: Identifier of the conversation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/conversations/{conversation_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_get import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def append(
        self,
        *,
        conversation_id: str,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict] | None = UNSET,
        stream: Literal[False] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        tool_confirmations: Sequence[models.ToolCallConfirmation | models.ToolCallConfirmationDict] | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ConversationResponse:
        """Append to a conversation and get the answer of the agent or model.

        Appends entries to a conversation. The service answers with one JSON document, or with a stream of
        events if `stream` is true.

        Args:
            conversation_id: Identifier of the conversation.
            inputs: The new input, as text or as entries.
            stream: Asks for one JSON document. It is always false. If it is absent, the service returns one
                document, too.
            store: Whether the service stores the new entries. If absent, the service assumes true.
            handoff_execution: Who carries out a handoff. If absent, the service assumes `server`.
            completion_args: Settings for the generation of answers.
            tool_confirmations: Decisions about the calls that wait for a confirmation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `POST /v1/conversations/{conversation_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_append import OPERATION

        return self._calls.call(OPERATION, locals())

    async def append_async(
        self,
        *,
        conversation_id: str,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict] | None = UNSET,
        stream: Literal[False] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        tool_confirmations: Sequence[models.ToolCallConfirmation | models.ToolCallConfirmationDict] | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ConversationResponse:
        """Append to a conversation and get the answer of the agent or model.

        Appends entries to a conversation. The service answers with one JSON document, or with a stream of
        events if `stream` is true.

        Args:
            conversation_id: Identifier of the conversation.
            inputs: The new input, as text or as entries.
            stream: Asks for one JSON document. It is always false. If it is absent, the service returns one
                document, too.
            store: Whether the service stores the new entries. If absent, the service assumes true.
            handoff_execution: Who carries out a handoff. If absent, the service assumes `server`.
            completion_args: Settings for the generation of answers.
            tool_confirmations: Decisions about the calls that wait for a confirmation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `POST /v1/conversations/{conversation_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_append import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def append_stream(
        self,
        *,
        conversation_id: str,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict] | None = UNSET,
        stream: Literal[True] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        tool_confirmations: Sequence[models.ToolCallConfirmation | models.ToolCallConfirmationDict] | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> EventStream[models.ConversationEventsData, models.ConversationResponse]:
        """Append to a conversation and get the answer of the agent or model, as a stream of events.

        Appends entries to a conversation. The service answers with one JSON document, or with a stream of
        events if `stream` is true.

        Args:
            conversation_id: Identifier of the conversation.
            inputs: The new input, as text or as entries.
            stream: Asks for a stream of events. The streaming methods always send it. Without it, the service
                returns one JSON document.
            store: Whether the service stores the new entries. If absent, the service assumes true.
            handoff_execution: Who carries out a handoff. If absent, the service assumes `server`.
            completion_args: Settings for the generation of answers.
            tool_confirmations: Decisions about the calls that wait for a confirmation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name
            first_event_timeout_ms: limit of the wait for the first event, in milliseconds
            idle_timeout_ms: limit of the wait for each further event, in milliseconds

        Sends `POST /v1/conversations/{conversation_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_append import OPERATION

        return self._calls.stream(OPERATION, locals())

    async def append_stream_async(
        self,
        *,
        conversation_id: str,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict] | None = UNSET,
        stream: Literal[True] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        tool_confirmations: Sequence[models.ToolCallConfirmation | models.ToolCallConfirmationDict] | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncEventStream[models.ConversationEventsData, models.ConversationResponse]:
        """Append to a conversation and get the answer of the agent or model, as a stream of events.

        Appends entries to a conversation. The service answers with one JSON document, or with a stream of
        events if `stream` is true.

        Args:
            conversation_id: Identifier of the conversation.
            inputs: The new input, as text or as entries.
            stream: Asks for a stream of events. The streaming methods always send it. Without it, the service
                returns one JSON document.
            store: Whether the service stores the new entries. If absent, the service assumes true.
            handoff_execution: Who carries out a handoff. If absent, the service assumes `server`.
            completion_args: Settings for the generation of answers.
            tool_confirmations: Decisions about the calls that wait for a confirmation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name
            first_event_timeout_ms: limit of the wait for the first event, in milliseconds
            idle_timeout_ms: limit of the wait for each further event, in milliseconds

        Sends `POST /v1/conversations/{conversation_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_append import OPERATION

        return await self._calls.stream_async(OPERATION, locals())

    def delete(
        self,
        *,
        conversation_id: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> None:
        """Delete a conversation.

        Args:
            conversation_id: Identifier of the conversation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `DELETE /v1/conversations/{conversation_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_delete import OPERATION

        return self._calls.call(OPERATION, locals())

    async def delete_async(
        self,
        *,
        conversation_id: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> None:
        """Delete a conversation.

        Args:
            conversation_id: Identifier of the conversation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `DELETE /v1/conversations/{conversation_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_delete import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def get_history(
        self,
        *,
        conversation_id: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ConversationHistory:
        """Get all entries of a conversation.

        Returns messages, tool executions, function calls and results, and handoffs, oldest first.

        Args:
            conversation_id: Identifier of the conversation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/conversations/{conversation_id}/history`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_get_history import OPERATION

        return self._calls.call(OPERATION, locals())

    async def get_history_async(
        self,
        *,
        conversation_id: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ConversationHistory:
        """Get all entries of a conversation.

        Returns messages, tool executions, function calls and results, and handoffs, oldest first.

        Args:
            conversation_id: Identifier of the conversation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/conversations/{conversation_id}/history`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_get_history import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def get_messages(
        self,
        *,
        conversation_id: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ConversationMessages:
        """Get all messages of a conversation.

        Returns the messages among the entries, oldest first.

        Args:
            conversation_id: Identifier of the conversation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/conversations/{conversation_id}/messages`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_get_messages import OPERATION

        return self._calls.call(OPERATION, locals())

    async def get_messages_async(
        self,
        *,
        conversation_id: str,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ConversationMessages:
        """Get all messages of a conversation.

        Returns the messages among the entries, oldest first.

        Args:
            conversation_id: Identifier of the conversation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `GET /v1/conversations/{conversation_id}/messages`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_get_messages import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def restart(
        self,
        *,
        conversation_id: str,
        from_entry_id: str,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict] | None = UNSET,
        stream: Literal[False] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        agent_version: str | int | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ConversationResponse:
        """Restart a conversation from one of its entries.

        Starts a new conversation with the entries up to the given one, and returns the answer of the agent or
        model: one JSON document, or a stream of events if `stream` is true.

        Args:
            conversation_id: Identifier of the conversation.
            from_entry_id: Identifier of the last entry to keep.
            inputs: The new input, as text or as entries.
            stream: Asks for one JSON document. It is always false. If it is absent, the service returns one
                document, too.
            store: Whether the service stores the new entries. If absent, the service assumes true.
            handoff_execution: Who carries out a handoff. If absent, the service assumes `server`.
            completion_args: Settings for the generation of answers.
            guardrails: Moderation of requests.
            metadata: Your own data, which the service stores.
            agent_version: Number or alias of the agent's version. If absent, the service takes the current one.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `POST /v1/conversations/{conversation_id}/restart`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_restart import OPERATION

        return self._calls.call(OPERATION, locals())

    async def restart_async(
        self,
        *,
        conversation_id: str,
        from_entry_id: str,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict] | None = UNSET,
        stream: Literal[False] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        agent_version: str | int | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ConversationResponse:
        """Restart a conversation from one of its entries.

        Starts a new conversation with the entries up to the given one, and returns the answer of the agent or
        model: one JSON document, or a stream of events if `stream` is true.

        Args:
            conversation_id: Identifier of the conversation.
            from_entry_id: Identifier of the last entry to keep.
            inputs: The new input, as text or as entries.
            stream: Asks for one JSON document. It is always false. If it is absent, the service returns one
                document, too.
            store: Whether the service stores the new entries. If absent, the service assumes true.
            handoff_execution: Who carries out a handoff. If absent, the service assumes `server`.
            completion_args: Settings for the generation of answers.
            guardrails: Moderation of requests.
            metadata: Your own data, which the service stores.
            agent_version: Number or alias of the agent's version. If absent, the service takes the current one.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name

        Sends `POST /v1/conversations/{conversation_id}/restart`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_restart import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def restart_stream(
        self,
        *,
        conversation_id: str,
        from_entry_id: str,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict] | None = UNSET,
        stream: Literal[True] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        agent_version: str | int | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> EventStream[models.ConversationEventsData, models.ConversationResponse]:
        """Restart a conversation from one of its entries, as a stream of events.

        Starts a new conversation with the entries up to the given one, and returns the answer of the agent or
        model: one JSON document, or a stream of events if `stream` is true.

        Args:
            conversation_id: Identifier of the conversation.
            from_entry_id: Identifier of the last entry to keep.
            inputs: The new input, as text or as entries.
            stream: Asks for a stream of events. The streaming methods always send it. Without it, the service
                returns one JSON document.
            store: Whether the service stores the new entries. If absent, the service assumes true.
            handoff_execution: Who carries out a handoff. If absent, the service assumes `server`.
            completion_args: Settings for the generation of answers.
            guardrails: Moderation of requests.
            metadata: Your own data, which the service stores.
            agent_version: Number or alias of the agent's version. If absent, the service takes the current one.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name
            first_event_timeout_ms: limit of the wait for the first event, in milliseconds
            idle_timeout_ms: limit of the wait for each further event, in milliseconds

        Sends `POST /v1/conversations/{conversation_id}/restart`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_restart import OPERATION

        return self._calls.stream(OPERATION, locals())

    async def restart_stream_async(
        self,
        *,
        conversation_id: str,
        from_entry_id: str,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict] | None = UNSET,
        stream: Literal[True] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        agent_version: str | int | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncEventStream[models.ConversationEventsData, models.ConversationResponse]:
        """Restart a conversation from one of its entries, as a stream of events.

        Starts a new conversation with the entries up to the given one, and returns the answer of the agent or
        model: one JSON document, or a stream of events if `stream` is true.

        Args:
            conversation_id: Identifier of the conversation.
            from_entry_id: Identifier of the last entry to keep.
            inputs: The new input, as text or as entries.
            stream: Asks for a stream of events. The streaming methods always send it. Without it, the service
                returns one JSON document.
            store: Whether the service stores the new entries. If absent, the service assumes true.
            handoff_execution: Who carries out a handoff. If absent, the service assumes `server`.
            completion_args: Settings for the generation of answers.
            guardrails: Moderation of requests.
            metadata: Your own data, which the service stores.
            agent_version: Number or alias of the agent's version. If absent, the service takes the current one.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: more fields of the body; a field replaces the argument of the same name
            extra_query: more query parameters; a parameter replaces the argument of the same name
            first_event_timeout_ms: limit of the wait for the first event, in milliseconds
            idle_timeout_ms: limit of the wait for each further event, in milliseconds

        Sends `POST /v1/conversations/{conversation_id}/restart`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_restart import OPERATION

        return await self._calls.stream_async(OPERATION, locals())
