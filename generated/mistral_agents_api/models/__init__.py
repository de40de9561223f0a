# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The models of the contract, each loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    from .chat_completion_response_base import ChatCompletionResponseBase as ChatCompletionResponseBase
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
    from .completion_chunk import CompletionChunk as CompletionChunk
    from .completion_event_frame import CompletionEventFrame as CompletionEventFrame
    from .completion_response_stream_choice import CompletionResponseStreamChoice as CompletionResponseStreamChoice
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
    from .function_call_fragment import FunctionCallFragment as FunctionCallFragment
    from .function_name import FunctionName as FunctionName
    from .function_name import FunctionNameDict as FunctionNameDict
    from .guardrail_config import GuardrailConfig as GuardrailConfig
    from .guardrail_config import GuardrailConfigDict as GuardrailConfigDict
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
    from .mistral_prompt_mode import MistralPromptMode as MistralPromptMode
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
    from .requested_service_tier import RequestedServiceTier as RequestedServiceTier
    from .resource_chunk import ResourceChunk as ResourceChunk
    from .resource_chunk import ResourceChunkDict as ResourceChunkDict
    from .resource_link_chunk import ResourceLinkChunk as ResourceLinkChunk
    from .resource_link_chunk import ResourceLinkChunkDict as ResourceLinkChunkDict
    from .response_base import ResponseBase as ResponseBase
    from .response_format import ResponseFormat as ResponseFormat
    from .response_format import ResponseFormatDict as ResponseFormatDict
    from .response_formats import ResponseFormats as ResponseFormats
    from .system_message import SystemMessage as SystemMessage
    from .system_message import SystemMessageDict as SystemMessageDict
    from .text_chunk import TextChunk as TextChunk
    from .text_chunk import TextChunkDict as TextChunkDict
    from .think_chunk import ThinkChunk as ThinkChunk
    from .think_chunk import ThinkChunkDict as ThinkChunkDict
    from .tool import Tool as Tool
    from .tool import ToolDict as ToolDict
    from .tool_call import ToolCall as ToolCall
    from .tool_call import ToolCallDict as ToolCallDict
    from .tool_call_fragment import ToolCallFragment as ToolCallFragment
    from .tool_choice import ToolChoice as ToolChoice
    from .tool_choice import ToolChoiceDict as ToolChoiceDict
    from .tool_choice_enum import ToolChoiceEnum as ToolChoiceEnum
    from .tool_configuration import ToolConfiguration as ToolConfiguration
    from .tool_configuration import ToolConfigurationDict as ToolConfigurationDict
    from .tool_message import ToolMessage as ToolMessage
    from .tool_message import ToolMessageDict as ToolMessageDict
    from .tool_reference_chunk import ToolReferenceChunk as ToolReferenceChunk
    from .tool_reference_chunk import ToolReferenceChunkDict as ToolReferenceChunkDict
    from .tool_types import ToolTypes as ToolTypes
    from .unknown_content_chunk import UnknownContentChunk as UnknownContentChunk
    from .unknown_resource_content import UnknownResourceContent as UnknownResourceContent
    from .unknown_thinking_chunk import UnknownThinkingChunk as UnknownThinkingChunk
    from .usage_info import UsageInfo as UsageInfo
    from .user_message import UserMessage as UserMessage
    from .user_message import UserMessageDict as UserMessageDict
    from .validation_error import ValidationError as ValidationError
    from .web_search_premium_tool import WebSearchPremiumTool as WebSearchPremiumTool
    from .web_search_premium_tool import WebSearchPremiumToolDict as WebSearchPremiumToolDict
    from .web_search_tool import WebSearchTool as WebSearchTool
    from .web_search_tool import WebSearchToolDict as WebSearchToolDict

_MODULES = {
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
    "ChatCompletionResponseBase": ".chat_completion_response_base",
    "ChatCompletionResponseChoiceLogprobs": ".chat_completion_response_choice_logprobs",
    "ChatCompletionResponseTokenLogprobs": ".chat_completion_response_token_logprobs",
    "ChatCompletionResponseTokenLogprobsTopK": ".chat_completion_response_token_logprobs_top_k",
    "CodeInterpreterTool": ".code_interpreter_tool",
    "CodeInterpreterToolDict": ".code_interpreter_tool",
    "CompletionChunk": ".completion_chunk",
    "CompletionEventFrame": ".completion_event_frame",
    "CompletionResponseStreamChoice": ".completion_response_stream_choice",
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
    "FunctionCallFragment": ".function_call_fragment",
    "FunctionName": ".function_name",
    "FunctionNameDict": ".function_name",
    "GuardrailConfig": ".guardrail_config",
    "GuardrailConfigDict": ".guardrail_config",
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
    "MistralPromptMode": ".mistral_prompt_mode",
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
    "RequestedServiceTier": ".requested_service_tier",
    "ResourceChunk": ".resource_chunk",
    "ResourceChunkDict": ".resource_chunk",
    "ResourceLinkChunk": ".resource_link_chunk",
    "ResourceLinkChunkDict": ".resource_link_chunk",
    "ResponseBase": ".response_base",
    "ResponseFormat": ".response_format",
    "ResponseFormatDict": ".response_format",
    "ResponseFormats": ".response_formats",
    "SystemMessage": ".system_message",
    "SystemMessageDict": ".system_message",
    "TextChunk": ".text_chunk",
    "TextChunkDict": ".text_chunk",
    "ThinkChunk": ".think_chunk",
    "ThinkChunkDict": ".think_chunk",
    "Tool": ".tool",
    "ToolDict": ".tool",
    "ToolCall": ".tool_call",
    "ToolCallDict": ".tool_call",
    "ToolCallFragment": ".tool_call_fragment",
    "ToolChoice": ".tool_choice",
    "ToolChoiceDict": ".tool_choice",
    "ToolChoiceEnum": ".tool_choice_enum",
    "ToolConfiguration": ".tool_configuration",
    "ToolConfigurationDict": ".tool_configuration",
    "ToolMessage": ".tool_message",
    "ToolMessageDict": ".tool_message",
    "ToolReferenceChunk": ".tool_reference_chunk",
    "ToolReferenceChunkDict": ".tool_reference_chunk",
    "ToolTypes": ".tool_types",
    "UnknownContentChunk": ".unknown_content_chunk",
    "UnknownResourceContent": ".unknown_resource_content",
    "UnknownThinkingChunk": ".unknown_thinking_chunk",
    "UsageInfo": ".usage_info",
    "UserMessage": ".user_message",
    "UserMessageDict": ".user_message",
    "ValidationError": ".validation_error",
    "WebSearchPremiumTool": ".web_search_premium_tool",
    "WebSearchPremiumToolDict": ".web_search_premium_tool",
    "WebSearchTool": ".web_search_tool",
    "WebSearchToolDict": ".web_search_tool",
}

if not TYPE_CHECKING:  # a type checker that sees __getattr__ would accept any name

    def __getattr__(name: str) -> Any:
        """Import a model when it is first asked for."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_MODULES[name], __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})


__all__ = (
    "APIKeyAuth",
    "APIKeyAuthDict",
    "AgentsCompletionRequest",
    "AgentsCompletionRequestDict",
    "AgentsCompletionStreamRequest",
    "AgentsCompletionStreamRequestDict",
    "AssistantMessage",
    "AssistantMessageDict",
    "AudioChunk",
    "AudioChunkDict",
    "BuiltInConnectors",
    "ChatCompletionChoice",
    "ChatCompletionResponse",
    "ChatCompletionResponseBase",
    "ChatCompletionResponseChoiceLogprobs",
    "ChatCompletionResponseTokenLogprobs",
    "ChatCompletionResponseTokenLogprobsTopK",
    "CodeInterpreterTool",
    "CodeInterpreterToolDict",
    "CompletionChunk",
    "CompletionEventFrame",
    "CompletionResponseStreamChoice",
    "CustomConnector",
    "CustomConnectorDict",
    "DeltaMessage",
    "DocumentLibraryTool",
    "DocumentLibraryToolDict",
    "DocumentURLChunk",
    "DocumentURLChunkDict",
    "ErrorResponse",
    "FIMCompletionStreamRequest",
    "FIMCompletionStreamRequestDict",
    "FileChunk",
    "FileChunkDict",
    "FinishReason",
    "Function",
    "FunctionCall",
    "FunctionCallDict",
    "FunctionCallFragment",
    "FunctionDict",
    "FunctionName",
    "FunctionNameDict",
    "GuardrailConfig",
    "GuardrailConfigDict",
    "HTTPValidationErrorBody",
    "ImageDetail",
    "ImageGenerationTool",
    "ImageGenerationToolDict",
    "ImageURL",
    "ImageURLChunk",
    "ImageURLChunkDict",
    "ImageURLDict",
    "JSONSchema",
    "JSONSchemaDict",
    "JsonObject",
    "MistralPromptMode",
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
    "Prediction",
    "PredictionDict",
    "PromptTokensDetails",
    "ReasoningEffort",
    "ReferenceChunk",
    "ReferenceChunkDict",
    "RequestedServiceTier",
    "ResourceChunk",
    "ResourceChunkDict",
    "ResourceLinkChunk",
    "ResourceLinkChunkDict",
    "ResponseBase",
    "ResponseFormat",
    "ResponseFormatDict",
    "ResponseFormats",
    "SystemMessage",
    "SystemMessageDict",
    "TextChunk",
    "TextChunkDict",
    "ThinkChunk",
    "ThinkChunkDict",
    "Tool",
    "ToolCall",
    "ToolCallDict",
    "ToolCallFragment",
    "ToolChoice",
    "ToolChoiceDict",
    "ToolChoiceEnum",
    "ToolConfiguration",
    "ToolConfigurationDict",
    "ToolDict",
    "ToolMessage",
    "ToolMessageDict",
    "ToolReferenceChunk",
    "ToolReferenceChunkDict",
    "ToolTypes",
    "UnknownContentChunk",
    "UnknownResourceContent",
    "UnknownThinkingChunk",
    "UsageInfo",
    "UserMessage",
    "UserMessageDict",
    "ValidationError",
    "WebSearchPremiumTool",
    "WebSearchPremiumToolDict",
    "WebSearchTool",
    "WebSearchToolDict",
)
