"""Answers requests that fit the contract.

This module knows completions, agents and conversations by their `operationId`. It serves every other operation from the
contract's examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..exchange.received import RecordedRequest
from ..exchange.replies import Replies, json_text
from ..http.wire import Reply
from ..openapi.contract import COMPLETE, Contract, problem_lines
from ..openapi.mistakes import Problem
from ..openapi.operations import Operation
from ..openapi.write_only import WriteOnly
from ..scripting.completions import chunks
from ..scripting.entry_events import failure_event, turn_events
from ..scripting.script import Answer, WrongAnswerError, not_an_answer
from . import answers, served
from .kept import NotKeptError, missing
from .state import State
from .turns import TURNS, take_turn

__all__ = ["InvalidAnswerError", "Service", "UnservedError"]

Parameters = Mapping[str, Any]
# The items on a page if the request does not say how many. The contract's descriptions have these numbers.
_AGENTS_ON_A_PAGE = 20
_CONVERSATIONS_ON_A_PAGE = 100
# The service's number for a failure of its own.
_NOT_KEPT_CODE = 3000


class InvalidAnswerError(WrongAnswerError):
    """An answer does not fit the contract, so it is not sent."""

    def __init__(self, what: str, problems: Iterable[Problem]) -> None:
        super().__init__(f"{what}{problem_lines(problems)}")


class UnservedError(InvalidAnswerError):
    """The stub cannot make an answer that fits its schema, and the contract has no example that does."""

    def __init__(self, operation: Operation, problems: Iterable[Problem]) -> None:
        what = f"the stub cannot make an answer of {operation.name} from its schema: add an example to the contract"
        super().__init__(f"{what}, or correct the example", problems)


class Service:
    """Answers requests that fit the contract, from the script or from the state of the stub."""

    def __init__(self, contract: Contract, state: State, replies: Replies) -> None:
        self._contract = contract
        self._state = state
        self._replies = replies
        self._write_only = WriteOnly(contract.document)

    def reply(
        self, request: RecordedRequest, script: Callable[[], Answer], not_kept: Callable[[NotKeptError], object]
    ) -> Reply:
        """Return the reply to a request.

        Args:
            request: a request that fits the contract.
            script: a function that returns the script's answer. It is called once, or not at all if the request is
                rejected before: for a busy conversation, or for an agent, a conversation or an entry that is unknown.
            not_kept: a function that gets the error if a streamed answer cannot be kept at its end.

        Raises:
            NotKeptError: the answer cannot be kept, so it is not sent.
            UnservedError: the stub cannot make an answer that fits.
            InvalidAnswerError: the script's answer does not fit this operation.
            Rejected: the request does not fit the state.
        """
        operation = self._contract.operations[request.operation]
        if request.operation in TURNS:
            return self._turn(operation, request, script, not_kept)
        answer = script()
        if isinstance(answer, Reply):
            return answer
        if request.operation == COMPLETE:
            return self._completion(operation, request, answer)
        return self._other(operation, request, answer)

    def _turn(
        self,
        operation: Operation,
        request: RecordedRequest,
        script: Callable[[], Answer],
        not_kept: Callable[[NotKeptError], object],
    ) -> Reply:
        state, body = self._state, request.json or {}
        what = _MADE

        def check(content: dict[str, Any]) -> dict[str, Any]:
            checked: dict[str, Any] = self._check(operation, content, what)
            return checked

        with take_turn(operation.name, state, request.parameters, body, check) as answer_with:
            answer = script()
            what = _MADE if answer is None else _RETURNED
            if isinstance(answer, Reply):
                return answer
            self._check_script(operation, answer)
            answered = answer_with(answer if isinstance(answer, Mapping) else None)

        def end() -> Mapping[str, Any] | None:
            try:
                answered.end()
            except NotKeptError as error:
                not_kept(error)
                failed = failure_event({"message": str(error), "code": _NOT_KEPT_CODE}, state.now)
                return next(self._checked(operation, _named([failed])))
            return None

        if self._streams(operation, request):
            events = self._checked(operation, _named(turn_events(answered.content, state.now)))
            return self._replies.stream(events, end, _is_last(operation))
        answered.end()
        if failed := answered.failed():
            return self._replies.json(failed.status, failed.content)
        return self._replies.json(operation.status, answered.content)

    def _check_script(self, operation: Operation, answer: Answer) -> None:
        if answer is None:
            return
        entries = answer.get("outputs") if isinstance(answer, Mapping) else None
        if not isinstance(entries, list) or not all(_is_entry(each) for each in entries):
            text = f"{operation.name} takes a Reply, None, or what outputs(...) makes; respond returned {answer!r:.200}"
            raise InvalidAnswerError(text, [])
        failed = answer.get("failure") if isinstance(answer, Mapping) else None
        if failed is not None and not (isinstance(failed, Mapping) and {"message", "code"} <= set(failed)):
            raise InvalidAnswerError(f"{operation.name}: a failure needs a message and a code, got {failed!r:.200}", [])

    def _completion(self, operation: Operation, request: RecordedRequest, answer: Answer) -> Reply:
        if self._state.agents.is_removed(str(request.json.get("agent_id"))):
            raise missing("Agent", request.json["agent_id"])
        if answer is None:
            content = answers.answer(request.json)
        else:
            scripted = self._object(answer)
            self._check(operation, answers.headed(scripted, request.json), _RETURNED)
            content = answers.completed(scripted, request.json)
        if not self._streams(operation, request):
            return self._json(operation, content, _MADE)
        self._check(operation, content, _MADE)
        events: Iterator[dict[str, Any]] = ({"data": json_text(each)} for each in chunks(content))
        end = [{"data": operation.stream.end}] if operation.stream is not None and operation.stream.end else []
        return self._replies.stream(self._checked(operation, _joined(events, end)))

    def _other(self, operation: Operation, request: RecordedRequest, answer: Answer) -> Reply:
        if answer is not None:
            return self._json(operation, answer, _RETURNED)
        if handler := _HANDLERS.get(operation.name):
            content = handler(self._state, request.parameters, request.json or {}, operation)
            return self._json(operation, content, _MADE)
        if operation.stream is not None and self._streams(operation, request):
            events = list(served.events(operation.stream, operation.document))
            if problems := [each for event in events for each in operation.stream.problems(event)]:
                raise UnservedError(operation, problems)
            return self._replies.stream(events)
        content, problems = served.whole(operation, request.parameters)
        if problems:
            raise UnservedError(operation, problems)
        return self._json(operation, content, _MADE)

    def _streams(self, operation: Operation, request: RecordedRequest) -> bool:
        return operation.streams(request.json, request.headers.get("accept", ""))

    def _object(self, answer: Answer) -> Mapping[str, Any]:
        if not isinstance(answer, Mapping):
            raise not_an_answer(answer)
        return answer

    def _json(self, operation: Operation, content: Any, what: str) -> Reply:
        if operation.answer_checker(operation.status) is None:
            return self._replies.empty(operation.status)
        return self._replies.json(operation.status, self._check(operation, content, what))

    def _check(self, operation: Operation, content: Any, what: str) -> Any:
        """Check an answer, and return the content to send.

        If the stub made the answer, `writeOnly` fields are removed, and missing required fields are filled in: the
        contract may have fields that this code does not know.
        """
        checker = operation.answer_checker(operation.status)
        if checker is not None and what != _RETURNED:
            content = self._write_only.without(content, checker)
        if checker is None or not (problems := checker.problems(content)):
            return content
        if what != _RETURNED:
            filled = served.filled(content, problems, checker, operation.document)
            if checker.fits(filled):
                return filled
            raise UnservedError(operation, problems)
        raise InvalidAnswerError(f"{what} does not fit the contract's schema for answers of {operation.name}", problems)

    def _checked(self, operation: Operation, events: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """Check each event before it is sent."""
        for event in events:
            if operation.stream is not None and (problems := operation.stream.problems(event)):
                what = f"an event of {operation.name} does not fit the contract's schema for its events"
                raise InvalidAnswerError(what, problems)
            yield event


_RETURNED = "what respond returned"
_MADE = "the stub's answer"


def _named(data: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield events with these data; each has the name of its type."""
    return ({"event": each["type"], "data": json_text(each)} for each in data)


def _is_entry(value: object) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("type"), str)


def _is_last(operation: Operation) -> Callable[[Mapping[str, Any]], bool]:
    return lambda event: operation.stream is not None and operation.stream.ended_by(event)


def _joined(events: Iterable[dict[str, Any]], end: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from events
    yield from end


def _list_agents(state: State, parameters: Parameters, _: Any, operation: Operation) -> Any:
    found = state.agents.listed(parameters)
    return served.paged(operation, parameters, found, {"object": "list"}, _AGENTS_ON_A_PAGE)


def _list_versions(state: State, parameters: Parameters, _: Any, operation: Operation) -> Any:
    found = state.agents.versions(parameters["agent_id"])
    return served.paged(operation, parameters, found, {}, _AGENTS_ON_A_PAGE)


def _list_conversations(state: State, parameters: Parameters, _: Any, operation: Operation) -> Any:
    found = state.conversations.listed(parameters.get("metadata"))
    return served.paged(operation, parameters, found, {}, _CONVERSATIONS_ON_A_PAGE)


def _get_conversation(state: State, parameters: Parameters, _: Any, __: Operation) -> Any:
    with state.look():
        return dict(state.conversations.find(parameters["conversation_id"]).shown)


def _history(state: State, parameters: Parameters, _: Any, __: Operation) -> Any:
    which = parameters["conversation_id"]
    entries = state.conversations.entries(which)
    return {"object": "conversation.history", "conversation_id": which, "entries": entries}


def _messages(state: State, parameters: Parameters, _: Any, __: Operation) -> Any:
    which = parameters["conversation_id"]
    entries = state.conversations.entries(which)
    found = [each for each in entries if each["type"] in ("message.input", "message.output")]
    return {"object": "conversation.messages", "conversation_id": which, "messages": found}


Handler = Callable[[State, Parameters, Any, Operation], Any]
_HANDLERS: Mapping[str, Handler] = {
    "agents_create": lambda state, _, body, __: state.agents.add(**body),
    "agents_list": _list_agents,
    "agents_list_pages": _list_agents,
    "agents_get": lambda state, given, _, __: state.agents.version(given["agent_id"], given.get("agent_version")),
    "agents_update": lambda state, given, body, _: state.agents.change(given["agent_id"], body),
    "agents_delete": lambda state, given, _, __: state.agents.remove(given["agent_id"]),
    "agents_update_version": lambda state, given, _, __: state.agents.switch(given["agent_id"], given["version"]),
    "agents_list_versions": _list_versions,
    "agents_get_version": lambda state, given, _, __: state.agents.version(given["agent_id"], given["version"]),
    "agents_create_version_alias": lambda state, given, _, __: state.agents.name_version(
        given["agent_id"], given["alias"], given["version"]
    ),
    "agents_list_version_aliases": lambda state, given, _, __: state.agents.aliases(given["agent_id"]),
    "agents_delete_version_alias": lambda state, given, _, __: state.agents.remove_alias(
        given["agent_id"], given["alias"]
    ),
    "conversations_list": _list_conversations,
    "conversations_get": _get_conversation,
    "conversations_delete": lambda state, given, _, __: state.conversations.remove(
        given["conversation_id"], busy=False
    ),
    "conversations_get_history": _history,
    "conversations_get_messages": _messages,
}
