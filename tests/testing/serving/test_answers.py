"""Short scripts: the stub completes the answer of a script, and sends it whole or as a stream, as the request asks."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from tools.checkout import ROOT

from client_settings import ANY_KEY
from mistral_agents import Mistral, testing
from mistral_agents.errors import StreamEventError, StreamTruncatedError
from mistral_agents.testing import (
    HangUp,
    RecordedRequest,
    StubError,
    StubServer,
    by_operation,
    choices,
    chunk,
    chunks,
    completion,
    error_event,
    in_turn,
    json_reply,
    outputs,
    stream_reply,
    thinking,
    tool_call,
)
from mistral_agents.testing.openapi.contract import PATH, load_contract

ASK: dict[str, Any] = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Is it raining in Lyon?"}]}
USAGE = {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}
THOUGHT = {"type": "thinking", "thinking": [{"type": "text", "text": "Lyon is a city."}]}
WEATHER = {"type": "function", "function": {"name": "get_weather", "arguments": '{"city": "Lyon, Orléans"}'}}
TIME = {"type": "function", "function": {"name": "get_time", "arguments": "{"}}
LOGPROBS = {"content": [{"token": "Yes.", "token_id": 1, "logprob": -0.5, "bytes": [89], "top_logprobs": []}]}

ANSWERS: dict[str, dict[str, Any]] = {
    "text": completion("It is ", "not."),
    "nothing": completion(),
    "cut off": completion("It is", finish_reason="length"),
    "calls": completion(tool_call("get_weather", {"city": "Lyon, Orléans"}), tool_call("get_time", "{")),
    "arguments as an object": completion({"function": {"name": "get_time", "arguments": {"zone": None}}}),
    "thought": completion(thinking("Lyon is a city."), "No, it is not."),
    "thought, text and call": completion(thinking("Hm."), "No.", tool_call("get_time")),
    "parts": completion({"type": "image_url", "image_url": "https://example.org/a.png"}, "A map."),
    "choices": choices(
        completion("Yes, it is."), completion("No.", finish_reason="length"), completion(tool_call("f"))
    ),
    "usage": completion("Yes.") | {"usage": USAGE},
    "all its own": {"id": "a1", "model": "m", "created": 1, "object": "chat.completion", **completion("Yes.")},
    "probabilities": {"choices": [{**completion("Yes.")["choices"][0], "logprobs": LOGPROBS}]},
}


def message(answer: dict[str, Any]) -> Any:
    """Return the message of an answer's first choice."""
    return answer["choices"][0]["message"]


def test_completion() -> None:
    """Texts become one string, other parts become a list. Calls are numbered. The finish reason fits the content."""
    assert message(ANSWERS["text"]) == {"role": "assistant", "content": "It is not."}
    assert message(ANSWERS["nothing"])["content"] == ""
    assert message(ANSWERS["thought"])["content"] == [THOUGHT, {"type": "text", "text": "No, it is not."}]
    calls = [{"id": "call00000", **WEATHER, "index": 0}, {"id": "call00001", **TIME, "index": 1}]
    assert message(ANSWERS["calls"]) == {"role": "assistant", "content": "", "tool_calls": calls}
    assert message(completion(tool_call("f") | {"id": "mine"}))["tool_calls"][0]["id"] == "mine"
    reasons = {name: answer["choices"][0]["finish_reason"] for name, answer in ANSWERS.items()}
    assert {name for name in reasons if reasons[name] == "tool_calls"} == {
        *("calls", "arguments as an object", "thought, text and call")
    }
    assert (reasons["text"], reasons["cut off"]) == ("stop", "length")


def test_choices() -> None:
    """Several answers become one, with the choices of all of them, numbered anew."""
    answer = choices(completion("a") | {"id": "a1"}, choices(completion("b"), completion("c")))
    assert [(choice["index"], choice["message"]["content"]) for choice in answer["choices"]] == [*enumerate("abc")]
    assert answer["id"] == "a1"


@pytest.mark.parametrize("scripted", ANSWERS.values(), ids=ANSWERS.keys())
def test_answer_is_sent_whole_or_as_a_stream(scripted: dict[str, Any]) -> None:
    """A scripted answer fits the contract, whole and in chunks. Both are equal, and have what the script left out."""
    with StubServer(respond=lambda _: scripted, strict=True) as stub, Mistral("any", server_url=stub.url) as client:
        whole = client.agents.complete(**ASK).to_dict()
        streamed = client.agents.stream(**ASK).get_final_response().to_dict()
    assert streamed == whole
    assert {name: whole[name] for name in scripted} == scripted
    assert {"id", "object", "created", "model", "usage"} <= set(whole)
    problems = [load_contract().answer_problems(200, whole), *map(load_contract().chunk_problems, chunks(whole))]
    assert problems == [[]] * len(problems)


def test_usage_is_counted() -> None:
    """If a scripted answer has no usage, the stub counts the words of the request and of everything in the answer."""
    answer = completion(thinking("Lyon is a city."), "No.", tool_call("get_weather", {"city": "Lyon"}))
    with StubServer(respond=in_turn(answer)) as stub, Mistral("any", server_url=stub.url) as client:
        usage = client.agents.complete(**ASK).usage
    assert usage
    assert usage.to_dict() == {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}


def test_chunks_of_an_answer() -> None:
    """An answer has chunks for its role, for each word, and for the end with the usage. A stream may end early."""
    pieces = chunks(completion("It rains.") | {"usage": USAGE, "id": "a1", "object": "chat.completion"})
    said = [piece["choices"][0]["delta"].get("content") for piece in pieces]
    assert said == ["", "It", " rains.", ""]
    assert [piece.get("usage") for piece in pieces] == [None, None, None, USAGE]
    assert {(piece["id"], piece["object"]) for piece in pieces} == {("a1", "chat.completion.chunk")}
    assert chunks({"choices": []}) == [{"choices": []}]
    cut_off = stream_reply(*pieces[:2], HangUp())
    with StubServer(respond=in_turn(cut_off)) as stub, Mistral("any", server_url=stub.url) as client:
        stream = client.agents.stream(**ASK)
        with pytest.raises(StreamTruncatedError) as caught:
            stream.get_final_response()
    assert caught.value.partial
    assert message(caught.value.partial.to_dict())["content"] == "It"


def test_error_in_a_stream() -> None:
    """One line of a script makes a stream in which an error follows the first words."""
    respond = in_turn(stream_reply(chunk("It"), error_event("Overloaded", "overloaded", 503)))
    with StubServer(respond=respond) as stub, Mistral("any", server_url=stub.url) as client:
        stream = client.agents.stream(**ASK)
        with pytest.raises(StreamEventError, match="Overloaded"):
            stream.get_final_response()
    assert len(stub.requests) == 1


def scripts_of_the_guide() -> list[str]:
    """Return the scripts from the tables of docs/contract-testing.md: for answers of an agent, and for faults."""
    guide = (ROOT / "docs" / "contract-testing.md").read_text(encoding="utf-8")
    return re.findall(r"^\| .* \| `(.*)` \|$", guide, re.MULTILINE)


@pytest.mark.parametrize("written", scripts_of_the_guide())
def test_script_of_the_guide(written: str) -> None:
    """Each script of the guide is an answer that fits the contract, a reply, or None."""
    answer = eval(written, {name: getattr(testing, name) for name in testing.__all__})  # noqa: S307  # our own
    if isinstance(answer, dict) and "outputs" in answer:
        ask = {"inputs": "The weather?", "agent_id": "ag_1"}
        with StubServer(respond=lambda _: answer, strict=True) as stub:
            stub.agents.add(id="ag_1", name="Guide", model="m")
            found = [post(stub, {**ask, "stream": stream}, "/v1/conversations") for stream in (False, True)]
        assert [each.status_code for each in found] == [500 if "failure" in answer else 200, 200]
    elif isinstance(answer, dict):
        assert load_contract().answer_problems(200, answer) == []
    else:
        assert answer is None or isinstance(answer, testing.Reply)


def post(stub: StubServer, body: object, path: str = PATH) -> httpx.Response:
    """Post a body as JSON."""
    with httpx.Client(headers=ANY_KEY, trust_env=False) as http:
        return http.post(stub.url + path, json=body)


def test_answer_needs_a_request_that_fits() -> None:
    """A scripted answer is sent only if the request fits the contract. A scripted reply is sent for any request."""
    with StubServer(respond=in_turn(*[completion("Yes.")] * 3, json_reply({}, 299))) as stub:
        answers = [post(stub, body, path) for path in (PATH, "/else") for body in ({}, ASK)]
    assert [answer.status_code for answer in answers] == [422, 200, 404, 299]


def test_fill_in_the_middle_can_be_scripted() -> None:
    """A scripted answer is also streamed for a fill-in-the-middle request."""
    with StubServer(respond=in_turn(completion(" a + b"))) as stub, Mistral("any", server_url=stub.url) as client:
        text = "".join(client.agents.stream(model="codestral-2405", prompt="def").text())
    assert text == " a + b"


def test_script_can_be_replaced() -> None:
    """The script of an open stub can be replaced. The next answer comes from the new one."""

    def respond(request: RecordedRequest) -> dict[str, Any]:
        return completion(f"You are {request.json['agent_id']}.")

    with StubServer() as stub:
        stub.respond = respond
        answer = post(stub, ASK).json()
    assert message(answer)["content"] == "You are ag_1."


@pytest.mark.parametrize(
    ("script", "where"),
    [
        ({"agents_gett": [None]}, "no operation 'agents_gett'"),
        ([{"reply": {"headers": {"a b": "x"}}}], "script[0].reply.headers: 'a b'"),
        ([{"reply": {"headers": {"x": "a\r\nb: c"}}}], "script[0].reply.headers: 'x'"),
        ([{"reply": {"headers": {"x": "\u20ac"}}}], "script[0].reply.headers: 'x'"),
        ([{"reply": {}, "x": 1}], "script[0]: unknown field 'x'"),
        ([{"outputs": 5}], "script[0].outputs: expected a list"),
        ([{"outputs": [], "failure": {"message": "No"}}], "script[0].failure: expected"),
        ([{"stream": [{"hang_up": "rest"}]}], "script[0].stream[0].hang_up: expected"),
        ([{"stream": [{"wait_seconds": -1}]}], "script[0].stream[0].wait_seconds: expected"),
        ([{"stream": [{"wait_seconds": "x"}]}], "script[0].stream[0].wait_seconds: expected"),
        ([{"stream": [{"text": "a", "pause": 1}]}], "script[0].stream[0]: unknown field 'pause'"),
    ],
)
def test_mistake_in_a_script_is_refused_with_its_place(script: Any, where: str) -> None:
    """A script with a mistake gets 400 and the place of the mistake, and the old script stays."""
    with StubServer() as stub:
        answer = httpx.post(f"{stub.url}/_stub/script", json=script, trust_env=False)
        assert (answer.status_code, stub.respond) == (400, None)
    assert where in answer.json()["message"]


def test_script_for_an_operation_that_does_not_exist() -> None:
    """A `by_operation` with an unknown name is refused at once, also if it is set later."""
    wrong = by_operation(conversation_start=outputs("x"))
    with pytest.raises(ValueError, match="no operation 'conversation_start'; did you mean 'conversations_start'"):
        StubServer(respond=wrong)
    stub = StubServer()
    with pytest.raises(ValueError, match="no operation 'conversation_start'"):
        stub.respond = wrong


def test_failure_without_a_code() -> None:
    """A scripted failure needs a message and a code; the stub says so."""
    stub = StubServer(strict=True, respond=lambda _: {"outputs": [], "failure": {"message": "No"}}).start()
    body = {"model": "m", "inputs": "Hi"}
    httpx.post(f"{stub.url}/v1/conversations", headers=ANY_KEY, json=body, trust_env=False)
    stub.close()
    with pytest.raises(StubError, match="a failure needs a message and a code"):
        stub.verify()
