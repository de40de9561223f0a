"""Which error a call raises for each answer of the service, and what the error contains."""

from __future__ import annotations

import json
import logging
import pickle
import socket
import traceback
from typing import Any

import httpx
import pytest
from tools.stress.answers import Answer

from client_settings import AT_ONCE, KEY
from completion_payloads import ANSWER, ASK, WHOLE_STREAM, chunk, sse
from mistral_agents import Mistral, errors
from mistral_agents.models import ValidationError
from mistral_agents.testing import StubServer
from retry_scenarios import STATUSES
from seam import answer, seam, stream
from worlds import WORLDS, World, each_world

PROBLEM = {"type": "missing", "loc": ["body", "messages", 0], "msg": "Field required", "input": None}
FLAT = {"object": "error", "message": "No such agent", "type": "invalid", "param": None, "code": "1300"}


def failure(
    world: World, answers: Answer | Exception, *, streamed: bool = False, **options: Any
) -> errors.MistralError:
    """Make a call that gets these answers, and return the error that it raises."""
    client = seam(answers).client(**options)
    with pytest.raises(errors.MistralError) as caught:
        (world.stream if streamed else world.complete)(client, **ASK)
    return caught.value


def status_failure(
    world: World, body: object, status: int, *, streamed: bool = False, **headers: str
) -> errors.SDKError:
    """Make a call that is answered with this body and status, and return the error that it raises."""
    error = failure(world, answer(body, status, **headers), streamed=streamed)
    assert isinstance(error, errors.SDKError)
    return error


@each_world
@pytest.mark.parametrize("streamed", [False, True])
def test_every_status(world: World, *, streamed: bool) -> None:
    """Every status but 200 raises its class of error, with status, headers, body, request id and number of attempts."""
    for status in (201, 204, 299, 302, *range(400, 600)):
        body = b"" if status == 204 else b'{"detail": "So it is"}'
        error = status_failure(world, body, status, streamed=streamed, x_request_id="r-1", x_other="2")
        assert (type(error), error.attempts) == STATUSES.get(status, (errors.SDKError, 1))
        assert (error.status_code, error.body, error.request_id) == (status, body, "r-1")
        assert error.headers["X-Other"] == "2"
        assert str(status) in str(error)


@each_world
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"detail": "Unauthorized"}, "Unauthorized"),
        ({"detail": [PROBLEM]}, "body.messages.0: Field required"),
        ({"detail": [PROBLEM, {**PROBLEM, "loc": ["body", "n"], "msg": "Too many"}]}, "body.n: Too many"),
        (FLAT, "No such agent"),
        ({**FLAT, "message": {"detail": [PROBLEM]}}, "Field required"),
        ({**FLAT, "message": {"detail": "In words"}}, "In words"),
        ({"error": {"message": "Nested"}}, "Nested"),
        ({"message": "Plain", "request_id": "r"}, "Plain"),
        (b"<html><body>Bad gateway</body></html>", "Bad gateway"),
        (b"upstream is gone", "upstream is gone"),
        (b"\xff\xfe\x00", "status 400"),
        (b"", "status 400"),
        (b"[]", "status 400"),
        (b"null", "status 400"),
        ({"detail": [5, None, {"loc": 5}]}, "status 400"),
        (b'{"detail": ' + b"9" * 5_000 + b"}", "status 400"),
        (b'{"detail": ' * 100_000, "status 400"),
    ],
)
def test_what_the_service_says(world: World, body: object, said: str) -> None:
    """The error's message repeats the text of an error body, whatever its form; `error.body` is the body unchanged."""
    made = answer(body, 400)
    error = failure(world, made)
    assert isinstance(error, errors.SDKError)
    assert (said in str(error), error.body) == (True, made.pieces[0])


@pytest.mark.parametrize("start", [b"", b'{"detail": "', b'{"message": {"detail": ["', b"<html>"])
def test_a_huge_body(start: bytes) -> None:
    """`error.body` is the whole of a huge error body; the message has only its beginning."""
    body = start + b"x" * 5_000_000 + (b'"}' if start == b'{"detail": "' else b'"]}}')
    error = status_failure(WORLDS[0], body, 500)
    assert error.body == body
    assert len(str(error)) < 1_000


@each_world
def test_validation_details_are_typed(world: World) -> None:
    """The details of status 422 are models."""
    error = status_failure(world, {"detail": [PROBLEM]}, 422)
    assert isinstance(error, errors.HTTPValidationError)
    assert isinstance(error.detail, list)
    (problem,) = error.detail
    assert isinstance(problem, ValidationError)
    assert (problem.loc, problem.msg, problem.type) == (["body", "messages", 0], "Field required", "missing")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"detail": "In words"}, "In words"),
        ({"detail": []}, None),
        ({"detail": None}, None),
        ({"detail": {"a": 1}}, None),
        ({"detail": [5]}, None),
        ({"detail": 5}, None),
        ({"detail": True}, None),
        ({}, None),
        ([PROBLEM], None),
        (b"<html>", None),
        (b"", None),
        (b'{"detail": ' + b"9" * 5_000 + b"}", None),
        (b"[" * 100_000, None),
    ],
)
def test_validation_details_that_are_not_in_the_contracts_form(body: object, detail: object) -> None:
    """`detail` is the text if the service sent a text, and None if it sent no details in the contract's form."""
    error = status_failure(WORLDS[0], body, 422)
    assert isinstance(error, errors.HTTPValidationError)
    assert error.detail == detail


HTML = b"<!DOCTYPE html><title>Sign in</title>"
CHOICE = ANSWER["choices"][0]


@each_world
@pytest.mark.parametrize(
    ("made", "said"),
    [
        (answer(b""), "empty"),
        (answer(b"", content_type=None), "empty"),
        (answer(b"{"), "JSON"),
        (answer(b"\xff{}"), "JSON"),
        (answer(HTML), "JSON"),
        (answer(HTML, content_type=None), "JSON"),
        (answer(HTML, content_type="text/html; charset=utf-8"), "text/html"),
        (answer(WHOLE_STREAM, content_type="text/event-stream"), "text/event-stream"),
        (answer(b"Hi", content_type="text/plain"), "text/plain"),
        (answer([ANSWER]), "got a list"),
        (answer(None), "got null"),
        (answer(5), "expected an object"),
        (answer({"error": {"message": "No more"}}), "No more"),
        (answer({"object": "error", "message": "No more", "type": "t", "param": None, "code": "1"}), "No more"),
        (answer({"detail": "No more"}), "No more"),
        (answer({**ANSWER, "choices": {}}), "choices"),
        (answer({**ANSWER, "usage": 5}), "usage"),
        (answer({**ANSWER, "choices": [CHOICE, 5]}), "choices[1]"),
        (answer({**ANSWER, "choices": [{**CHOICE, "message": []}]}), "choices[0].message"),
        (answer({**ANSWER, "choices": [{**CHOICE, "message": {"tool_calls": [5]}}]}), "message.tool_calls[0]"),
        (answer(b'{"choices": [], "created": ' + b"1" * 5_000 + b"}"), "JSON"),
        (answer(b'{"choices": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"), "too deep"),
    ],
)
def test_answers_that_cannot_be_read(world: World, made: Answer, said: str) -> None:
    """A body with status 200 that does not fit the contract raises an error that names the place and keeps the body."""
    error = failure(world, made)
    assert isinstance(error, errors.ResponseValidationError)
    assert (said in str(error), error.body, error.attempts) == (True, made.pieces[0], 1)
    assert len(str(error)) < 1_000


FAILURES: dict[str, tuple[Answer | Exception, bool]] = {
    "status": (answer({"detail": "Slow down"}, 429, x_request_id="r-1"), False),
    "validation": (answer({"detail": [PROBLEM]}, 422), True),
    "connection": (httpx.ConnectError("refused"), False),
    "timeout": (httpx.ReadTimeout("late"), True),
    "json": (answer(b"{"), False),
    "contract": (answer({"choices": 5}), False),
    "truncated": (stream(sse(chunk("a")), httpx.ReadError("gone")), True),
    "event": (stream(sse(chunk("a"), {"error": {"message": "no", "type": "t", "code": 7}})), True),
}


@each_world
@pytest.mark.parametrize("name", FAILURES)
def test_errors_can_be_pickled(world: World, name: str) -> None:
    """An error survives pickling; of its cause the pickle keeps only a summary, without request and key."""
    made, streamed = FAILURES[name]
    error = failure(world, made, streamed=streamed)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        data = pickle.dumps(error, protocol)
        copied = pickle.loads(data)  # noqa: S301  # made one line above
        cause = error.__cause__ and f"{type(error.__cause__).__name__}: {error.__cause__}"
        assert (type(copied), str(copied), copied.args) == (type(error), str(error), error.args)
        assert copied.__dict__ == {**error.__dict__, "cause_summary": cause}
        again = pickle.loads(pickle.dumps(copied, protocol))  # noqa: S301  # made here
        assert again.__dict__ == copied.__dict__
        assert (KEY.encode() in data, b"Request" in data) == (False, False)


def test_bad_arguments_can_be_pickled() -> None:
    """An error that was raised before anything was sent is still a ValueError after pickling."""
    with pytest.raises(errors.InvalidArgumentError) as caught:
        WORLDS[0].complete(seam().client(), **ASK, metadata={"a": {1}})
    copied = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # made here
    assert (type(copied), str(copied)) == (errors.InvalidArgumentError, str(caught.value))
    assert str(copied.cause_summary).startswith("ValueError: ")


@each_world
@pytest.mark.parametrize(
    ("made", "streamed", "cause"),
    [
        (httpx.ConnectError("refused"), False, httpx.ConnectError),
        (httpx.ConnectError("refused"), True, httpx.ConnectError),
        (stream(sse(chunk("a")), httpx.ReadError("gone")), True, httpx.ReadError),
        (answer(b"{"), False, json.JSONDecodeError),
        (stream(sse("{")), True, json.JSONDecodeError),
        (answer(b"[" * 100_000), False, RecursionError),
    ],
)
def test_the_cause_is_kept(world: World, made: Answer | Exception, cause: type[Exception], *, streamed: bool) -> None:
    """The `__cause__` of our error is the error that led to it."""
    assert type(failure(world, made, streamed=streamed).__cause__) is cause


@each_world
@pytest.mark.parametrize("streamed", [False, True])
# HTTP allows no blank at the end of a header. h11 raises an error that quotes such a header.
@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_the_key_is_nowhere(world: World, blank: str, caplog: pytest.LogCaptureFixture, *, streamed: bool) -> None:
    """No error, traceback, log line or pickle contains the key, even if the key cannot be sent."""
    caplog.set_level(logging.DEBUG)
    seen = []
    with StubServer() as stub, socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # it does not listen, so connections to it are refused
        for url in (f"{stub.url}/nowhere", f"http://127.0.0.1:{deaf.getsockname()[1]}"):
            try:
                client = Mistral(KEY + blank, server_url=url, retry_config=AT_ONCE)
                (world.stream if streamed else world.complete)(client, **ASK)
            except errors.MistralError as error:
                trace = "".join(traceback.format_exception(error))
                seen += [str(error), repr(error), trace, pickle.dumps(error).decode("latin-1")]
    assert len(seen) == 8
    assert [text for text in [*seen, caplog.text] if KEY in text] == []
