"""Masking the values of named fields in a body, and secrets that are spread over the events of a stream."""

from __future__ import annotations

import base64
import itertools
import json
import re
import time
import urllib.parse
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mistral_agents.testing.exchange.arriving import Arriving
from mistral_agents.testing.secrets.masking import Masker, Masks
from mistral_agents.testing.secrets.named import Fields, named_values
from mistral_agents.testing.secrets.spread import MAX_DEPTH, texts_of
from mistral_agents.testing.secrets.traced import Traced, unescaped

PIN = Masks(fields=["pin"])
SECRET = 'sk-"é😀\\42'


def events(field: str, pieces: list[str], **beside: Any) -> list[bytes]:
    """Return events that send a text piece by piece."""
    return [b"data: " + json.dumps({field: piece, **beside}).encode() + b"\n\n" for piece in pieces]


def sent(masked: list[bytes], *path: str | int) -> str:
    """Put the text of events together again."""
    found = ""
    for event in masked:
        content = json.loads(event.removeprefix(b"data: "))
        for step in path:
            content = content[step]
        found += content
    return found


@pytest.mark.parametrize(
    ("content", "masked"),
    [
        ('{"pin": 77, "s": "77"}', '{"pin": 11, "s": "77"}'),
        ('{"pin" : "a\\"b"}', '{"pin" : "****"}'),
        ('{"pin": -4.25e10}', '{"pin": -1.11e11}'),
        ('{"pin": ["77", 5, null, true]}', '{"pin": ["**", 1, null, true]}'),
        ('{"pin": {"of": {"card": "77"}}, "of": "77"}', '{"pin": {"of": {"card": "**"}}, "of": "77"}'),
        ('{"pin": null, "a": "b"}', '{"pin": null, "a": "b"}'),
        ('{"\\u0070in": "77"}', '{"\\u0070in": "**"}'),
        ('{"t": "{\\"pin\\": \\"cd\\"}"}', '{"t": "{\\"pin\\": \\"**\\"}"}'),
        ('{"t": "as {\\"pin\\": [\\"cd\\"]} \\u0041"}', '{"t": "as {\\"pin\\": [\\"**\\"]} \\u0041"}'),
        ('{"t": "{\\"u\\": \\"{\\\\\\"pin\\\\\\": 7}\\"}"}', '{"t": "{\\"u\\": \\"{\\\\\\"pin\\\\\\": 1}\\"}"}'),
        ('{"pin": "cut o', '{"pin": "*****'),
        ('{"pin": ', '{"pin": '),
        ('{"pin": "pin": "ab"}', '{"pin": "***": "**"}'),
        (
            '{"pin": {"pin": [1, {"pin": "ab"}], "a": "b"}, "b": "c"}',
            '{"pin": {"pin": [1, {"pin": "**"}], "a": "*"}, "b": "c"}',
        ),
        ('{"pin": "ab": 5}', '{"pin": "**": 5}'),
        ('{"a": "pin", "b": ":"}', '{"a": "pin", "b": ":"}'),
        ('{"pins": "77", "xpin": "77"}', '{"pins": "77", "xpin": "77"}'),
    ],
)
def test_named_field_is_masked_where_it_stands(content: str, masked: str) -> None:
    """Texts and numbers in a named field, and nothing else, are overwritten, however short, deep or escaped."""
    assert Masker(PIN).data(content.encode()).decode() == masked


def test_number_that_is_a_secret_stays_a_number() -> None:
    """A number from a named field is masked everywhere: a number stays a number, and in a text it becomes asterisks."""
    masker, body = Masker(PIN), b'{"pin": 4111222233334444, "n":4111222233334444, "s": "4111222233334444 4"}'
    masker.learn_fields(body)
    assert masker.data(body) == b'{"pin": 1111111111111111, "n":1111111111111111, "s": "**************** 4"}'


@pytest.mark.parametrize(
    ("content", "masked"),
    [
        ('{"n": 12345678}', '{"n": 11111178}'),
        ('{"n": -0.7123456e2}', '{"n": -0.7111111e2}'),
        ('{"n": 123456.0, "m": -123456}', '{"n": 111111.0, "m": -111111}'),
        ('{"n": [\n' + " " * 50 + "123456\n]}", '{"n": [\n' + " " * 50 + "111111\n]}"),
        ('{"t": "{\\"n\\": 1234567}"}', '{"t": "{\\"n\\": 1111117}"}'),
        ('{"t": "of: 1.2.123456, b"}', '{"t": "of: 1.2.******, b"}'),
        ('{"t": "123456", "u": "a 1234567"}', '{"t": "******", "u": "a ******7"}'),
        ('{"123456": "n123456"}', '{"******": "n******"}'),
    ],
)
def test_number_in_another_one(content: str, masked: str) -> None:
    """A masked number is overwritten within other numbers, too, and they stay numbers."""
    masker = Masker(PIN)
    masker.learn_fields(b'{"pin": 123456}')
    assert masker.data(content.encode()).decode() == masked
    assert isinstance(json.loads(masked), dict)


@pytest.mark.parametrize(
    ("secret", "content"),
    [
        ("new-secret", r'{"a": "x\new-secret"}'),
        ("123456", r'{"a": "\u123456"}'),
        ('"quoted"', r'{"a": "b\"quoted\""}'),
        ('"quoted"', r'{"a": "{\"b\": \"\\\"quoted\\\"\"}"}'),
        ("secret\\", r'{"a": "secret\\", "b": "secret\"", "c": "secret\\"}'),
    ],
)
def test_half_an_escape_is_not_left(secret: str, content: str) -> None:
    """If a secret begins or ends within an escape of JSON, the whole escape is masked, so that JSON stays JSON."""
    masked = Masker(secrets=[secret]).data(content.encode())
    assert len(masked) == len(content)
    texts = json.loads(masked)
    assert secret not in json.dumps(texts)
    if texts["a"].startswith("{"):
        assert isinstance(json.loads(texts["a"]), dict)


def test_time_does_not_grow_with_the_number_of_secrets() -> None:
    """A search for thousands of secrets takes about as long as for a few, also if a text may end with a secret."""
    body = json.dumps({"a": [{"text": 'customer-000 says "hello"', "n": n} for n in range(500)]}).encode()

    def seconds(count: int) -> float:
        masker = Masker(secrets=[f"{number:05}"[::-1] + "-customer" for number in range(count)])
        start = time.process_time()
        for _ in range(3):
            assert masker.data(body) == body
            assert masker.settled(body) == len(body)
        return time.process_time() - start

    assert seconds(20_000) < 20 * seconds(10)


def test_run_of_backslashes_takes_little_time() -> None:
    """The time for a run of backslashes grows with its length: it takes about the time of as many escapes."""
    masker = Masker(secrets=["the-secret-key"])

    def seconds(body: bytes) -> float:
        start = time.process_time()
        assert masker.data(body) == body
        return time.process_time() - start

    assert seconds(b"\\" * 16_000) < 20 * seconds(b"\\n" * 8_000)


def test_backslash_that_is_escaped_very_often() -> None:
    """A secret is found after thousands of escapes of which each one is the backslash of the next one."""
    body = b"\\" + b"u005c" * 3_000
    assert Masker(secrets=["the-secret-key"]).data(body + b"u0074he-secret-key")[-13:] == b"*" * 13


def test_many_values_of_one_body() -> None:
    """Each of many different values of a named field is masked everywhere."""
    values = [f"customer-{number:06}" for number in range(2_000)]
    masker, body = Masker(PIN), json.dumps([{"pin": value, "text": f"for {value}."} for value in values]).encode()
    masker.learn_fields(body)
    assert masker.data(body) == json.dumps([{"pin": "*" * 15, "text": f"for {'*' * 15}."}] * 2_000).encode()


def test_long_values_that_look_alike() -> None:
    """A long value with the same bytes at many places is found in little time, and not taken for another one."""
    image, other = "AAAAAAAB" * 25_000 + "C", "AAAAAAAB" * 20_000 + "D" + "AAAAAAAE" * 20_000
    masker = Masker(secrets=[image])
    body = json.dumps({"image": image, "other": other}).encode()
    start = time.process_time()
    assert masker.data(body) == body.replace(image.encode(), b"*" * len(image))
    assert time.process_time() - start < 5


def test_what_was_masked_is_no_secret() -> None:
    """The mask of a secret is not taken for another secret."""
    masker = Masker()
    masker.learn("******")
    assert masker.finds(b"a ****** b") is False


awkward = st.text('ab1\\"/%+- \n\té😀u0', min_size=6, max_size=12).filter(
    lambda text: len(text.replace("\\", "").replace("%", "")) > 5
)
IN_JSON: list[Callable[[str], str]] = [
    lambda text: json.dumps(text)[1:-1],
    lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
]
FIRST: list[Callable[[str], str]] = [
    lambda text: text,
    lambda text: re.sub("....", r"\\u\g<0>", text.encode("utf-16-be").hex()),
]
LAST: list[Callable[[str], str]] = [
    lambda text: text,
    lambda text: urllib.parse.quote(text, safe=""),
    lambda text: urllib.parse.quote(urllib.parse.quote_plus(text)),
]


def encoded(secret: str, first: Any, encoders: list[Any], last: Any) -> str:
    """Encode a secret in several ways, one after the other."""
    text = first(secret)
    for encode in encoders:
        text = encode(text)
    return str(last(text))


written = st.builds(
    encoded,
    st.shared(awkward, key="secret"),
    st.sampled_from(FIRST),
    st.lists(st.sampled_from(IN_JSON), max_size=3),
    st.sampled_from(LAST),
)


@given(st.shared(awkward, key="secret"), written)
def test_secret_in_any_encoding(secret: str, text: str) -> None:
    """Whatever is in a secret, it is masked in JSON within JSON, percent-encoded or not.

    Backslashes of its escapes may stay unmasked.
    """
    masked = Masker(secrets=[secret]).text(f"before {text}, after")
    assert len(masked.encode()) == len(f"before {text}, after".encode())
    left = re.sub(r"(?:%(?:25)*5C|\\)+(?:u005c)?", "", masked)
    assert re.sub(r"\*+", "*", left) == "before *, after"


@example(secret='"00000', text='\\"00000', cuts=[3])
@given(
    st.shared(awkward, key="secret"),
    written | st.shared(awkward, key="secret").map(lambda text: base64.encodebytes(text.encode() * 9).decode()),
    st.lists(st.integers(1, 9), max_size=9),
)
def test_arriving_secret_in_any_encoding(secret: str, text: str, cuts: list[int]) -> None:
    """However a body is cut, the pieces that are shown while it arrives are the text that is shown in the end."""
    body = f"before {text}, after".encode()
    arriving = Arriving(Masker(secrets=[secret]))
    for start, end in itertools.pairwise([0, *itertools.accumulate([6, *cuts]), len(body)]):
        arriving.add(body[start:end])
        arriving.advance()
    arriving.over = True
    arriving.advance()
    assert arriving.text.encode() == Masker(secrets=[secret]).data(body)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("depth", [0, 1, 2])
def test_base64_in_lines(end: str, depth: int) -> None:
    """Base64 with line breaks is found, also in JSON within JSON."""
    secret = "a-secret-of-sixty-bytes-so-that-its-base64-has-several-lines"
    body = f"\n{base64.encodebytes(b'1' + secret.encode() * 3 + b'1').decode()}".replace("\n", end)
    for _ in range(depth):
        body = json.dumps(body)
    masked = Masker(secrets=[secret]).text(body)
    left = re.sub(r"\\+[rn]?|[\r\n\"]", "", masked)
    assert re.fullmatch(r"M\S\*{78,}\S{0,4}\*{78,}\S{0,4}\*{78,}\S+", left) is not None


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.replace("/", "\\/"),
        lambda text: text.replace("+", "\\u002b").replace("/", "\\u002f"),
        lambda text: text.replace("+", "-").replace("/", "_"),
        lambda text: urllib.parse.quote(text, safe=""),
    ],
    ids=["slashes", "escapes", "url", "percent"],
)
@pytest.mark.parametrize("before", ["", "a", "ab"])
def test_characters_of_base64(encode: Callable[[str], str], before: str) -> None:
    """The two characters of base64 that are not letters or digits may be written in several ways."""
    secret = "???>>>~~~???>>>~~~"
    text = encode(base64.b64encode(before.encode() + secret.encode()).decode())
    masked = Masker(secrets=[secret]).text(f"<{text}>")
    assert re.fullmatch(r"<\S{0,4}?\*+[^*]{0,7}>", masked.replace("\\", "")) is not None


def test_spaces_of_a_form() -> None:
    """In a query or a form, a space may be a plus, also if nothing else is encoded."""
    assert Masker(secrets=["so secret"]).text("a=so+secret") == "a=*********"


def test_lines_of_a_secret() -> None:
    """A secret of several lines is found where JSON escapes its line breaks."""
    key = "-----BEGIN KEY-----\nabc\ndef\r\n-----END KEY-----\n"
    body = json.dumps({"a": key, "b": json.dumps({"c": key})})
    masked = Masker(secrets=[key]).data(body.encode()).decode()
    assert [word for word in ("BEGIN", "abc", "def", "END") if word in masked] == []


@pytest.mark.parametrize(
    ("body", "masked"),
    [
        ("pin=77&page=77", "pin=**&page=77"),
        ("a=b&p%69n=7%207+7", "a=b&p%69n=*******"),
        ("a=b&pin=77\r\n", "a=b&pin=**\r\n"),
        ("a=%7B%22pin%22%3A+%2277%22%7D", "a=%7B%22pin%22%3A+%22**%22%7D"),
        ("csrfmiddlewaretoken=abc&page_token=abc", "csrfmiddlewaretoken=***&page_token=abc"),
        ("the pin=77&pin=77", "the pin=77&pin=77"),
        ('{"a": "b=c&pin=77"}', '{"a": "b=c&pin=77"}'),
    ],
)
def test_named_field_is_masked_in_a_form(body: str, masked: str) -> None:
    """Fields of a form are masked like those of JSON; a text that is not a form stays."""
    assert Masker(PIN).data(body.encode()).decode() == masked


@pytest.mark.parametrize(
    ("target", "body"),
    [
        ("/", b'{"pin": "so secret"}'),
        ("/", b"pin=so%20secret"),
        ("/", b'a={"pin": "so secret"}'),
        ("/?pin=so%20secret", b""),
        ("/?a=%7B%22pin%22%3A%20%22so+secret%22%7D", b""),
    ],
)
def test_values_are_masked_everywhere(target: str, body: bytes) -> None:
    """A value of a named field of a request, wherever it was, is masked elsewhere, too."""
    masker = Masker(PIN)
    masker.learn_request(target, [], body)
    assert masker.text("This is so secret.") == "This is *********."


@pytest.mark.parametrize(
    ("content", "masked"),
    [
        ('{"jwt": "a.b", "csrftoken": "c"}', '{"jwt": "***", "csrftoken": "*"}'),
        ('{"apiKey": "a", "access_token" : 77}', '{"apiKey": "*", "access_token" : 11}'),
        ('{"t": "{\\"db_password\\": \\"a\\"}"}', '{"t": "{\\"db_password\\": \\"*\\"}"}'),
        ('{"token": "a", "key": "b", "next_page_token": "c"}', '{"token": "a", "key": "b", "next_page_token": "c"}'),
        ('{"prompt_tokens": 7, "primary_key": "a"}', '{"prompt_tokens": 7, "primary_key": "a"}'),
        ('{"password": {"type": "string"}}', '{"password": {"type": "string"}}'),
        ('{"password": "string"}', '{"password": "string"}'),
    ],
)
def test_fields_that_say_they_are_secret(content: str, masked: str) -> None:
    """Fields such as `jwt` or `access_token` are masked, although no mask names them. Ordinary fields are not."""
    assert Masker().data(content.encode()).decode() == masked


def test_content_stays_json() -> None:
    """What the stub shows of mistakes in a request stays JSON, whatever a key or a pattern matches."""
    content = [{"msg": "a number", "input": {"n": 1234567, "ok": True, "t": "abc", "u": None}}]
    assert Masker(secrets=["123456"]).content(content)[0]["input"]["n"] == 1_111_117
    masked = Masker(Masks(patterns=[r'"n": [0-9]+, "o', "tr", "nul"])).content(content)
    assert masked == [{"msg": "a number", "input": {"*": 1_111_111, "**": 1_111, "t": "abc", "u": 1_111}}]


@pytest.mark.parametrize(
    ("target", "masked"),
    [
        ("/v1/agents?pin=77&page=77", "/v1/agents?pin=**&page=77"),
        ("/v1/agents?metadata=%7B%22pin%22%3A+%2277%22%7D", "/v1/agents?metadata=%7B%22pin%22%3A+%22**%22%7D"),
        ("/v1/agents?metadata=%7b%22pin%22:7%7d", "/v1/agents?metadata=%7b%22pin%22:1%7d"),
        ("/v1/agents/pin=77", "/v1/agents/pin=77"),
        ("/v1/agents?api_key=77&page_token=77", "/v1/agents?api_key=**&page_token=77"),
    ],
)
def test_named_field_is_masked_in_a_query(target: str, masked: str) -> None:
    """A named field is masked if it is a parameter of a query, or in the JSON of a parameter."""
    assert Masker(PIN).target(target) == masked


def test_secret_that_is_spread_over_events() -> None:
    """A secret, a named field or a pattern that arrives in pieces is masked in each piece; the rest stays."""
    text = json.dumps({"key": SECRET, "pin": "1", "card": "4111222233334444", "a": "b"})
    body = events("arguments", [text[at : at + 5] for at in range(0, len(text), 5)], index=0)
    masked = Masker(Masks(fields=["pin"], patterns=["[0-9]{16}"]), secrets=[SECRET]).chunks(body)
    found = json.loads(sent(masked, "arguments"))
    assert set(found.pop("key")) == {"*"}
    assert found == {"pin": "*", "card": "*" * 16, "a": "b"}
    assert [len(each) for each in masked] == [len(each) for each in body]


@pytest.mark.parametrize(
    ("body", "masked"),
    [
        (b"data: the-sec\n\ndata: ret-key\n\n", b"data: *******\n\ndata: *******\n\n"),
        (b'data: "the-sec"\n\ndata: "ret-key"\n\n', b'data: "*******"\n\ndata: "*******"\n\n'),
        (b'data: {"pin":\ndata: "77"}\n\n', b'data: {"pin":\ndata: "**"}\n\n'),
        (b'data: {"a": "the-sec\ndata:ret-key"}\n\n', b'data: {"a": "*******\ndata:*******"}\n\n'),
    ],
)
def test_secret_in_unusual_events(body: bytes, masked: bytes) -> None:
    """A secret is masked in data that are not JSON, in JSON that is a single string, and over the lines of an event."""
    assert Masker(PIN, secrets=["the-secret-key"]).data(body) == masked


def test_escape_in_two_pieces() -> None:
    """An escape that begins in one event and ends in the next one is masked in both, and all between them stays."""
    masked = Masker(PIN).chunks(events("delta", ['{"pin": "\\', '"", "a": "b"}'], index=0))
    assert sent(masked, "delta") == '{"pin": "****", "a": "b"}'
    assert [json.loads(each[6:])["index"] for each in masked] == [0, 0]


def test_pieces_of_several_texts_are_told_apart() -> None:
    """Pieces with the same place and index belong together, whether the index is before or after the text."""
    first = events("content", ["the-sec", "ret-key"], output_index=0)
    second = [json.dumps({"output_index": 1, "content": each}).encode() for each in ("the-", "secret-key")]
    mixed = [first[0], b"data: " + second[0] + b"\n\n", first[1], b"data: " + second[1] + b"\n\n"]
    masked = Masker(secrets=["the-secret-key"]).chunks(mixed)
    assert [json.loads(each[6:])["content"] for each in masked] == ["*******", "****", "*******", "**********"]


def test_pieces_in_lists_are_told_apart() -> None:
    """Pieces in lists belong together by their positions."""
    pairs = [["the-sec", "a"], ["ret-key", "the-"], ["b", "secret-key"]]
    body = b"".join(b"data: " + json.dumps({"t": each}).encode() + b"\n\n" for each in pairs)
    masked = Masker(secrets=["the-secret-key"]).data(body).decode().split("\n\n")[:-1]
    assert [json.loads(each[6:])["t"] for each in masked] == [["*******", "a"], ["*******", "****"], ["b", "*" * 10]]


def test_event_that_was_cut_off() -> None:
    """The incomplete event at the end of a stream is masked, too, and so are data with several lines."""
    body = b'data: {"a":\ndata: "the-sec"}\n\ndata: {"a": "ret-key'
    assert Masker(secrets=["the-secret-key"]).data(body) == b'data: {"a":\ndata: "*******"}\n\ndata: {"a": "*******'


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_of_every_kind(end: bytes) -> None:
    """The lines of a stream may end in each of the three ways, and a byte order mark may come first."""
    body = b"\xef\xbb\xbf" + b"".join(b'data:{"a": "%b"}' % each + end * 2 for each in (b"the-sec", b"ret-key"))
    masked = Masker(secrets=["the-secret-key"]).data(body)
    assert masked == body.replace(b"the-sec", b"*" * 7).replace(b"ret-key", b"*" * 7)


texts = st.text('ab"\\\n\u00e9\U0001f600{}[]:,', max_size=8)
contents = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts | st.just("pin"), inner, max_size=3),
    max_leaves=12,
)


def expected(content: Any, *, named: bool = False) -> Any:
    """Return a content as it must be masked, with every mask one character long."""
    if isinstance(content, dict):
        return {name: expected(inner, named=named or name == "pin") for name, inner in content.items()}
    if isinstance(content, list):
        return [expected(inner, named=named) for inner in content]
    if named and isinstance(content, str):
        return "*"
    return 1 if named and isinstance(content, int) and not isinstance(content, bool) else content


def shortened(content: Any, original: Any, *, named: bool = False) -> Any:
    """Return a masked content with every mask shortened to one character."""
    if isinstance(content, dict):
        return {name: shortened(inner, original[name], named=named or name == "pin") for name, inner in content.items()}
    if isinstance(content, list):
        return [shortened(inner, each, named=named) for inner, each in zip(content, original, strict=True)]
    if named and isinstance(content, str):
        return "*" if set(content) <= {"*"} else content
    return 1 if named and isinstance(content, int) and set(str(content)) <= {*"-1"} else content


@pytest.mark.parametrize("depth", [10, 20, 5_000])
def test_nested_named_fields_are_read_once(depth: int) -> None:
    """A text in several nested named fields is found only once, so the work grows no faster than the size."""
    body = b'{"pin": ["a", ' * depth + b"1" + b"]}" * depth
    fields = Fields.of(["pin"])
    assert fields is not None
    found = list(named_values(Traced.of(body), fields))
    assert len(found) == depth + 1
    assert Masker(PIN).data(body) == body.replace(b"a", b"*")


@pytest.mark.parametrize("line", ['{"pin": {"a": "b"\n', '{"pin": ["cut o"pin": {"a": "b"\n'])
def test_values_without_an_end_are_read_once(line: str) -> None:
    """The texts in named fields whose values have no end are found once, so the work grows with the size."""
    fields = Fields.of(["pin"])
    assert fields is not None
    found = [value.text.data for value in named_values(Traced.of(line.encode() * 100), fields)]
    assert found.count(b"b") >= 100
    assert len(found) < 700


@pytest.mark.parametrize("depth", [1_000, 2_000, 4_000])
def test_place_of_a_nested_text_is_short(depth: int) -> None:
    """The place of a text has a limited length, so the work grows no faster than the size.

    A secret that is spread over several events is still found.
    """
    data = b"[" * depth + b'"%b"' + b"]" * depth
    places = [place for place, _ in texts_of(Traced.of(data % b"a"))]
    assert [len(place) for place in places] == [MAX_DEPTH]
    body = b"".join(b"data: " + data % piece + b"\n\n" for piece in (b"the-sec", b"ret-key"))
    masked = Masker(secrets=["the-secret-key"]).data(body)
    assert masked == body.replace(b"the-sec", b"*" * 7).replace(b"ret-key", b"*" * 7)


@given(contents, st.booleans(), st.integers(0, 2), st.lists(st.integers(1, 9), max_size=40))
def test_named_fields_of_any_content(content: Any, ascii_only: bool, depth: int, cuts: list[int]) -> None:  # noqa: FBT001  # Hypothesis passes them by name
    """Exactly the values of named fields are masked, in any JSON, also in JSON within JSON, or spread over events."""
    text = json.dumps(content, ensure_ascii=ascii_only)
    for _ in range(depth):
        text = json.dumps(text, ensure_ascii=ascii_only)
    wrapped = json.dumps({"x": json.loads(text)}, ensure_ascii=ascii_only).encode()
    masked = json.loads(Masker(PIN).data(wrapped))["x"]
    for _ in range(depth):
        masked = json.loads(masked)
    assert shortened(masked, content) == expected(content)
    inner = json.dumps(content, ensure_ascii=ascii_only)
    pieces = [inner[start:end] for start, end in itertools.pairwise([0, *itertools.accumulate(cuts), len(inner)])]
    stream = events("delta", [piece for piece in pieces if piece])
    again = Masker(PIN).chunks(stream)
    assert [len(each) for each in again] == [len(each) for each in stream]
    if inner[:1] in "{[":
        assert shortened(json.loads(sent(again, "delta")), content) == expected(content)


@given(texts, st.integers(0, 3))
def test_secret_in_any_text(text: str, depth: int) -> None:
    """A secret is masked in JSON within JSON, and everything else stays."""
    body = {"a": text + SECRET + text}
    written = json.dumps(body)
    for _ in range(depth):
        written = json.dumps({"in": written})
    masked = Masker(secrets=[SECRET]).data(written.encode())
    assert len(masked) == len(written)
    content = json.loads(masked)
    for _ in range(depth):
        content = json.loads(content["in"])
    assert content["a"].replace("*", "") == text + text


@given(st.text(max_size=9), st.booleans())
def test_escapes_are_traced(text: str, ascii_only: bool) -> None:  # noqa: FBT001  # the same
    """A JSON string without its escapes is the text; the places of the text's bytes cover the string exactly once."""
    written = json.dumps(text, ensure_ascii=ascii_only)[1:-1].encode("utf-8", "surrogatepass")
    traced = unescaped(Traced.of(written))
    assert traced.data == text.encode("utf-8", "surrogatepass")
    assert [*spans(traced)] == ([(0, len(written))] if written else [])


def spans(traced: Traced) -> Iterator[tuple[int, int]]:
    """Yield the places of a whole text."""
    return traced.spans(0, len(traced.data))


def test_compared_whatever_is_masked() -> None:
    """Requests are compared without the masked values, but with every other number."""
    masker = Masker(PIN)
    assert masker.compared(b'{"pin": 77, "n": 1000}') == masker.compared(b'{"pin": 123, "n": 1000}')
    assert masker.compared(b'{"pin": 77, "n": 1000}') != masker.compared(b'{"pin": 77, "n": 100}')
    assert masker.compared_target("/?pin=1234&n=1") == masker.compared_target("/?pin=99&n=1")
    masker.learn("the-secret-key")
    assert masker.compared(b'{"pin": "a the-secret-key b"}') == masker.compared(b'{"pin": "c"}') == b'{"pin": "*"}'
    again = urllib.parse.quote('{"pin": "******"}')
    assert masker.compared_target(f"/?m={again}") == masker.compared_target("/?m=%7B%22pin%22%3A%20%221%22%7D")


@pytest.mark.parametrize(
    "before",
    ['["6" nail"], "c": "d", ', '["cut o', '{"a": "6" nail", "b": [1}, ', "[1, 2, "],
)
def test_a_damaged_value_hides_no_later_one(before: str) -> None:
    """Agents write JSON with mistakes. A secret after such a mistake is found all the same."""
    body = f'{{"pin": {before}"pin": "s3cret77"}}'.encode()
    masker = Masker(Masks(fields=["pin"]))
    masker.learn_fields(body)
    assert b"s3cret77" not in masker.data(body)
