"""A strict stub: each unexpected request is an error at the end of the test, with the request and the reason."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from client_settings import ANY_KEY, NO_CERTIFICATES
from completion_payloads import ASK
from mistral_agents import Mistral
from mistral_agents.errors import SDKError
from mistral_agents.testing import Recorder, Reply, StubError, StubServer, by_operation, completion, in_turn, json_reply
from mistral_agents.testing.openapi.contract import PATH

JSON = {"Authorization": "Bearer the-secret-key", "Content-Type": "application/json"}

NO_TAG = "does not match any of the expected tags: 'system', 'user', 'assistant', 'tool'"


def post(stub: StubServer, body: object = ASK) -> httpx.Response:
    """Post a body as JSON, with a key."""
    with httpx.Client(trust_env=False, verify=NO_CERTIFICATES) as http:
        return http.post(stub.url + PATH, json=body, headers=JSON)


def complaint(respond: Any, *bodies: object) -> tuple[StubError, list[httpx.Response]]:
    """Return what a strict stub with this script raises after these requests, and what it answered."""
    answers: list[httpx.Response] = []
    with pytest.raises(StubError) as caught, StubServer(respond=respond, strict=True) as stub:
        answers += [post(stub, body) for body in bodies]
    return caught.value, answers


def test_expected_requests_are_no_error() -> None:
    """Requests that fit the contract and the script are no error, even if the script answers with an error status."""
    respond = in_turn(json_reply({"detail": "Busy"}, 503), completion("Yes."), None)
    with StubServer(respond=respond, strict=True) as stub:
        found = [post(stub).status_code for _ in range(3)]
    assert found == [503, 200, 200]
    stub.verify()


def test_usual_answers_without_a_script() -> None:
    """Without a script, every request that fits the contract gets the usual answer."""
    with StubServer(strict=True) as stub:
        assert [post(stub).status_code for _ in range(3)] == [200] * 3


def test_request_that_does_not_fit_the_contract() -> None:
    """A request that does not fit the contract is refused, uses no scripted answer, and each mistake is reported."""
    robot = {**ASK, "messages": [{"role": "robot", "content": "Hi"}], "n": 0}
    error, answers = complaint(in_turn(completion("Yes.")), ASK | {"messages": [{"role": "user"}]}, robot, ASK)
    assert [answer.status_code for answer in answers] == [422, 422, 200]
    assert str(error).splitlines() == [
        f"request 1 (POST {PATH}) was refused with 422: The body does not fit the contract",
        "  body.messages.0.content: Field required",
        f"request 2 (POST {PATH}) was refused with 422: The body does not fit the contract",
        f"  body.messages.0.role: Input tag 'robot' found using 'role' {NO_TAG}",
        "  body.n: Input should be greater than or equal to 1",
    ]


@pytest.mark.parametrize(
    ("method", "path", "headers", "reason"),
    [
        (
            "GET",
            "/v1/models",
            {},
            "404: There is nothing at /v1/models; the contract knows /v1/agents and /v1/conversations, for example",
        ),
        ("PUT", PATH, {}, "405: Use POST, not PUT"),
        ("POST", PATH, {"Authorization": ""}, "401: There is no key: send one as `Authorization: Bearer ...`"),
        ("POST", PATH, {"Content-Type": "text/plain"}, "415: The content type has to be application/json"),
    ],
)
def test_request_to_something_else(method: str, path: str, headers: dict[str, str], reason: str) -> None:
    """An unknown path or method, a missing key and a wrong content type are errors, whatever the script answers."""
    statuses: list[int] = []
    with (
        pytest.raises(StubError) as caught,
        StubServer(respond=in_turn(Reply(200)), strict=True) as stub,
        httpx.Client(base_url=stub.url, headers={**JSON, **headers}, trust_env=False, verify=NO_CERTIFICATES) as http,
    ):
        statuses.append(http.request(method, path, content="{}").status_code)
    assert str(caught.value) == f"request 1 ({method} {path}) was refused with {reason}"
    assert statuses == [int(reason[:3])]


def test_key_is_not_told() -> None:
    """Neither the error nor its cause shows the key that was sent."""
    error, _ = complaint(lambda request: request.json["no such field"], ASK, {})
    assert "secret" not in f"{error!r}{error}{error.__cause__!r}"


def test_script_that_has_ended() -> None:
    """After the last answer of `in_turn`, a request is refused, with a status for which clients do not retry."""
    error, answers = complaint(in_turn(json_reply({}, 503), None), ASK, ASK, ASK)
    assert [answer.status_code for answer in answers] == [503, 200, 400]
    assert str(error) == f"request 3 (POST {PATH}) was not expected: the script has only 2 answer(s)"
    assert answers[2].json()["message"] == str(error)
    assert error.__cause__ is None


@pytest.mark.parametrize(
    ("respond", "left"),
    [
        (in_turn(completion("a"), completion("b"), None), 2),
        (by_operation(agents_complete=in_turn(completion("a"), None)), 1),
        (by_operation(agents_complete=in_turn(None, None), agents_list=in_turn(None, None)), 3),
        (by_operation(agents_complete=completion("a"), agents_list=in_turn([])), 1),
        (by_operation(agents_complete=completion("a")), 0),
        (by_operation(agents_complete=by_operation(agents_complete=in_turn(None, None, None))), 2),
    ],
)
def test_answers_that_nobody_asked_for(respond: Any, left: int) -> None:
    """Unused answers of `in_turn` are an error at the end, also inside `by_operation`."""
    error = ""
    try:
        with StubServer(respond=respond, strict=True) as stub:
            assert post(stub).status_code == 200
    except StubError as caught:
        error = str(caught)
    assert error == (f"the script has {left} more answer(s), for which there was no request" if left else "")


def test_script_that_is_replaced_too_early() -> None:
    """Unused answers of a script that was replaced are an error at the end, also after a reset."""
    stub = StubServer(respond=in_turn(None, None, None), strict=True).start()
    post(stub)
    stub.reset()
    stub.replace_script(in_turn(None, None))
    stub.respond = by_operation(agents_complete=in_turn(None, None))
    post(stub)
    stub.close()
    assert stub.unused == [
        "the script has 1 more answer(s), for which there was no request",
        "replaced scripts have 4 more answer(s), for which there was no request",
    ]
    stub.verify()
    with pytest.raises(StubError, match=r"replaced scripts have 4 more answer\(s\)"):
        stub.verify(ended=True)


def test_answers_that_several_operations_share() -> None:
    """The unused answers of an `in_turn` count once, also if several operations and a replaced script share it."""
    shared = in_turn(None, None, None)
    stub = StubServer(respond=by_operation(agents_complete=shared, agents_list=shared), strict=True).start()
    post(stub)
    stub.respond = by_operation(agents_complete=shared, agents_get=in_turn(None))
    post(stub)
    stub.respond = by_operation(agents_complete=shared)
    stub.close()
    assert stub.unused == [
        "the script has 1 more answer(s), for which there was no request",
        "replaced scripts have 1 more answer(s), for which there was no request",
    ]


def test_script_that_is_used_again() -> None:
    """A script that is set aside and used again is counted once; one that was edited in its file is not counted."""
    first = in_turn(None, None)
    with StubServer(respond=first, strict=True) as stub:
        stub.respond = in_turn(None)
        post(stub)
        stub.respond = first
        assert [each[:18] for each in stub.unused] == ["the script has 2 m"]
        stub.replace_script(in_turn(None), edited=True)
        post(stub)


@pytest.mark.parametrize("again", [False, True])
def test_recorded_answers_that_nobody_asked_for(tmp_path: Path, *, again: bool) -> None:
    """A strict stub complains about the recorded answers that it has never sent, not even before a reset."""
    path = tmp_path / "recording.yaml"
    bodies = [{**ASK, "n": number} for number in (1, 2, 3)]
    with StubServer() as service, StubServer(record=Recorder(path, service.url)) as stub:
        for body in bodies:
            post(stub, body)
    stub = StubServer(replay=path, strict=True).start()
    assert [post(stub, body).status_code for body in bodies[:2]] == [200, 200]
    if again:
        stub.reset()
        assert [post(stub, body).status_code for body in bodies[1:]] == [200, 200]
    stub.close()
    unused = [] if again else ["the recording has 1 more answer(s), for which there was no request"]
    assert (stub.complaints, stub.unused) == ([], unused)


def fails(_: object) -> None:
    """A script that fails with `pytest.fail`, as a test may."""
    pytest.fail("the second question was expected")


@pytest.mark.parametrize(
    ("respond", "cause", "reason"),
    [
        (lambda request: request.json["model"], KeyError, " raised KeyError: 'model'"),
        (lambda _: open("no-such-file"), RuntimeError, "raised FileNotFoundError: [Errno 2]"),  # noqa: SIM115, PTH123  # it fails
        (fails, pytest.fail.Exception, " raised Failed: the second question was expected"),
        (lambda _: "Yes.", ValueError, "returned a wrong answer: respond returned str: return a Reply, "),
        (
            lambda _: {"choices": [{"index": "0"}]},
            ValueError,
            "\n  body.choices.0.index: Input should be a valid integer",
        ),
        (lambda _: {"detail": "Busy"}, ValueError, "\n  body.choices: Field required"),
        (lambda _: ["Yes."], ValueError, "returned a wrong answer: respond returned list: return a Reply, "),
    ],
)
def test_script_that_raises(respond: Callable[[Any], Any], cause: type[BaseException], reason: str) -> None:
    """If a script raises, or returns something that is not an answer, the error at the end has this as its cause."""
    error, (answer,) = complaint(respond, ASK)
    line = f"request 1 \\(POST {PATH}\\) was not answered, since the script \\({__file__}, line [0-9]+\\) "
    assert re.match(line, str(error)) is not None
    assert reason in str(error)
    assert isinstance(error.__cause__, cause)
    assert (answer.status_code, answer.json()["message"]) == (400, str(error))


def test_answers_in_turn_for_the_wrong_operation() -> None:
    """If `in_turn` gives an operation the answer of another one, the error says how to give each its own."""
    with pytest.raises(StubError) as caught, StubServer(strict=True, respond=in_turn(completion("Hi"))) as stub:
        httpx.get(f"{stub.url}/v1/conversations", headers=ANY_KEY, verify=NO_CERTIFICATES)
    message = str(caught.value)
    assert ("returned a wrong answer: " in message, message.endswith("use by_operation.")) == (True, True)


def breaking_off() -> Iterator[bytes]:
    """A body that fails after its first piece."""
    yield b"data: {}\n\n"
    raise LookupError("no more pieces")


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(200, (), breaking_off()), "connection 0 broke off: LookupError: no more pieces"),
        (Reply(200, (), ["text"]), "connection 0 broke off: TypeError: "),  # type: ignore[list-item]  # no bytes
        (Reply(200, [("content-length", "9")], [b"short"]), "connection 0 broke off: LocalProtocolError: Too little"),
    ],
)
def test_reply_that_breaks_off(reply: Reply, reason: str) -> None:
    """A reply that fails while it is sent is an error, too."""
    with (
        pytest.raises(StubError, match=reason),
        StubServer(respond=in_turn(reply), strict=True) as stub,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        post(stub)


def test_error_of_the_test_is_the_context() -> None:
    """If the test fails, too, the stub's error is raised, with the test's error as its `__context__`."""
    with (
        pytest.raises(StubError) as caught,
        StubServer(strict=True) as stub,
        Mistral("a", server_url=stub.url) as client,
    ):
        client.agents.complete(agent_id="ag_1", messages=[{"role": "robot", "content": "Hi"}])  # type: ignore[list-item]  # wrong on purpose
    assert isinstance(caught.value.__context__, SDKError)
    assert caught.value.__suppress_context__ is False  # Python prints both


def test_interrupt_goes_first() -> None:
    """The stub's error does not replace a KeyboardInterrupt."""
    stub = StubServer(strict=True)

    def interrupted() -> None:
        with stub:
            post(stub, {})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with pytest.raises(StubError, match=r"body\.messages: Field required"):
        stub.verify()


def test_another_stub_is_not_strict() -> None:
    """Without `strict`, nothing is raised at the end, and the last answer of a script is repeated."""
    with StubServer(respond=in_turn(completion("Yes."))) as stub:
        found = [post(stub, body).status_code for body in (ASK, ASK, {})]
    assert found == [200, 200, 422]
    stub.verify()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_script_that_raises_without_strict() -> None:
    """Without `strict`, an error of the script is the answer, and is also reported as an error of the stub's thread."""
    errors: list[type[BaseException]] = []
    before, threading.excepthook = threading.excepthook, lambda failure: errors.append(failure.exc_type)
    try:
        with StubServer(respond=lambda request: request.json["model"]) as stub:
            answer = post(stub)
    finally:
        threading.excepthook = before
    assert (errors, answer.status_code) == ([KeyError], 400)
    assert "raised KeyError: 'model'" in answer.json()["message"]


def test_an_answer_is_no_script() -> None:
    """An answer instead of a function is refused at once; the error says what was given and what was expected."""
    wrong: Any = completion("It rains.")
    with pytest.raises(TypeError, match=r"such as `lambda _: answer`, or in_turn\(answer, \.\.\.\), not dict"):
        StubServer(respond=wrong)
    with StubServer(respond=in_turn(None)) as stub:
        before = stub.respond
        with pytest.raises(TypeError, match=r"or in_turn\(answer, \.\.\.\), not dict"):
            stub.respond = wrong
        assert stub.respond is before
