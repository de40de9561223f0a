# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Conversations with an agent or a model, kept by the service."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from .. import models
from ..values import UNSET
from ._overlay import AsyncEventStream, AsyncPage, EventStream, Page, RetryConfig
from ._resource import Resource


class Conversations(Resource):
    """Conversations with an agent or a model, kept by the service."""

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
    ) -> Page[
        models.AgentConversation | models.ModelConversation,
        builtins.list[models.AgentConversation | models.ModelConversation],
    ]:
        """List conversations.

        Lists conversations by the time of their creation.

        Args:
            page: Number of the page, from 0. 0 if absent.
            page_size: Most conversations on a page. 100 if absent.
            metadata: Only what has these metadata. One JSON object as text, or `null`.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

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
    ) -> AsyncPage[
        models.AgentConversation | models.ModelConversation,
        builtins.list[models.AgentConversation | models.ModelConversation],
    ]:
        """List conversations.

        Lists conversations by the time of their creation.

        Args:
            page: Number of the page, from 0. 0 if absent.
            page_size: Most conversations on a page. 100 if absent.
            metadata: Only what has these metadata. One JSON object as text, or `null`.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

        Sends `GET /v1/conversations`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_list import OPERATION

        return await self._calls.page_async(OPERATION, locals())

    def start(
        self,
        *,
        inputs: str
        | Sequence[
            models.MessageInputEntry
            | models.MessageInputEntryDict
            | models.MessageOutputEntry
            | models.MessageOutputEntryDict
            | models.FunctionResultEntry
            | models.FunctionResultEntryDict
            | models.FunctionCallEntry
            | models.FunctionCallEntryDict
            | models.ToolExecutionEntry
            | models.ToolExecutionEntryDict
            | models.AgentHandoffEntry
            | models.AgentHandoffEntryDict
            | models.UnknownEntry
            | models.MessageInput
            | models.MessageInputDict
        ],
        stream: Literal[False] | None = UNSET,
        agent_id: str | None = UNSET,
        agent_version: str | int | None = UNSET,
        model: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[
            models.FunctionTool
            | models.FunctionToolDict
            | models.WebSearchTool
            | models.WebSearchToolDict
            | models.WebSearchPremiumTool
            | models.WebSearchPremiumToolDict
            | models.CodeInterpreterTool
            | models.CodeInterpreterToolDict
            | models.ImageGenerationTool
            | models.ImageGenerationToolDict
            | models.DocumentLibraryTool
            | models.DocumentLibraryToolDict
            | models.CustomConnector
            | models.CustomConnectorDict
            | models.UnknownAgentTool
        ]
        | None = UNSET,
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
        """Start a conversation and let the agent or model answer.

        Starts a conversation with an agent or with a model. The answer is one JSON document, or a stream of
        events if the request asks for it.

        Args:
            inputs: What to say, as text or as entries.
            stream: Ask for one JSON document, as the service does when this is absent.
            agent_id: Identifier of the agent. Give this or `model`.
            agent_version: Number or alias of the agent's version. The current one if absent.
            model: Name of the model. Give this or `agent_id`.
            instructions: What the model is told before the first message.
            tools: Tools that may be used.
            completion_args: How answers are generated.
            guardrails: Moderation applied to requests.
            name: Name of the conversation.
            description: What the conversation is about.
            metadata: Whatever is to be kept with it.
            store: Whether the service keeps the conversation. True if absent.
            handoff_execution: Who carries out a handoff. `server` if absent.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

        Sends `POST /v1/conversations`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_start import OPERATION

        return self._calls.call(OPERATION, locals())

    async def start_async(
        self,
        *,
        inputs: str
        | Sequence[
            models.MessageInputEntry
            | models.MessageInputEntryDict
            | models.MessageOutputEntry
            | models.MessageOutputEntryDict
            | models.FunctionResultEntry
            | models.FunctionResultEntryDict
            | models.FunctionCallEntry
            | models.FunctionCallEntryDict
            | models.ToolExecutionEntry
            | models.ToolExecutionEntryDict
            | models.AgentHandoffEntry
            | models.AgentHandoffEntryDict
            | models.UnknownEntry
            | models.MessageInput
            | models.MessageInputDict
        ],
        stream: Literal[False] | None = UNSET,
        agent_id: str | None = UNSET,
        agent_version: str | int | None = UNSET,
        model: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[
            models.FunctionTool
            | models.FunctionToolDict
            | models.WebSearchTool
            | models.WebSearchToolDict
            | models.WebSearchPremiumTool
            | models.WebSearchPremiumToolDict
            | models.CodeInterpreterTool
            | models.CodeInterpreterToolDict
            | models.ImageGenerationTool
            | models.ImageGenerationToolDict
            | models.DocumentLibraryTool
            | models.DocumentLibraryToolDict
            | models.CustomConnector
            | models.CustomConnectorDict
            | models.UnknownAgentTool
        ]
        | None = UNSET,
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
        """Start a conversation and let the agent or model answer.

        Starts a conversation with an agent or with a model. The answer is one JSON document, or a stream of
        events if the request asks for it.

        Args:
            inputs: What to say, as text or as entries.
            stream: Ask for one JSON document, as the service does when this is absent.
            agent_id: Identifier of the agent. Give this or `model`.
            agent_version: Number or alias of the agent's version. The current one if absent.
            model: Name of the model. Give this or `agent_id`.
            instructions: What the model is told before the first message.
            tools: Tools that may be used.
            completion_args: How answers are generated.
            guardrails: Moderation applied to requests.
            name: Name of the conversation.
            description: What the conversation is about.
            metadata: Whatever is to be kept with it.
            store: Whether the service keeps the conversation. True if absent.
            handoff_execution: Who carries out a handoff. `server` if absent.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

        Sends `POST /v1/conversations`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_start import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def start_stream(
        self,
        *,
        inputs: str
        | Sequence[
            models.MessageInputEntry
            | models.MessageInputEntryDict
            | models.MessageOutputEntry
            | models.MessageOutputEntryDict
            | models.FunctionResultEntry
            | models.FunctionResultEntryDict
            | models.FunctionCallEntry
            | models.FunctionCallEntryDict
            | models.ToolExecutionEntry
            | models.ToolExecutionEntryDict
            | models.AgentHandoffEntry
            | models.AgentHandoffEntryDict
            | models.UnknownEntry
            | models.MessageInput
            | models.MessageInputDict
        ],
        stream: Literal[True] | None = UNSET,
        agent_id: str | None = UNSET,
        agent_version: str | int | None = UNSET,
        model: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[
            models.FunctionTool
            | models.FunctionToolDict
            | models.WebSearchTool
            | models.WebSearchToolDict
            | models.WebSearchPremiumTool
            | models.WebSearchPremiumToolDict
            | models.CodeInterpreterTool
            | models.CodeInterpreterToolDict
            | models.ImageGenerationTool
            | models.ImageGenerationToolDict
            | models.DocumentLibraryTool
            | models.DocumentLibraryToolDict
            | models.CustomConnector
            | models.CustomConnectorDict
            | models.UnknownAgentTool
        ]
        | None = UNSET,
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
    ) -> EventStream[
        models.ResponseStartedEvent
        | models.ResponseDoneEvent
        | models.ResponseErrorEvent
        | models.MessageOutputEvent
        | models.ToolExecutionStartedEvent
        | models.ToolExecutionDeltaEvent
        | models.ToolExecutionDoneEvent
        | models.AgentHandoffStartedEvent
        | models.AgentHandoffDoneEvent
        | models.FunctionCallEvent
        | models.UnknownConversationEventsData,
        models.ConversationResponse,
    ]:
        """Start a conversation and let the agent or model answer, as a stream of events.

        Starts a conversation with an agent or with a model. The answer is one JSON document, or a stream of
        events if the request asks for it.

        Args:
            inputs: What to say, as text or as entries.
            stream: Ask for a stream of events. The service sends one JSON document when this is absent.
            agent_id: Identifier of the agent. Give this or `model`.
            agent_version: Number or alias of the agent's version. The current one if absent.
            model: Name of the model. Give this or `agent_id`.
            instructions: What the model is told before the first message.
            tools: Tools that may be used.
            completion_args: How answers are generated.
            guardrails: Moderation applied to requests.
            name: Name of the conversation.
            description: What the conversation is about.
            metadata: Whatever is to be kept with it.
            store: Whether the service keeps the conversation. True if absent.
            handoff_execution: Who carries out a handoff. `server` if absent.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments
            first_event_timeout_ms: limit of the wait for the first event, in milliseconds
            idle_timeout_ms: limit of the wait for each further event, in milliseconds

        Sends `POST /v1/conversations`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_start import OPERATION

        return self._calls.stream(OPERATION, locals())

    async def start_stream_async(
        self,
        *,
        inputs: str
        | Sequence[
            models.MessageInputEntry
            | models.MessageInputEntryDict
            | models.MessageOutputEntry
            | models.MessageOutputEntryDict
            | models.FunctionResultEntry
            | models.FunctionResultEntryDict
            | models.FunctionCallEntry
            | models.FunctionCallEntryDict
            | models.ToolExecutionEntry
            | models.ToolExecutionEntryDict
            | models.AgentHandoffEntry
            | models.AgentHandoffEntryDict
            | models.UnknownEntry
            | models.MessageInput
            | models.MessageInputDict
        ],
        stream: Literal[True] | None = UNSET,
        agent_id: str | None = UNSET,
        agent_version: str | int | None = UNSET,
        model: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[
            models.FunctionTool
            | models.FunctionToolDict
            | models.WebSearchTool
            | models.WebSearchToolDict
            | models.WebSearchPremiumTool
            | models.WebSearchPremiumToolDict
            | models.CodeInterpreterTool
            | models.CodeInterpreterToolDict
            | models.ImageGenerationTool
            | models.ImageGenerationToolDict
            | models.DocumentLibraryTool
            | models.DocumentLibraryToolDict
            | models.CustomConnector
            | models.CustomConnectorDict
            | models.UnknownAgentTool
        ]
        | None = UNSET,
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
    ) -> AsyncEventStream[
        models.ResponseStartedEvent
        | models.ResponseDoneEvent
        | models.ResponseErrorEvent
        | models.MessageOutputEvent
        | models.ToolExecutionStartedEvent
        | models.ToolExecutionDeltaEvent
        | models.ToolExecutionDoneEvent
        | models.AgentHandoffStartedEvent
        | models.AgentHandoffDoneEvent
        | models.FunctionCallEvent
        | models.UnknownConversationEventsData,
        models.ConversationResponse,
    ]:
        """Start a conversation and let the agent or model answer, as a stream of events.

        Starts a conversation with an agent or with a model. The answer is one JSON document, or a stream of
        events if the request asks for it.

        Args:
            inputs: What to say, as text or as entries.
            stream: Ask for a stream of events. The service sends one JSON document when this is absent.
            agent_id: Identifier of the agent. Give this or `model`.
            agent_version: Number or alias of the agent's version. The current one if absent.
            model: Name of the model. Give this or `agent_id`.
            instructions: What the model is told before the first message.
            tools: Tools that may be used.
            completion_args: How answers are generated.
            guardrails: Moderation applied to requests.
            name: Name of the conversation.
            description: What the conversation is about.
            metadata: Whatever is to be kept with it.
            store: Whether the service keeps the conversation. True if absent.
            handoff_execution: Who carries out a handoff. `server` if absent.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments
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
    ) -> models.AgentConversation | models.ModelConversation:
        """Get a conversation.

        Returns what the conversation was started with. Its entries are under `history`.

        Args:
            conversation_id: Identifier of the conversation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

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
    ) -> models.AgentConversation | models.ModelConversation:
        """Get a conversation.

        Returns what the conversation was started with. Its entries are under `history`.

        Args:
            conversation_id: Identifier of the conversation.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

        Sends `GET /v1/conversations/{conversation_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_get import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def append(
        self,
        *,
        conversation_id: str,
        inputs: str
        | Sequence[
            models.MessageInputEntry
            | models.MessageInputEntryDict
            | models.MessageOutputEntry
            | models.MessageOutputEntryDict
            | models.FunctionResultEntry
            | models.FunctionResultEntryDict
            | models.FunctionCallEntry
            | models.FunctionCallEntryDict
            | models.ToolExecutionEntry
            | models.ToolExecutionEntryDict
            | models.AgentHandoffEntry
            | models.AgentHandoffEntryDict
            | models.UnknownEntry
            | models.MessageInput
            | models.MessageInputDict
        ]
        | None = UNSET,
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
        """Append to a conversation and let the agent or model answer.

        Appends entries to a conversation. The answer is one JSON document, or a stream of events if the request
        asks for it.

        Args:
            conversation_id: Identifier of the conversation.
            inputs: What to say, as text or as entries.
            stream: Ask for one JSON document, as the service does when this is absent.
            store: Whether the service keeps the new entries. True if absent.
            handoff_execution: Who carries out a handoff. `server` if absent.
            completion_args: How answers are generated.
            tool_confirmations: Which of the calls that wait for it may run.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

        Sends `POST /v1/conversations/{conversation_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_append import OPERATION

        return self._calls.call(OPERATION, locals())

    async def append_async(
        self,
        *,
        conversation_id: str,
        inputs: str
        | Sequence[
            models.MessageInputEntry
            | models.MessageInputEntryDict
            | models.MessageOutputEntry
            | models.MessageOutputEntryDict
            | models.FunctionResultEntry
            | models.FunctionResultEntryDict
            | models.FunctionCallEntry
            | models.FunctionCallEntryDict
            | models.ToolExecutionEntry
            | models.ToolExecutionEntryDict
            | models.AgentHandoffEntry
            | models.AgentHandoffEntryDict
            | models.UnknownEntry
            | models.MessageInput
            | models.MessageInputDict
        ]
        | None = UNSET,
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
        """Append to a conversation and let the agent or model answer.

        Appends entries to a conversation. The answer is one JSON document, or a stream of events if the request
        asks for it.

        Args:
            conversation_id: Identifier of the conversation.
            inputs: What to say, as text or as entries.
            stream: Ask for one JSON document, as the service does when this is absent.
            store: Whether the service keeps the new entries. True if absent.
            handoff_execution: Who carries out a handoff. `server` if absent.
            completion_args: How answers are generated.
            tool_confirmations: Which of the calls that wait for it may run.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

        Sends `POST /v1/conversations/{conversation_id}`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_append import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def append_stream(
        self,
        *,
        conversation_id: str,
        inputs: str
        | Sequence[
            models.MessageInputEntry
            | models.MessageInputEntryDict
            | models.MessageOutputEntry
            | models.MessageOutputEntryDict
            | models.FunctionResultEntry
            | models.FunctionResultEntryDict
            | models.FunctionCallEntry
            | models.FunctionCallEntryDict
            | models.ToolExecutionEntry
            | models.ToolExecutionEntryDict
            | models.AgentHandoffEntry
            | models.AgentHandoffEntryDict
            | models.UnknownEntry
            | models.MessageInput
            | models.MessageInputDict
        ]
        | None = UNSET,
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
    ) -> EventStream[
        models.ResponseStartedEvent
        | models.ResponseDoneEvent
        | models.ResponseErrorEvent
        | models.MessageOutputEvent
        | models.ToolExecutionStartedEvent
        | models.ToolExecutionDeltaEvent
        | models.ToolExecutionDoneEvent
        | models.AgentHandoffStartedEvent
        | models.AgentHandoffDoneEvent
        | models.FunctionCallEvent
        | models.UnknownConversationEventsData,
        models.ConversationResponse,
    ]:
        """Append to a conversation and let the agent or model answer, as a stream of events.

        Appends entries to a conversation. The answer is one JSON document, or a stream of events if the request
        asks for it.

        Args:
            conversation_id: Identifier of the conversation.
            inputs: What to say, as text or as entries.
            stream: Ask for a stream of events. The service sends one JSON document when this is absent.
            store: Whether the service keeps the new entries. True if absent.
            handoff_execution: Who carries out a handoff. `server` if absent.
            completion_args: How answers are generated.
            tool_confirmations: Which of the calls that wait for it may run.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments
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
        inputs: str
        | Sequence[
            models.MessageInputEntry
            | models.MessageInputEntryDict
            | models.MessageOutputEntry
            | models.MessageOutputEntryDict
            | models.FunctionResultEntry
            | models.FunctionResultEntryDict
            | models.FunctionCallEntry
            | models.FunctionCallEntryDict
            | models.ToolExecutionEntry
            | models.ToolExecutionEntryDict
            | models.AgentHandoffEntry
            | models.AgentHandoffEntryDict
            | models.UnknownEntry
            | models.MessageInput
            | models.MessageInputDict
        ]
        | None = UNSET,
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
    ) -> AsyncEventStream[
        models.ResponseStartedEvent
        | models.ResponseDoneEvent
        | models.ResponseErrorEvent
        | models.MessageOutputEvent
        | models.ToolExecutionStartedEvent
        | models.ToolExecutionDeltaEvent
        | models.ToolExecutionDoneEvent
        | models.AgentHandoffStartedEvent
        | models.AgentHandoffDoneEvent
        | models.FunctionCallEvent
        | models.UnknownConversationEventsData,
        models.ConversationResponse,
    ]:
        """Append to a conversation and let the agent or model answer, as a stream of events.

        Appends entries to a conversation. The answer is one JSON document, or a stream of events if the request
        asks for it.

        Args:
            conversation_id: Identifier of the conversation.
            inputs: What to say, as text or as entries.
            stream: Ask for a stream of events. The service sends one JSON document when this is absent.
            store: Whether the service keeps the new entries. True if absent.
            handoff_execution: Who carries out a handoff. `server` if absent.
            completion_args: How answers are generated.
            tool_confirmations: Which of the calls that wait for it may run.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments
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
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

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
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

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
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

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
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

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
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

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
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

        Sends `GET /v1/conversations/{conversation_id}/messages`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_get_messages import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def restart(
        self,
        *,
        conversation_id: str,
        from_entry_id: str,
        inputs: str
        | Sequence[
            models.MessageInputEntry
            | models.MessageInputEntryDict
            | models.MessageOutputEntry
            | models.MessageOutputEntryDict
            | models.FunctionResultEntry
            | models.FunctionResultEntryDict
            | models.FunctionCallEntry
            | models.FunctionCallEntryDict
            | models.ToolExecutionEntry
            | models.ToolExecutionEntryDict
            | models.AgentHandoffEntry
            | models.AgentHandoffEntryDict
            | models.UnknownEntry
            | models.MessageInput
            | models.MessageInputDict
        ]
        | None = UNSET,
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

        Starts a new conversation with the entries up to the one named, and lets the agent or model answer. The
        answer is one JSON document, or a stream of events if the request asks for it.

        Args:
            conversation_id: Identifier of the conversation.
            from_entry_id: Identifier of the last entry to keep.
            inputs: What to say, as text or as entries.
            stream: Ask for one JSON document, as the service does when this is absent.
            store: Whether the service keeps the new entries. True if absent.
            handoff_execution: Who carries out a handoff. `server` if absent.
            completion_args: How answers are generated.
            guardrails: Moderation applied to requests.
            metadata: Whatever is to be kept with it.
            agent_version: Number or alias of the agent's version. The current one if absent.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

        Sends `POST /v1/conversations/{conversation_id}/restart`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_restart import OPERATION

        return self._calls.call(OPERATION, locals())

    async def restart_async(
        self,
        *,
        conversation_id: str,
        from_entry_id: str,
        inputs: str
        | Sequence[
            models.MessageInputEntry
            | models.MessageInputEntryDict
            | models.MessageOutputEntry
            | models.MessageOutputEntryDict
            | models.FunctionResultEntry
            | models.FunctionResultEntryDict
            | models.FunctionCallEntry
            | models.FunctionCallEntryDict
            | models.ToolExecutionEntry
            | models.ToolExecutionEntryDict
            | models.AgentHandoffEntry
            | models.AgentHandoffEntryDict
            | models.UnknownEntry
            | models.MessageInput
            | models.MessageInputDict
        ]
        | None = UNSET,
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

        Starts a new conversation with the entries up to the one named, and lets the agent or model answer. The
        answer is one JSON document, or a stream of events if the request asks for it.

        Args:
            conversation_id: Identifier of the conversation.
            from_entry_id: Identifier of the last entry to keep.
            inputs: What to say, as text or as entries.
            stream: Ask for one JSON document, as the service does when this is absent.
            store: Whether the service keeps the new entries. True if absent.
            handoff_execution: Who carries out a handoff. `server` if absent.
            completion_args: How answers are generated.
            guardrails: Moderation applied to requests.
            metadata: Whatever is to be kept with it.
            agent_version: Number or alias of the agent's version. The current one if absent.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

        Sends `POST /v1/conversations/{conversation_id}/restart`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_restart import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    def restart_stream(
        self,
        *,
        conversation_id: str,
        from_entry_id: str,
        inputs: str
        | Sequence[
            models.MessageInputEntry
            | models.MessageInputEntryDict
            | models.MessageOutputEntry
            | models.MessageOutputEntryDict
            | models.FunctionResultEntry
            | models.FunctionResultEntryDict
            | models.FunctionCallEntry
            | models.FunctionCallEntryDict
            | models.ToolExecutionEntry
            | models.ToolExecutionEntryDict
            | models.AgentHandoffEntry
            | models.AgentHandoffEntryDict
            | models.UnknownEntry
            | models.MessageInput
            | models.MessageInputDict
        ]
        | None = UNSET,
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
    ) -> EventStream[
        models.ResponseStartedEvent
        | models.ResponseDoneEvent
        | models.ResponseErrorEvent
        | models.MessageOutputEvent
        | models.ToolExecutionStartedEvent
        | models.ToolExecutionDeltaEvent
        | models.ToolExecutionDoneEvent
        | models.AgentHandoffStartedEvent
        | models.AgentHandoffDoneEvent
        | models.FunctionCallEvent
        | models.UnknownConversationEventsData,
        models.ConversationResponse,
    ]:
        """Restart a conversation from one of its entries, as a stream of events.

        Starts a new conversation with the entries up to the one named, and lets the agent or model answer. The
        answer is one JSON document, or a stream of events if the request asks for it.

        Args:
            conversation_id: Identifier of the conversation.
            from_entry_id: Identifier of the last entry to keep.
            inputs: What to say, as text or as entries.
            stream: Ask for a stream of events. The service sends one JSON document when this is absent.
            store: Whether the service keeps the new entries. True if absent.
            handoff_execution: Who carries out a handoff. `server` if absent.
            completion_args: How answers are generated.
            guardrails: Moderation applied to requests.
            metadata: Whatever is to be kept with it.
            agent_version: Number or alias of the agent's version. The current one if absent.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments
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
        inputs: str
        | Sequence[
            models.MessageInputEntry
            | models.MessageInputEntryDict
            | models.MessageOutputEntry
            | models.MessageOutputEntryDict
            | models.FunctionResultEntry
            | models.FunctionResultEntryDict
            | models.FunctionCallEntry
            | models.FunctionCallEntryDict
            | models.ToolExecutionEntry
            | models.ToolExecutionEntryDict
            | models.AgentHandoffEntry
            | models.AgentHandoffEntryDict
            | models.UnknownEntry
            | models.MessageInput
            | models.MessageInputDict
        ]
        | None = UNSET,
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
    ) -> AsyncEventStream[
        models.ResponseStartedEvent
        | models.ResponseDoneEvent
        | models.ResponseErrorEvent
        | models.MessageOutputEvent
        | models.ToolExecutionStartedEvent
        | models.ToolExecutionDeltaEvent
        | models.ToolExecutionDoneEvent
        | models.AgentHandoffStartedEvent
        | models.AgentHandoffDoneEvent
        | models.FunctionCallEvent
        | models.UnknownConversationEventsData,
        models.ConversationResponse,
    ]:
        """Restart a conversation from one of its entries, as a stream of events.

        Starts a new conversation with the entries up to the one named, and lets the agent or model answer. The
        answer is one JSON document, or a stream of events if the request asks for it.

        Args:
            conversation_id: Identifier of the conversation.
            from_entry_id: Identifier of the last entry to keep.
            inputs: What to say, as text or as entries.
            stream: Ask for a stream of events. The service sends one JSON document when this is absent.
            store: Whether the service keeps the new entries. True if absent.
            handoff_execution: Who carries out a handoff. `server` if absent.
            completion_args: How answers are generated.
            guardrails: Moderation applied to requests.
            metadata: Whatever is to be kept with it.
            agent_version: Number or alias of the agent's version. The current one if absent.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments
            first_event_timeout_ms: limit of the wait for the first event, in milliseconds
            idle_timeout_ms: limit of the wait for each further event, in milliseconds

        Sends `POST /v1/conversations/{conversation_id}/restart`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.conversations.conversations_restart import OPERATION

        return await self._calls.stream_async(OPERATION, locals())
