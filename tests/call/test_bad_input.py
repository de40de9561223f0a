"""Invalid arguments: the error names each of them, and nothing is sent."""

from __future__ import annotations

import math
from typing import Any

import httpx
import pytest

from completion_payloads import ASK, FILL_IN
from mistral_agents import BackoffStrategy, Mistral, RetryConfig
from mistral_agents.errors import InvalidArgumentError
from seam import seam
from worlds import WORLDS, World, each_world

BLOCKING = WORLDS[0]


def refused(world: World, options: dict[str, Any], arguments: dict[str, Any], *, streamed: bool = False) -> str:
    """Return the message of the error that a call raises; check that the call sent nothing."""
    network = seam()
    with pytest.raises(InvalidArgumentError) as caught:
        (world.stream if streamed else world.complete)(network.client(**options), **arguments)
    assert network.requests == []
    assert (isinstance(caught.value, ValueError), caught.value.attempts) == (True, 0)
    return str(caught.value)


def nested(depth: int) -> list[Any]:
    """Make a list in a list in a list, and so on, to this depth."""
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def circular() -> dict[str, Any]:
    """Make a dict that contains itself."""
    value: dict[str, Any] = {}
    value["self"] = value
    return value


@each_world
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("key", ["", 5, b"key", lambda: "", lambda: None, lambda: 5, ["key"]])
def test_an_invalid_key(world: World, key: Any, *, streamed: bool) -> None:
    """A key that is empty or not a str is refused, given as a value or by a function; the message names api_key."""
    assert "api_key" in refused(world, {"api_key": key}, ASK, streamed=streamed)


@pytest.mark.parametrize("key", [5, b"key", ["key"]])
def test_a_key_of_a_wrong_type(key: Any) -> None:
    """A key that is neither a text nor a function is refused when the client is made, and not shown."""
    with pytest.raises(
        InvalidArgumentError, match=r"^api_key must be of the type str, not (int|bytes|list)$"
    ) as caught:
        Mistral(key)
    assert repr(key) not in str(caught.value)


@each_world
@pytest.mark.parametrize("value", [None, ""])
def test_no_key(world: World, value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """If neither the arguments nor the environment have a key, the message names both places."""
    monkeypatch.delenv("MISTRAL_API_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("MISTRAL_API_KEY", value)
    message = refused(world, {"api_key": None}, ASK)
    assert ("api_key" in message, "MISTRAL_API_KEY" in message) == (True, True)


@each_world
@pytest.mark.parametrize("mark", ["\n", "\r", "\0", "\x7f", "é", "\u2028", "\ud800"])
def test_a_key_that_a_header_cannot_hold(world: World, mark: str) -> None:
    """A key with a control character or a character beyond ASCII is refused; the message does not quote the key."""
    for make in (lambda: f"secret{mark}word", f"secret{mark}word"):
        message = refused(world, {"api_key": make}, ASK)
        assert ("api_key" in message, "secret" in message, "word" in message) == (True, False, False)


ARGUMENTS: list[tuple[str, dict[str, Any]]] = [
    ("messages", {}),
    ("messages", {"agent_id": "ag_1"}),
    ("messages", {**ASK, "messages": []}),
    ("messages", {**ASK, "messages": None}),
    ("messages", {**ASK, "messages": "Hello"}),
    ("messages", {**ASK, "messages": b"Hello"}),
    ("messages", {**ASK, "messages": ASK["messages"][0]}),
    ("messages", {**ASK, "messages": 5}),
    ("messages", {**ASK, "messages": iter(ASK["messages"])}),
    ("messages", {**ASK, "messages": {"Hello"}}),
    ("messages", {**ASK, "messages": [{"role": "user", "content": b"Hello"}]}),
    ("messages", {**ASK, "messages": [object()]}),
    ("messages", {**ASK, "messages": [circular()]}),
    ("agent_id", {"messages": ASK["messages"]}),
    ("agent_id", {**ASK, "agent_id": ""}),
    ("agent_id", {**ASK, "agent_id": None}),
    ("agent_id", {**ASK, "agent_id": 5}),
    ("metadata", {**ASK, "metadata": {"a": {1, 2}}}),
    ("metadata", {**ASK, "metadata": circular()}),
    ("metadata", {**ASK, "metadata": nested(100_000)}),
    ("metadata", {**ASK, "metadata": {("a", "b"): 1}}),
    ("presence_penalty", {**ASK, "presence_penalty": math.nan}),
    ("presence_penalty", {**ASK, "presence_penalty": -math.inf}),
    ("random_seed", {**ASK, "random_seed": 10**5_000}),
    ("stop", {**ASK, "stop": [object()]}),
    ("future", {**ASK, "extra_body": {"past": 1, "future": {1}}}),
    ("extra_body", {**ASK, "extra_body": ["max_tokens"]}),
    ("extra_body", {**ASK, "extra_body": "max_tokens"}),
    ("extra_body", {**ASK, "extra_body": 5}),
    ("extra_body", {**ASK, "extra_body": []}),
]
LIMITS: list[Any] = [0, -1, math.nan, math.inf, True, "5", [5]]
# Too large to be divided as a float, and too large for the timeout of a socket.
LIMITS += [10**400, 1e18]


@each_world
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(("name", "arguments"), ARGUMENTS)
def test_arguments(world: World, name: str, arguments: dict[str, Any], *, streamed: bool) -> None:
    """The error names an argument that is missing, has a wrong type, or cannot be written as JSON."""
    assert name in refused(world, {}, arguments, streamed=streamed)


@each_world
@pytest.mark.parametrize("streamed", [False, True])
def test_an_unknown_keyword(world: World, *, streamed: bool) -> None:
    """A keyword that the contract does not have raises a TypeError that names it, as in Python."""
    network = seam()
    with pytest.raises(TypeError, match="'max_tokns'"):
        (world.stream if streamed else world.complete)(network.client(), **ASK, max_tokns=5)
    assert network.requests == []


@each_world
@pytest.mark.parametrize(
    ("word", "arguments"),
    [
        ("messages", {**FILL_IN, "messages": ASK["messages"]}),
        ("agent_id", {**FILL_IN, "agent_id": "ag_1"}),
        ("model", {**ASK, "model": "m"}),
        ("prompt", {**ASK, "prompt": "def"}),
        ("prompt", {"model": "m"}),
        ("prompt", {"model": "m", "prompt": 5}),
        ("model", {"prompt": "def"}),
        ("stream", {**ASK, "stream": False}),
        ("stream", {**FILL_IN, "stream": False}),
    ],
)
def test_forms_of_a_stream(world: World, word: str, arguments: dict[str, Any]) -> None:
    """A stream's request must not mix arguments of two forms, lack a required one, or have `stream=False`."""
    assert word in refused(world, {}, arguments, streamed=True)


CHOICES = "Give messages and agent_id, or model and prompt"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({**ASK, "suffix": "x"}, f"suffix: cannot be combined with agent_id and messages. {CHOICES}"),
        ({"agent_id": "a", "temperature": 0.1}, f"temperature: cannot be combined with agent_id. {CHOICES}"),
        ({"agent_id": "a", "prompt": "x"}, f"prompt: cannot be combined with agent_id. {CHOICES}"),
        ({"agent_id": "a"}, f"messages: missing. {CHOICES}; got agent_id"),
        ({}, f"agent_id and messages: missing. {CHOICES}; got neither"),
    ],
)
def test_what_is_wrong_with_a_mixture(arguments: dict[str, Any], said: str) -> None:
    """The error names the arguments that belong to another form, or those that are missing, and all forms."""
    assert refused(World(None), {}, arguments, streamed=True) == said


@each_world
def test_a_stream_from_complete(world: World) -> None:
    """`complete(stream=True)` is refused."""
    assert "stream" in refused(world, {}, {**ASK, "stream": True})


HEADERS: list[tuple[str, object]] = [
    ("X-A", {"X-A": "a\nb"}),
    ("X-A", {"X-A": "a\r\nX-B: c"}),
    ("X-A", {"X-A": "a\0"}),
    ("X-A", {"X-A": "\x7f"}),
    ("X-A", {"X-A": "é"}),
    ("X-A", {"X-A": "\ud800"}),
    ("X-A", {"X-A": 5}),
    ("X-A", {"X-A": None}),
    ("5", {5: "a"}),
    ("''", {"": "a"}),
    ("X A", {"X A": "a"}),
    ("X:A", {"X:A": "a"}),
    ("X-A", {"X-A\n": "a"}),
    ("é", {"é": "a"}),
    ("X(A)", {"X(A)": "a"}),
    # These two headers frame the body; only the HTTP client may set them.
    ("Content-Length", {"Content-Length": "3"}),
    ("Transfer-Encoding", {"Transfer-Encoding": "chunked"}),
    ("http_headers", ["X-A"]),
    ("http_headers", "X-A: a"),
    ("http_headers", 5),
]


@each_world
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(("name", "headers"), HEADERS, ids=[repr(headers) for _, headers in HEADERS])
def test_headers(world: World, name: str, headers: object, *, streamed: bool) -> None:
    """A header that HTTP cannot send is refused by name, and so is an `http_headers` that is not a mapping."""
    message = refused(world, {}, {**ASK, "http_headers": headers}, streamed=streamed)
    assert (name in message, "http_headers" in message) == (True, True)


ADDRESSES: list[Any] = [
    "",
    "api.mistral.ai",
    "localhost:8000",
    "//api.mistral.ai",
    "https://",
    "https:///v1",
    "ftp://api.mistral.ai",
    "file:///etc/hosts",
    "https://api.mistral.ai?key=1",
    "https://api.mistral.ai/#part",
    "https://api.mistral.ai:99999",
    # Host names cannot have such labels; a socket would raise a UnicodeError.
    "https://api..mistral.ai",
    f"https://{'a' * 64}.mistral.ai",
    *(["https://xn--a"] if httpx.__name__ == "httpx" else []),  # httpx2 accepts it; a lookup of it fails
    "https://api.mistral.ai\n",
    "https://[::1",
    "https://user:hunter2@api.mistral.ai",
    "https://hunter2@api.mistral.ai",
    "https://user:hunter2@api.mistral.ai:99999",
    "ftp://user:hunter2@api.mistral.ai",
    "user:hunter2@api.mistral.ai",
    "http://api.mistral.ai",
    "http://10.0.0.1:8000",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "http://[::2]",
    5,
    b"https://api.mistral.ai",
]


@each_world
@pytest.mark.parametrize("per_call", [False, True])
@pytest.mark.parametrize("server_url", ADDRESSES)
def test_addresses(world: World, server_url: object, *, per_call: bool) -> None:
    """An address must be https, or plain http to this machine; the message never quotes a password in it."""
    place = {"server_url": server_url}
    message = refused(world, {} if per_call else place, {**ASK, **(place if per_call else {})})
    assert ("server_url" in message, "hunter2" in message) == (True, False)


def test_the_message_about_plain_http_names_the_option() -> None:
    """The message that refuses plain http names the option that allows it."""
    assert "allow_insecure_http" in refused(BLOCKING, {"server_url": "http://api.example.com"}, ASK)


@each_world
@pytest.mark.parametrize("per_call", [False, True])
@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: f"{limit!r:.9}")
def test_timeout_ms(world: World, limit: object, *, per_call: bool) -> None:
    """A limit must be a number above 0 that a clock can count to; that holds for the client and for a call."""
    given = {"timeout_ms": limit}
    message = refused(world, {} if per_call else given, {**ASK, **(given if per_call else {})})
    assert "timeout_ms" in message


@each_world
@pytest.mark.parametrize("retries", [-1, 2.0, "none", {"max_attempts": 3}, BackoffStrategy(), False])
def test_retries_of_another_type(world: World, retries: object) -> None:
    """Something that is not a retry policy is refused, for a call and for the client."""
    assert "retries" in refused(world, {}, {**ASK, "retries": retries})
    assert "retry_config" in refused(world, {"retry_config": retries}, ASK)


@pytest.mark.parametrize("name", ["initial_interval", "max_interval", "exponent", "max_elapsed_time"])
@pytest.mark.parametrize("value", [-1, -0.001, math.nan, math.inf, -math.inf, True, "500", None])
def test_backoff_strategy(name: str, value: Any) -> None:
    """Times and factors must be finite numbers of at least 0; the error names the field."""
    with pytest.raises(InvalidArgumentError, match=f"BackoffStrategy.{name} "):
        BackoffStrategy(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("strategy", "backof"),
        ("strategy", None),
        ("strategy", True),
        ("backoff", None),
        ("backoff", {"initial_interval": 5}),
        ("max_attempts", 0),
        ("max_attempts", -1),
        ("max_attempts", 2.0),
        ("max_attempts", True),
        ("max_attempts", math.inf),
        ("max_attempts", "3"),
        ("status_codes", 503),
        ("status_codes", "503"),
        ("status_codes", ["503"]),
        ("status_codes", None),
        ("retry_connection_errors", "no"),
        ("retry_connection_errors", None),
    ],
)
def test_retry_config(name: str, value: Any) -> None:
    """A value that a retry policy cannot have is refused; the error names the field."""
    with pytest.raises(InvalidArgumentError, match=f"RetryConfig.{name} "):
        RetryConfig(**{name: value})


@each_world
@pytest.mark.parametrize("streamed", [False, True])
def test_extra_body_does_not_change_the_kind_of_answer(world: World, *, streamed: bool) -> None:
    """`stream` in `extra_body` is refused if it contradicts the method, like the argument `stream`."""
    assert "stream" in refused(world, {}, {**ASK, "extra_body": {"stream": not streamed}}, streamed=streamed)


@each_world
def test_a_misspelt_required_argument(world: World) -> None:
    """A misspelt name is reported before the argument that it leaves missing, together with the name that was meant."""
    with pytest.raises(TypeError, match="'mesages'; did you mean 'messages'"):
        world.complete(seam().client(), agent_id="ag_1", mesages=[{"role": "user", "content": "Hello"}])


@pytest.mark.parametrize("name", ["base_url", "max_retries", "timeout", "retries"])
def test_settings_of_other_sdks(name: str) -> None:
    """The error for a setting of another SDK says what the setting is called here."""
    settings: dict[str, Any] = {name: 1}
    with pytest.raises(TypeError, match=rf"'{name}'; it is called '\w+' here") as raised:
        Mistral("key", **settings)
    assert isinstance(raised.value, InvalidArgumentError)
