"""Decides who answers a request: the script, the state, a recording, or the real service; or refuses it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import attrs

from .exchange.received import RecordedRequest, Refusal, error_content, refusal, refusal_of_broken
from .exchange.replies import Replies
from .http.wire import Reply, Request
from .openapi.contract import Contract
from .recordings.recorder import Recorder
from .recordings.replaying import Replay, UnrecordedRequestError
from .scripting.script import InTurn, ScriptEndedError, Scripts, WrongAnswerError, in_words
from .serving.service import Service, UnservedError
from .serving.state import NotKeptError, Rejected

__all__ = ["Answering"]

Answered = tuple[Reply, str | None]
"""A reply, and why the request was refused, if it was."""


@attrs.frozen
class Answering:
    """Answers requests, and reports those that a strict stub does not expect."""

    contract: Contract
    replies: Replies
    service: Service
    scripts: Scripts
    recorder: Recorder | None
    replay: Replay | None
    strict: bool
    complain: Callable[[str, BaseException | None], object]
    """A function that gets what was unexpected, and the error behind it, if there is one."""

    def reply(self, request: Request, received: RecordedRequest, name: str) -> Answered:
        """Return the reply to a request. `name` is what complaints call the request."""
        if self.recorder is not None:
            return self.recorder.reply(request, received, name), None
        if request.broken:
            return self._refused(None, refusal_of_broken(request), name)
        if self.replay is not None:
            return self._replayed(self.replay, request, name)
        if refused := refusal(received, self.contract):
            return self._refused(received, refused, name)
        return self._answered(received, name)

    def _replayed(self, replay: Replay, request: Request, name: str) -> Answered:
        try:
            return replay.reply(request), None
        except UnrecordedRequestError as error:
            return self._unexpected(f"{name} was not expected: {error}", None)

    def _refused(self, received: RecordedRequest | None, refused: Refusal, name: str) -> Answered:
        """Refuse a request. But if the stub is not strict and the script returns a Reply to `received`, send that."""
        if self.strict:
            self.complain(f"{name} was refused with {refused.status}: {refused.reason}", None)
        elif received is not None and isinstance(answer := self.scripts.answer(received), Reply):
            return answer, None
        return self.replies.json(refused.status, refused.content, *refused.headers), refused.reason

    def _answered(self, received: RecordedRequest, name: str) -> Answered:
        def not_kept(error: NotKeptError) -> None:
            self.complain(f"{name} was not kept: {error}", error)

        try:
            return self.service.reply(received, lambda: self.scripts.answer(received), not_kept), None
        except Rejected as rejected:
            return self.replies.json(rejected.status, rejected.content), str(rejected)
        except (UnservedError, NotKeptError) as error:
            return self._unexpected(f"{name} was not answered: {error}", error)
        except ScriptEndedError as error:
            return self._unexpected(f"{name} was not expected: {error}", None)
        except BaseException as error:  # noqa: BLE001  # the error is reported; that of pytest.fail() is no Exception
            if not self.strict:  # otherwise StubError reports it later
                of_thread = (type(error), error, error.__traceback__, threading.current_thread())
                threading.excepthook(threading.ExceptHookArgs(of_thread))
            place = self.scripts.place(received, error)
            did = "returned a wrong answer: " if isinstance(error, WrongAnswerError) else "raised "
            text = f"{name} was not answered, since the script{place and f' ({place})'} {did}{in_words(error)}"
            if isinstance(error, WrongAnswerError) and isinstance(self.scripts.current, InTurn):
                text += "\nin_turn answers every operation. To give each operation its own answers, use by_operation."
            return self._unexpected(text, error)

    def _unexpected(self, text: str, error: BaseException | None) -> Answered:
        if self.strict or isinstance(error, NotKeptError):
            self.complain(text, error)
        # No client repeats a request after the status 400.
        return self.replies.json(400, {**error_content(400, "stub_error", text), "code": None}), text
