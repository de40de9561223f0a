# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The models of the contract. Each one is loaded when it is first used."""

from __future__ import annotations

import operator
from functools import reduce
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TypeAlias

    from .agent import Agent as Agent
    from .agent_alias_response import AgentAliasResponse as AgentAliasResponse
    from .agent_conversation import AgentConversation as AgentConversation
    from .agent_handoff_done_event import AgentHandoffDoneEvent as AgentHandoffDoneEvent
    from .agent_handoff_entry import AgentHandoffEntry as AgentHandoffEntry
    from .agent_handoff_entry import AgentHandoffEntryDict as AgentHandoffEntryDict
    from .agent_handoff_started_event import AgentHandoffStartedEvent as AgentHandoffStartedEvent
    from .agent_list_page import AgentListPage as AgentListPage
    from .agents_completion_request import AgentsCompletionRequest as AgentsCompletionRequest
    from .agents_completion_request import AgentsCompletionRequestDict as AgentsCompletionRequestDict
    from .agents_completion_stream_request import AgentsCompletionStreamRequest as AgentsCompletionStreamRequest
    from .agents_completion_stream_request import AgentsCompletionStreamRequestDict as AgentsCompletionStreamRequestDict
    from .api_key_auth import APIKeyAuth as APIKeyAuth
    from .api_key_auth import APIKeyAuthDict as APIKeyAuthDict
    from .assistant_message import AssistantMessage as AssistantMessage
    from .assistant_message import AssistantMessageDict as AssistantMessageDict
    from .audio_chunk import AudioChunk as AudioChunk
    from .audio_chunk import AudioChunkDict as AudioChunkDict
    from .built_in_connectors import BuiltInConnectors as BuiltInConnectors
    from .chat_completion_choice import ChatCompletionChoice as ChatCompletionChoice
    from .chat_completion_response import ChatCompletionResponse as ChatCompletionResponse
    from .chat_completion_response_choice_logprobs import (
        ChatCompletionResponseChoiceLogprobs as ChatCompletionResponseChoiceLogprobs,
    )
    from .chat_completion_response_token_logprobs import (
        ChatCompletionResponseTokenLogprobs as ChatCompletionResponseTokenLogprobs,
    )
    from .chat_completion_response_token_logprobs_top_k import (
        ChatCompletionResponseTokenLogprobsTopK as ChatCompletionResponseTokenLogprobsTopK,
    )
    from .code_interpreter_tool import CodeInterpreterTool as CodeInterpreterTool
    from .code_interpreter_tool import CodeInterpreterToolDict as CodeInterpreterToolDict
    from .completion_args import CompletionArgs as CompletionArgs
    from .completion_args import CompletionArgsDict as CompletionArgsDict
    from .completion_chunk import CompletionChunk as CompletionChunk
    from .completion_event_frame import CompletionEventFrame as CompletionEventFrame
    from .completion_response_stream_choice import CompletionResponseStreamChoice as CompletionResponseStreamChoice
    from .confirmation_status import ConfirmationStatus as ConfirmationStatus
    from .connector_calls import ConnectorCalls as ConnectorCalls
    from .conversation_append_request import ConversationAppendRequest as ConversationAppendRequest
    from .conversation_append_request import ConversationAppendRequestDict as ConversationAppendRequestDict
    from .conversation_append_stream_request import ConversationAppendStreamRequest as ConversationAppendStreamRequest
    from .conversation_append_stream_request import (
        ConversationAppendStreamRequestDict as ConversationAppendStreamRequestDict,
    )
    from .conversation_events_frame import ConversationEventsFrame as ConversationEventsFrame
    from .conversation_history import ConversationHistory as ConversationHistory
    from .conversation_messages import ConversationMessages as ConversationMessages
    from .conversation_request import ConversationRequest as ConversationRequest
    from .conversation_request import ConversationRequestDict as ConversationRequestDict
    from .conversation_response import ConversationResponse as ConversationResponse
    from .conversation_restart_request import ConversationRestartRequest as ConversationRestartRequest
    from .conversation_restart_request import ConversationRestartRequestDict as ConversationRestartRequestDict
    from .conversation_restart_stream_request import (
        ConversationRestartStreamRequest as ConversationRestartStreamRequest,
    )
    from .conversation_restart_stream_request import (
        ConversationRestartStreamRequestDict as ConversationRestartStreamRequestDict,
    )
    from .conversation_stream_request import ConversationStreamRequest as ConversationStreamRequest
    from .conversation_stream_request import ConversationStreamRequestDict as ConversationStreamRequestDict
    from .conversation_usage_info import ConversationUsageInfo as ConversationUsageInfo
    from .create_agent_request import CreateAgentRequest as CreateAgentRequest
    from .create_agent_request import CreateAgentRequestDict as CreateAgentRequestDict
    from .custom_connector import CustomConnector as CustomConnector
    from .custom_connector import CustomConnectorDict as CustomConnectorDict
    from .delta_message import DeltaMessage as DeltaMessage
    from .document_library_tool import DocumentLibraryTool as DocumentLibraryTool
    from .document_library_tool import DocumentLibraryToolDict as DocumentLibraryToolDict
    from .document_url_chunk import DocumentURLChunk as DocumentURLChunk
    from .document_url_chunk import DocumentURLChunkDict as DocumentURLChunkDict
    from .error_response import ErrorResponse as ErrorResponse
    from .file_chunk import FileChunk as FileChunk
    from .file_chunk import FileChunkDict as FileChunkDict
    from .fim_completion_stream_request import FIMCompletionStreamRequest as FIMCompletionStreamRequest
    from .fim_completion_stream_request import FIMCompletionStreamRequestDict as FIMCompletionStreamRequestDict
    from .finish_reason import FinishReason as FinishReason
    from .function import Function as Function
    from .function import FunctionDict as FunctionDict
    from .function_call import FunctionCall as FunctionCall
    from .function_call import FunctionCallDict as FunctionCallDict
    from .function_call_entry import FunctionCallEntry as FunctionCallEntry
    from .function_call_entry import FunctionCallEntryDict as FunctionCallEntryDict
    from .function_call_event import FunctionCallEvent as FunctionCallEvent
    from .function_call_fragment import FunctionCallFragment as FunctionCallFragment
    from .function_name import FunctionName as FunctionName
    from .function_name import FunctionNameDict as FunctionNameDict
    from .function_result_entry import FunctionResultEntry as FunctionResultEntry
    from .function_result_entry import FunctionResultEntryDict as FunctionResultEntryDict
    from .function_tool import FunctionTool as FunctionTool
    from .function_tool import FunctionToolDict as FunctionToolDict
    from .guardrail_config import GuardrailConfig as GuardrailConfig
    from .guardrail_config import GuardrailConfigDict as GuardrailConfigDict
    from .handoff_execution import HandoffExecution as HandoffExecution
    from .http_validation_error_body import HTTPValidationErrorBody as HTTPValidationErrorBody
    from .image_detail import ImageDetail as ImageDetail
    from .image_generation_tool import ImageGenerationTool as ImageGenerationTool
    from .image_generation_tool import ImageGenerationToolDict as ImageGenerationToolDict
    from .image_url import ImageURL as ImageURL
    from .image_url import ImageURLDict as ImageURLDict
    from .image_url_chunk import ImageURLChunk as ImageURLChunk
    from .image_url_chunk import ImageURLChunkDict as ImageURLChunkDict
    from .json_object import JsonObject as JsonObject
    from .json_schema import JSONSchema as JSONSchema
    from .json_schema import JSONSchemaDict as JSONSchemaDict
    from .message_input import MessageInput as MessageInput
    from .message_input import MessageInputDict as MessageInputDict
    from .message_input_entry import MessageInputEntry as MessageInputEntry
    from .message_input_entry import MessageInputEntryDict as MessageInputEntryDict
    from .message_input_role import MessageInputRole as MessageInputRole
    from .message_output_entry import MessageOutputEntry as MessageOutputEntry
    from .message_output_entry import MessageOutputEntryDict as MessageOutputEntryDict
    from .message_output_event import MessageOutputEvent as MessageOutputEvent
    from .mistral_prompt_mode import MistralPromptMode as MistralPromptMode
    from .model_conversation import ModelConversation as ModelConversation
    from .moderation_llm_action import ModerationLLMAction as ModerationLLMAction
    from .moderation_llmv1_category_thresholds import (
        ModerationLlmv1CategoryThresholds as ModerationLlmv1CategoryThresholds,
    )
    from .moderation_llmv1_category_thresholds import (
        ModerationLlmv1CategoryThresholdsDict as ModerationLlmv1CategoryThresholdsDict,
    )
    from .moderation_llmv1_config import ModerationLlmv1Config as ModerationLlmv1Config
    from .moderation_llmv1_config import ModerationLlmv1ConfigDict as ModerationLlmv1ConfigDict
    from .moderation_llmv2_category_thresholds import (
        ModerationLlmv2CategoryThresholds as ModerationLlmv2CategoryThresholds,
    )
    from .moderation_llmv2_category_thresholds import (
        ModerationLlmv2CategoryThresholdsDict as ModerationLlmv2CategoryThresholdsDict,
    )
    from .moderation_llmv2_config import ModerationLlmv2Config as ModerationLlmv2Config
    from .moderation_llmv2_config import ModerationLlmv2ConfigDict as ModerationLlmv2ConfigDict
    from .o_auth_2_token_auth import OAuth2TokenAuth as OAuth2TokenAuth
    from .o_auth_2_token_auth import OAuth2TokenAuthDict as OAuth2TokenAuthDict
    from .prediction import Prediction as Prediction
    from .prediction import PredictionDict as PredictionDict
    from .prompt_tokens_details import PromptTokensDetails as PromptTokensDetails
    from .reasoning_effort import ReasoningEffort as ReasoningEffort
    from .reference_chunk import ReferenceChunk as ReferenceChunk
    from .reference_chunk import ReferenceChunkDict as ReferenceChunkDict
    from .request_source import RequestSource as RequestSource
    from .requested_service_tier import RequestedServiceTier as RequestedServiceTier
    from .resource_chunk import ResourceChunk as ResourceChunk
    from .resource_chunk import ResourceChunkDict as ResourceChunkDict
    from .resource_link_chunk import ResourceLinkChunk as ResourceLinkChunk
    from .resource_link_chunk import ResourceLinkChunkDict as ResourceLinkChunkDict
    from .response_done_event import ResponseDoneEvent as ResponseDoneEvent
    from .response_error_event import ResponseErrorEvent as ResponseErrorEvent
    from .response_format import ResponseFormat as ResponseFormat
    from .response_format import ResponseFormatDict as ResponseFormatDict
    from .response_formats import ResponseFormats as ResponseFormats
    from .response_started_event import ResponseStartedEvent as ResponseStartedEvent
    from .sse_types import SSETypes as SSETypes
    from .system_message import SystemMessage as SystemMessage
    from .system_message import SystemMessageDict as SystemMessageDict
    from .text_chunk import TextChunk as TextChunk
    from .text_chunk import TextChunkDict as TextChunkDict
    from .think_chunk import ThinkChunk as ThinkChunk
    from .think_chunk import ThinkChunkDict as ThinkChunkDict
    from .tool_call import ToolCall as ToolCall
    from .tool_call import ToolCallDict as ToolCallDict
    from .tool_call_confirmation import ToolCallConfirmation as ToolCallConfirmation
    from .tool_call_confirmation import ToolCallConfirmationDict as ToolCallConfirmationDict
    from .tool_call_decision import ToolCallDecision as ToolCallDecision
    from .tool_call_fragment import ToolCallFragment as ToolCallFragment
    from .tool_choice import ToolChoice as ToolChoice
    from .tool_choice import ToolChoiceDict as ToolChoiceDict
    from .tool_choice_enum import ToolChoiceEnum as ToolChoiceEnum
    from .tool_configuration import ToolConfiguration as ToolConfiguration
    from .tool_configuration import ToolConfigurationDict as ToolConfigurationDict
    from .tool_execution_delta_event import ToolExecutionDeltaEvent as ToolExecutionDeltaEvent
    from .tool_execution_done_event import ToolExecutionDoneEvent as ToolExecutionDoneEvent
    from .tool_execution_entry import ToolExecutionEntry as ToolExecutionEntry
    from .tool_execution_entry import ToolExecutionEntryDict as ToolExecutionEntryDict
    from .tool_execution_started_event import ToolExecutionStartedEvent as ToolExecutionStartedEvent
    from .tool_file_chunk import ToolFileChunk as ToolFileChunk
    from .tool_file_chunk import ToolFileChunkDict as ToolFileChunkDict
    from .tool_message import ToolMessage as ToolMessage
    from .tool_message import ToolMessageDict as ToolMessageDict
    from .tool_reference_chunk import ToolReferenceChunk as ToolReferenceChunk
    from .tool_reference_chunk import ToolReferenceChunkDict as ToolReferenceChunkDict
    from .tool_types import ToolTypes as ToolTypes
    from .unknown_agent_tool import UnknownAgentTool as UnknownAgentTool
    from .unknown_content_chunk import UnknownContentChunk as UnknownContentChunk
    from .unknown_conversation_events_data import UnknownConversationEventsData as UnknownConversationEventsData
    from .unknown_custom_connector_authorization import (
        UnknownCustomConnectorAuthorization as UnknownCustomConnectorAuthorization,
    )
    from .unknown_entry import UnknownEntry as UnknownEntry
    from .unknown_entry_content_chunk import UnknownEntryContentChunk as UnknownEntryContentChunk
    from .unknown_resource_chunk_content import UnknownResourceChunkContent as UnknownResourceChunkContent
    from .unknown_thinking_chunk import UnknownThinkingChunk as UnknownThinkingChunk
    from .update_agent_request import UpdateAgentRequest as UpdateAgentRequest
    from .update_agent_request import UpdateAgentRequestDict as UpdateAgentRequestDict
    from .usage_info import UsageInfo as UsageInfo
    from .user_message import UserMessage as UserMessage
    from .user_message import UserMessageDict as UserMessageDict
    from .validation_error import ValidationError as ValidationError
    from .web_search_premium_tool import WebSearchPremiumTool as WebSearchPremiumTool
    from .web_search_premium_tool import WebSearchPremiumToolDict as WebSearchPremiumToolDict
    from .web_search_tool import WebSearchTool as WebSearchTool
    from .web_search_tool import WebSearchToolDict as WebSearchToolDict

    AgentTool: TypeAlias = (
        CodeInterpreterTool
        | CustomConnector
        | DocumentLibraryTool
        | FunctionTool
        | ImageGenerationTool
        | UnknownAgentTool
        | WebSearchPremiumTool
        | WebSearchTool
    )
    AgentToolDict: TypeAlias = (
        CodeInterpreterToolDict
        | CustomConnectorDict
        | DocumentLibraryToolDict
        | FunctionToolDict
        | ImageGenerationToolDict
        | WebSearchPremiumToolDict
        | WebSearchToolDict
    )
    AgentsCompletionRequestMessage: TypeAlias = AssistantMessage | SystemMessage | ToolMessage | UserMessage
    AgentsCompletionRequestMessageDict: TypeAlias = (
        AssistantMessageDict | SystemMessageDict | ToolMessageDict | UserMessageDict
    )
    AgentsCompletionRequestTool: TypeAlias = (
        CodeInterpreterTool
        | CustomConnector
        | DocumentLibraryTool
        | FunctionTool
        | ImageGenerationTool
        | WebSearchPremiumTool
        | WebSearchTool
    )
    AgentsCompletionRequestToolDict: TypeAlias = (
        CodeInterpreterToolDict
        | CustomConnectorDict
        | DocumentLibraryToolDict
        | FunctionToolDict
        | ImageGenerationToolDict
        | WebSearchPremiumToolDict
        | WebSearchToolDict
    )
    AnswerContentChunk: TypeAlias = (
        AudioChunk
        | DocumentURLChunk
        | FileChunk
        | ImageURLChunk
        | ReferenceChunk
        | ResourceChunk
        | ResourceLinkChunk
        | TextChunk
        | ThinkChunk
        | UnknownContentChunk
    )
    AnswerContentChunkDict: TypeAlias = (
        AudioChunkDict
        | DocumentURLChunkDict
        | FileChunkDict
        | ImageURLChunkDict
        | ReferenceChunkDict
        | ResourceChunkDict
        | ResourceLinkChunkDict
        | TextChunkDict
        | ThinkChunkDict
    )
    ContentChunk: TypeAlias = (
        AudioChunk
        | DocumentURLChunk
        | FileChunk
        | ImageURLChunk
        | ReferenceChunk
        | ResourceChunk
        | ResourceLinkChunk
        | TextChunk
        | ThinkChunk
    )
    ContentChunkDict: TypeAlias = (
        AudioChunkDict
        | DocumentURLChunkDict
        | FileChunkDict
        | ImageURLChunkDict
        | ReferenceChunkDict
        | ResourceChunkDict
        | ResourceLinkChunkDict
        | TextChunkDict
        | ThinkChunkDict
    )
    Conversation: TypeAlias = AgentConversation | ModelConversation
    ConversationEventsData: TypeAlias = (
        AgentHandoffDoneEvent
        | AgentHandoffStartedEvent
        | FunctionCallEvent
        | MessageOutputEvent
        | ResponseDoneEvent
        | ResponseErrorEvent
        | ResponseStartedEvent
        | ToolExecutionDeltaEvent
        | ToolExecutionDoneEvent
        | ToolExecutionStartedEvent
        | UnknownConversationEventsData
    )
    ConversationResponseOutput: TypeAlias = (
        AgentHandoffEntry | FunctionCallEntry | MessageOutputEntry | ToolExecutionEntry | UnknownEntry
    )
    ConversationResponseOutputDict: TypeAlias = (
        AgentHandoffEntryDict | FunctionCallEntryDict | MessageOutputEntryDict | ToolExecutionEntryDict
    )
    CustomConnectorAuthorization: TypeAlias = APIKeyAuth | OAuth2TokenAuth | UnknownCustomConnectorAuthorization
    CustomConnectorAuthorizationDict: TypeAlias = APIKeyAuthDict | OAuth2TokenAuthDict
    Entry: TypeAlias = (
        AgentHandoffEntry
        | FunctionCallEntry
        | FunctionResultEntry
        | MessageInputEntry
        | MessageOutputEntry
        | ToolExecutionEntry
        | UnknownEntry
    )
    EntryDict: TypeAlias = (
        AgentHandoffEntryDict
        | FunctionCallEntryDict
        | FunctionResultEntryDict
        | MessageInputEntryDict
        | MessageOutputEntryDict
        | ToolExecutionEntryDict
    )
    InputEntries: TypeAlias = (
        AgentHandoffEntry
        | FunctionCallEntry
        | FunctionResultEntry
        | MessageInput
        | MessageInputEntry
        | MessageOutputEntry
        | ToolExecutionEntry
        | UnknownEntry
    )
    InputEntriesDict: TypeAlias = (
        AgentHandoffEntryDict
        | FunctionCallEntryDict
        | FunctionResultEntryDict
        | MessageInputDict
        | MessageInputEntryDict
        | MessageOutputEntryDict
        | ToolExecutionEntryDict
    )
    MessageEntries: TypeAlias = MessageInputEntry | MessageOutputEntry | UnknownEntry
    MessageEntriesDict: TypeAlias = MessageInputEntryDict | MessageOutputEntryDict
    MessageInputContentChunks: TypeAlias = (
        DocumentURLChunk | ImageURLChunk | TextChunk | ThinkChunk | ToolFileChunk | UnknownEntryContentChunk
    )
    MessageInputContentChunksDict: TypeAlias = (
        DocumentURLChunkDict | ImageURLChunkDict | TextChunkDict | ThinkChunkDict | ToolFileChunkDict
    )
    OutputContentChunks: TypeAlias = (
        DocumentURLChunk
        | ImageURLChunk
        | TextChunk
        | ThinkChunk
        | ToolFileChunk
        | ToolReferenceChunk
        | UnknownEntryContentChunk
    )
    OutputContentChunksDict: TypeAlias = (
        DocumentURLChunkDict
        | ImageURLChunkDict
        | TextChunkDict
        | ThinkChunkDict
        | ToolFileChunkDict
        | ToolReferenceChunkDict
    )
    ResourceChunkContent: TypeAlias = ImageURLChunk | TextChunk | UnknownResourceChunkContent
    ResourceChunkContentDict: TypeAlias = ImageURLChunkDict | TextChunkDict
    SystemMessageContentChunks: TypeAlias = TextChunk | ThinkChunk
    SystemMessageContentChunksDict: TypeAlias = TextChunkDict | ThinkChunkDict
    Thinking: TypeAlias = ReferenceChunk | TextChunk | ToolReferenceChunk | UnknownThinkingChunk
    ThinkingDict: TypeAlias = ReferenceChunkDict | TextChunkDict | ToolReferenceChunkDict

_MODULES = {
    "Agent": ".agent",
    "AgentAliasResponse": ".agent_alias_response",
    "AgentConversation": ".agent_conversation",
    "AgentHandoffDoneEvent": ".agent_handoff_done_event",
    "AgentHandoffEntry": ".agent_handoff_entry",
    "AgentHandoffEntryDict": ".agent_handoff_entry",
    "AgentHandoffStartedEvent": ".agent_handoff_started_event",
    "AgentListPage": ".agent_list_page",
    "AgentsCompletionRequest": ".agents_completion_request",
    "AgentsCompletionRequestDict": ".agents_completion_request",
    "AgentsCompletionStreamRequest": ".agents_completion_stream_request",
    "AgentsCompletionStreamRequestDict": ".agents_completion_stream_request",
    "APIKeyAuth": ".api_key_auth",
    "APIKeyAuthDict": ".api_key_auth",
    "AssistantMessage": ".assistant_message",
    "AssistantMessageDict": ".assistant_message",
    "AudioChunk": ".audio_chunk",
    "AudioChunkDict": ".audio_chunk",
    "BuiltInConnectors": ".built_in_connectors",
    "ChatCompletionChoice": ".chat_completion_choice",
    "ChatCompletionResponse": ".chat_completion_response",
    "ChatCompletionResponseChoiceLogprobs": ".chat_completion_response_choice_logprobs",
    "ChatCompletionResponseTokenLogprobs": ".chat_completion_response_token_logprobs",
    "ChatCompletionResponseTokenLogprobsTopK": ".chat_completion_response_token_logprobs_top_k",
    "CodeInterpreterTool": ".code_interpreter_tool",
    "CodeInterpreterToolDict": ".code_interpreter_tool",
    "CompletionArgs": ".completion_args",
    "CompletionArgsDict": ".completion_args",
    "CompletionChunk": ".completion_chunk",
    "CompletionEventFrame": ".completion_event_frame",
    "CompletionResponseStreamChoice": ".completion_response_stream_choice",
    "ConfirmationStatus": ".confirmation_status",
    "ConnectorCalls": ".connector_calls",
    "ConversationAppendRequest": ".conversation_append_request",
    "ConversationAppendRequestDict": ".conversation_append_request",
    "ConversationAppendStreamRequest": ".conversation_append_stream_request",
    "ConversationAppendStreamRequestDict": ".conversation_append_stream_request",
    "ConversationEventsFrame": ".conversation_events_frame",
    "ConversationHistory": ".conversation_history",
    "ConversationMessages": ".conversation_messages",
    "ConversationRequest": ".conversation_request",
    "ConversationRequestDict": ".conversation_request",
    "ConversationResponse": ".conversation_response",
    "ConversationRestartRequest": ".conversation_restart_request",
    "ConversationRestartRequestDict": ".conversation_restart_request",
    "ConversationRestartStreamRequest": ".conversation_restart_stream_request",
    "ConversationRestartStreamRequestDict": ".conversation_restart_stream_request",
    "ConversationStreamRequest": ".conversation_stream_request",
    "ConversationStreamRequestDict": ".conversation_stream_request",
    "ConversationUsageInfo": ".conversation_usage_info",
    "CreateAgentRequest": ".create_agent_request",
    "CreateAgentRequestDict": ".create_agent_request",
    "CustomConnector": ".custom_connector",
    "CustomConnectorDict": ".custom_connector",
    "DeltaMessage": ".delta_message",
    "DocumentLibraryTool": ".document_library_tool",
    "DocumentLibraryToolDict": ".document_library_tool",
    "DocumentURLChunk": ".document_url_chunk",
    "DocumentURLChunkDict": ".document_url_chunk",
    "ErrorResponse": ".error_response",
    "FileChunk": ".file_chunk",
    "FileChunkDict": ".file_chunk",
    "FIMCompletionStreamRequest": ".fim_completion_stream_request",
    "FIMCompletionStreamRequestDict": ".fim_completion_stream_request",
    "FinishReason": ".finish_reason",
    "Function": ".function",
    "FunctionDict": ".function",
    "FunctionCall": ".function_call",
    "FunctionCallDict": ".function_call",
    "FunctionCallEntry": ".function_call_entry",
    "FunctionCallEntryDict": ".function_call_entry",
    "FunctionCallEvent": ".function_call_event",
    "FunctionCallFragment": ".function_call_fragment",
    "FunctionName": ".function_name",
    "FunctionNameDict": ".function_name",
    "FunctionResultEntry": ".function_result_entry",
    "FunctionResultEntryDict": ".function_result_entry",
    "FunctionTool": ".function_tool",
    "FunctionToolDict": ".function_tool",
    "GuardrailConfig": ".guardrail_config",
    "GuardrailConfigDict": ".guardrail_config",
    "HandoffExecution": ".handoff_execution",
    "HTTPValidationErrorBody": ".http_validation_error_body",
    "ImageDetail": ".image_detail",
    "ImageGenerationTool": ".image_generation_tool",
    "ImageGenerationToolDict": ".image_generation_tool",
    "ImageURL": ".image_url",
    "ImageURLDict": ".image_url",
    "ImageURLChunk": ".image_url_chunk",
    "ImageURLChunkDict": ".image_url_chunk",
    "JsonObject": ".json_object",
    "JSONSchema": ".json_schema",
    "JSONSchemaDict": ".json_schema",
    "MessageInput": ".message_input",
    "MessageInputDict": ".message_input",
    "MessageInputEntry": ".message_input_entry",
    "MessageInputEntryDict": ".message_input_entry",
    "MessageInputRole": ".message_input_role",
    "MessageOutputEntry": ".message_output_entry",
    "MessageOutputEntryDict": ".message_output_entry",
    "MessageOutputEvent": ".message_output_event",
    "MistralPromptMode": ".mistral_prompt_mode",
    "ModelConversation": ".model_conversation",
    "ModerationLLMAction": ".moderation_llm_action",
    "ModerationLlmv1CategoryThresholds": ".moderation_llmv1_category_thresholds",
    "ModerationLlmv1CategoryThresholdsDict": ".moderation_llmv1_category_thresholds",
    "ModerationLlmv1Config": ".moderation_llmv1_config",
    "ModerationLlmv1ConfigDict": ".moderation_llmv1_config",
    "ModerationLlmv2CategoryThresholds": ".moderation_llmv2_category_thresholds",
    "ModerationLlmv2CategoryThresholdsDict": ".moderation_llmv2_category_thresholds",
    "ModerationLlmv2Config": ".moderation_llmv2_config",
    "ModerationLlmv2ConfigDict": ".moderation_llmv2_config",
    "OAuth2TokenAuth": ".o_auth_2_token_auth",
    "OAuth2TokenAuthDict": ".o_auth_2_token_auth",
    "Prediction": ".prediction",
    "PredictionDict": ".prediction",
    "PromptTokensDetails": ".prompt_tokens_details",
    "ReasoningEffort": ".reasoning_effort",
    "ReferenceChunk": ".reference_chunk",
    "ReferenceChunkDict": ".reference_chunk",
    "RequestSource": ".request_source",
    "RequestedServiceTier": ".requested_service_tier",
    "ResourceChunk": ".resource_chunk",
    "ResourceChunkDict": ".resource_chunk",
    "ResourceLinkChunk": ".resource_link_chunk",
    "ResourceLinkChunkDict": ".resource_link_chunk",
    "ResponseDoneEvent": ".response_done_event",
    "ResponseErrorEvent": ".response_error_event",
    "ResponseFormat": ".response_format",
    "ResponseFormatDict": ".response_format",
    "ResponseFormats": ".response_formats",
    "ResponseStartedEvent": ".response_started_event",
    "SSETypes": ".sse_types",
    "SystemMessage": ".system_message",
    "SystemMessageDict": ".system_message",
    "TextChunk": ".text_chunk",
    "TextChunkDict": ".text_chunk",
    "ThinkChunk": ".think_chunk",
    "ThinkChunkDict": ".think_chunk",
    "ToolCall": ".tool_call",
    "ToolCallDict": ".tool_call",
    "ToolCallConfirmation": ".tool_call_confirmation",
    "ToolCallConfirmationDict": ".tool_call_confirmation",
    "ToolCallDecision": ".tool_call_decision",
    "ToolCallFragment": ".tool_call_fragment",
    "ToolChoice": ".tool_choice",
    "ToolChoiceDict": ".tool_choice",
    "ToolChoiceEnum": ".tool_choice_enum",
    "ToolConfiguration": ".tool_configuration",
    "ToolConfigurationDict": ".tool_configuration",
    "ToolExecutionDeltaEvent": ".tool_execution_delta_event",
    "ToolExecutionDoneEvent": ".tool_execution_done_event",
    "ToolExecutionEntry": ".tool_execution_entry",
    "ToolExecutionEntryDict": ".tool_execution_entry",
    "ToolExecutionStartedEvent": ".tool_execution_started_event",
    "ToolFileChunk": ".tool_file_chunk",
    "ToolFileChunkDict": ".tool_file_chunk",
    "ToolMessage": ".tool_message",
    "ToolMessageDict": ".tool_message",
    "ToolReferenceChunk": ".tool_reference_chunk",
    "ToolReferenceChunkDict": ".tool_reference_chunk",
    "ToolTypes": ".tool_types",
    "UnknownAgentTool": ".unknown_agent_tool",
    "UnknownContentChunk": ".unknown_content_chunk",
    "UnknownConversationEventsData": ".unknown_conversation_events_data",
    "UnknownCustomConnectorAuthorization": ".unknown_custom_connector_authorization",
    "UnknownEntry": ".unknown_entry",
    "UnknownEntryContentChunk": ".unknown_entry_content_chunk",
    "UnknownResourceChunkContent": ".unknown_resource_chunk_content",
    "UnknownThinkingChunk": ".unknown_thinking_chunk",
    "UpdateAgentRequest": ".update_agent_request",
    "UpdateAgentRequestDict": ".update_agent_request",
    "UsageInfo": ".usage_info",
    "UserMessage": ".user_message",
    "UserMessageDict": ".user_message",
    "ValidationError": ".validation_error",
    "WebSearchPremiumTool": ".web_search_premium_tool",
    "WebSearchPremiumToolDict": ".web_search_premium_tool",
    "WebSearchTool": ".web_search_tool",
    "WebSearchToolDict": ".web_search_tool",
}
_UNIONS: dict[str, tuple[str, ...]] = {
    "AgentTool": (
        "CodeInterpreterTool",
        "CustomConnector",
        "DocumentLibraryTool",
        "FunctionTool",
        "ImageGenerationTool",
        "UnknownAgentTool",
        "WebSearchPremiumTool",
        "WebSearchTool",
    ),
    "AgentToolDict": (
        "CodeInterpreterToolDict",
        "CustomConnectorDict",
        "DocumentLibraryToolDict",
        "FunctionToolDict",
        "ImageGenerationToolDict",
        "WebSearchPremiumToolDict",
        "WebSearchToolDict",
    ),
    "AgentsCompletionRequestMessage": ("AssistantMessage", "SystemMessage", "ToolMessage", "UserMessage"),
    "AgentsCompletionRequestMessageDict": (
        "AssistantMessageDict",
        "SystemMessageDict",
        "ToolMessageDict",
        "UserMessageDict",
    ),
    "AgentsCompletionRequestTool": (
        "CodeInterpreterTool",
        "CustomConnector",
        "DocumentLibraryTool",
        "FunctionTool",
        "ImageGenerationTool",
        "WebSearchPremiumTool",
        "WebSearchTool",
    ),
    "AgentsCompletionRequestToolDict": (
        "CodeInterpreterToolDict",
        "CustomConnectorDict",
        "DocumentLibraryToolDict",
        "FunctionToolDict",
        "ImageGenerationToolDict",
        "WebSearchPremiumToolDict",
        "WebSearchToolDict",
    ),
    "AnswerContentChunk": (
        "AudioChunk",
        "DocumentURLChunk",
        "FileChunk",
        "ImageURLChunk",
        "ReferenceChunk",
        "ResourceChunk",
        "ResourceLinkChunk",
        "TextChunk",
        "ThinkChunk",
        "UnknownContentChunk",
    ),
    "AnswerContentChunkDict": (
        "AudioChunkDict",
        "DocumentURLChunkDict",
        "FileChunkDict",
        "ImageURLChunkDict",
        "ReferenceChunkDict",
        "ResourceChunkDict",
        "ResourceLinkChunkDict",
        "TextChunkDict",
        "ThinkChunkDict",
    ),
    "ContentChunk": (
        "AudioChunk",
        "DocumentURLChunk",
        "FileChunk",
        "ImageURLChunk",
        "ReferenceChunk",
        "ResourceChunk",
        "ResourceLinkChunk",
        "TextChunk",
        "ThinkChunk",
    ),
    "ContentChunkDict": (
        "AudioChunkDict",
        "DocumentURLChunkDict",
        "FileChunkDict",
        "ImageURLChunkDict",
        "ReferenceChunkDict",
        "ResourceChunkDict",
        "ResourceLinkChunkDict",
        "TextChunkDict",
        "ThinkChunkDict",
    ),
    "Conversation": ("AgentConversation", "ModelConversation"),
    "ConversationEventsData": (
        "AgentHandoffDoneEvent",
        "AgentHandoffStartedEvent",
        "FunctionCallEvent",
        "MessageOutputEvent",
        "ResponseDoneEvent",
        "ResponseErrorEvent",
        "ResponseStartedEvent",
        "ToolExecutionDeltaEvent",
        "ToolExecutionDoneEvent",
        "ToolExecutionStartedEvent",
        "UnknownConversationEventsData",
    ),
    "ConversationResponseOutput": (
        "AgentHandoffEntry",
        "FunctionCallEntry",
        "MessageOutputEntry",
        "ToolExecutionEntry",
        "UnknownEntry",
    ),
    "ConversationResponseOutputDict": (
        "AgentHandoffEntryDict",
        "FunctionCallEntryDict",
        "MessageOutputEntryDict",
        "ToolExecutionEntryDict",
    ),
    "CustomConnectorAuthorization": ("APIKeyAuth", "OAuth2TokenAuth", "UnknownCustomConnectorAuthorization"),
    "CustomConnectorAuthorizationDict": ("APIKeyAuthDict", "OAuth2TokenAuthDict"),
    "Entry": (
        "AgentHandoffEntry",
        "FunctionCallEntry",
        "FunctionResultEntry",
        "MessageInputEntry",
        "MessageOutputEntry",
        "ToolExecutionEntry",
        "UnknownEntry",
    ),
    "EntryDict": (
        "AgentHandoffEntryDict",
        "FunctionCallEntryDict",
        "FunctionResultEntryDict",
        "MessageInputEntryDict",
        "MessageOutputEntryDict",
        "ToolExecutionEntryDict",
    ),
    "InputEntries": (
        "AgentHandoffEntry",
        "FunctionCallEntry",
        "FunctionResultEntry",
        "MessageInput",
        "MessageInputEntry",
        "MessageOutputEntry",
        "ToolExecutionEntry",
        "UnknownEntry",
    ),
    "InputEntriesDict": (
        "AgentHandoffEntryDict",
        "FunctionCallEntryDict",
        "FunctionResultEntryDict",
        "MessageInputDict",
        "MessageInputEntryDict",
        "MessageOutputEntryDict",
        "ToolExecutionEntryDict",
    ),
    "MessageEntries": ("MessageInputEntry", "MessageOutputEntry", "UnknownEntry"),
    "MessageEntriesDict": ("MessageInputEntryDict", "MessageOutputEntryDict"),
    "MessageInputContentChunks": (
        "DocumentURLChunk",
        "ImageURLChunk",
        "TextChunk",
        "ThinkChunk",
        "ToolFileChunk",
        "UnknownEntryContentChunk",
    ),
    "MessageInputContentChunksDict": (
        "DocumentURLChunkDict",
        "ImageURLChunkDict",
        "TextChunkDict",
        "ThinkChunkDict",
        "ToolFileChunkDict",
    ),
    "OutputContentChunks": (
        "DocumentURLChunk",
        "ImageURLChunk",
        "TextChunk",
        "ThinkChunk",
        "ToolFileChunk",
        "ToolReferenceChunk",
        "UnknownEntryContentChunk",
    ),
    "OutputContentChunksDict": (
        "DocumentURLChunkDict",
        "ImageURLChunkDict",
        "TextChunkDict",
        "ThinkChunkDict",
        "ToolFileChunkDict",
        "ToolReferenceChunkDict",
    ),
    "ResourceChunkContent": ("ImageURLChunk", "TextChunk", "UnknownResourceChunkContent"),
    "ResourceChunkContentDict": ("ImageURLChunkDict", "TextChunkDict"),
    "SystemMessageContentChunks": ("TextChunk", "ThinkChunk"),
    "SystemMessageContentChunksDict": ("TextChunkDict", "ThinkChunkDict"),
    "Thinking": ("ReferenceChunk", "TextChunk", "ToolReferenceChunk", "UnknownThinkingChunk"),
    "ThinkingDict": ("ReferenceChunkDict", "TextChunkDict", "ToolReferenceChunkDict"),
}

if not TYPE_CHECKING:  # a type checker that sees __getattr__ would accept any name

    def __getattr__(name: str) -> Any:
        """Import a model, or the models of a union, when it is first used."""
        if name in _UNIONS:
            value = reduce(operator.or_, map(__getattr__, _UNIONS[name]))
        elif name in _MODULES:
            value = getattr(import_module(_MODULES[name], __name__), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES, *_UNIONS})


__all__ = (
    "APIKeyAuth",
    "APIKeyAuthDict",
    "Agent",
    "AgentAliasResponse",
    "AgentConversation",
    "AgentHandoffDoneEvent",
    "AgentHandoffEntry",
    "AgentHandoffEntryDict",
    "AgentHandoffStartedEvent",
    "AgentListPage",
    "AgentTool",
    "AgentToolDict",
    "AgentsCompletionRequest",
    "AgentsCompletionRequestDict",
    "AgentsCompletionRequestMessage",
    "AgentsCompletionRequestMessageDict",
    "AgentsCompletionRequestTool",
    "AgentsCompletionRequestToolDict",
    "AgentsCompletionStreamRequest",
    "AgentsCompletionStreamRequestDict",
    "AnswerContentChunk",
    "AnswerContentChunkDict",
    "AssistantMessage",
    "AssistantMessageDict",
    "AudioChunk",
    "AudioChunkDict",
    "BuiltInConnectors",
    "ChatCompletionChoice",
    "ChatCompletionResponse",
    "ChatCompletionResponseChoiceLogprobs",
    "ChatCompletionResponseTokenLogprobs",
    "ChatCompletionResponseTokenLogprobsTopK",
    "CodeInterpreterTool",
    "CodeInterpreterToolDict",
    "CompletionArgs",
    "CompletionArgsDict",
    "CompletionChunk",
    "CompletionEventFrame",
    "CompletionResponseStreamChoice",
    "ConfirmationStatus",
    "ConnectorCalls",
    "ContentChunk",
    "ContentChunkDict",
    "Conversation",
    "ConversationAppendRequest",
    "ConversationAppendRequestDict",
    "ConversationAppendStreamRequest",
    "ConversationAppendStreamRequestDict",
    "ConversationEventsData",
    "ConversationEventsFrame",
    "ConversationHistory",
    "ConversationMessages",
    "ConversationRequest",
    "ConversationRequestDict",
    "ConversationResponse",
    "ConversationResponseOutput",
    "ConversationResponseOutputDict",
    "ConversationRestartRequest",
    "ConversationRestartRequestDict",
    "ConversationRestartStreamRequest",
    "ConversationRestartStreamRequestDict",
    "ConversationStreamRequest",
    "ConversationStreamRequestDict",
    "ConversationUsageInfo",
    "CreateAgentRequest",
    "CreateAgentRequestDict",
    "CustomConnector",
    "CustomConnectorAuthorization",
    "CustomConnectorAuthorizationDict",
    "CustomConnectorDict",
    "DeltaMessage",
    "DocumentLibraryTool",
    "DocumentLibraryToolDict",
    "DocumentURLChunk",
    "DocumentURLChunkDict",
    "Entry",
    "EntryDict",
    "ErrorResponse",
    "FIMCompletionStreamRequest",
    "FIMCompletionStreamRequestDict",
    "FileChunk",
    "FileChunkDict",
    "FinishReason",
    "Function",
    "FunctionCall",
    "FunctionCallDict",
    "FunctionCallEntry",
    "FunctionCallEntryDict",
    "FunctionCallEvent",
    "FunctionCallFragment",
    "FunctionDict",
    "FunctionName",
    "FunctionNameDict",
    "FunctionResultEntry",
    "FunctionResultEntryDict",
    "FunctionTool",
    "FunctionToolDict",
    "GuardrailConfig",
    "GuardrailConfigDict",
    "HTTPValidationErrorBody",
    "HandoffExecution",
    "ImageDetail",
    "ImageGenerationTool",
    "ImageGenerationToolDict",
    "ImageURL",
    "ImageURLChunk",
    "ImageURLChunkDict",
    "ImageURLDict",
    "InputEntries",
    "InputEntriesDict",
    "JSONSchema",
    "JSONSchemaDict",
    "JsonObject",
    "MessageEntries",
    "MessageEntriesDict",
    "MessageInput",
    "MessageInputContentChunks",
    "MessageInputContentChunksDict",
    "MessageInputDict",
    "MessageInputEntry",
    "MessageInputEntryDict",
    "MessageInputRole",
    "MessageOutputEntry",
    "MessageOutputEntryDict",
    "MessageOutputEvent",
    "MistralPromptMode",
    "ModelConversation",
    "ModerationLLMAction",
    "ModerationLlmv1CategoryThresholds",
    "ModerationLlmv1CategoryThresholdsDict",
    "ModerationLlmv1Config",
    "ModerationLlmv1ConfigDict",
    "ModerationLlmv2CategoryThresholds",
    "ModerationLlmv2CategoryThresholdsDict",
    "ModerationLlmv2Config",
    "ModerationLlmv2ConfigDict",
    "OAuth2TokenAuth",
    "OAuth2TokenAuthDict",
    "OutputContentChunks",
    "OutputContentChunksDict",
    "Prediction",
    "PredictionDict",
    "PromptTokensDetails",
    "ReasoningEffort",
    "ReferenceChunk",
    "ReferenceChunkDict",
    "RequestSource",
    "RequestedServiceTier",
    "ResourceChunk",
    "ResourceChunkContent",
    "ResourceChunkContentDict",
    "ResourceChunkDict",
    "ResourceLinkChunk",
    "ResourceLinkChunkDict",
    "ResponseDoneEvent",
    "ResponseErrorEvent",
    "ResponseFormat",
    "ResponseFormatDict",
    "ResponseFormats",
    "ResponseStartedEvent",
    "SSETypes",
    "SystemMessage",
    "SystemMessageContentChunks",
    "SystemMessageContentChunksDict",
    "SystemMessageDict",
    "TextChunk",
    "TextChunkDict",
    "ThinkChunk",
    "ThinkChunkDict",
    "Thinking",
    "ThinkingDict",
    "ToolCall",
    "ToolCallConfirmation",
    "ToolCallConfirmationDict",
    "ToolCallDecision",
    "ToolCallDict",
    "ToolCallFragment",
    "ToolChoice",
    "ToolChoiceDict",
    "ToolChoiceEnum",
    "ToolConfiguration",
    "ToolConfigurationDict",
    "ToolExecutionDeltaEvent",
    "ToolExecutionDoneEvent",
    "ToolExecutionEntry",
    "ToolExecutionEntryDict",
    "ToolExecutionStartedEvent",
    "ToolFileChunk",
    "ToolFileChunkDict",
    "ToolMessage",
    "ToolMessageDict",
    "ToolReferenceChunk",
    "ToolReferenceChunkDict",
    "ToolTypes",
    "UnknownAgentTool",
    "UnknownContentChunk",
    "UnknownConversationEventsData",
    "UnknownCustomConnectorAuthorization",
    "UnknownEntry",
    "UnknownEntryContentChunk",
    "UnknownResourceChunkContent",
    "UnknownThinkingChunk",
    "UpdateAgentRequest",
    "UpdateAgentRequestDict",
    "UsageInfo",
    "UserMessage",
    "UserMessageDict",
    "ValidationError",
    "WebSearchPremiumTool",
    "WebSearchPremiumToolDict",
    "WebSearchTool",
    "WebSearchToolDict",
)
