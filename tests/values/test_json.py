"""The JSON texts of a stream give the same data, or the same kind of error, with orjson and without."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistral_agents import _json
from mistral_agents_api import nesting

AWKWARD = {
    "the largest integer of 64 bits": "18446744073709551615",
    "one more": "18446744073709551616",
    "the smallest integer of 64 bits": "-9223372036854775808",
    "one less": "-9223372036854775809",
    "a long integer": "9" * 40,
    "an integer that Python does not convert": "9" * 5_000,
    "more digits than a float has": "0.1234567890123456789012345",
    "minus zero": "[-0, -0.0]",
    "beyond a float": "[1e400, -1e400, 1e-400]",
    "not a number, and infinity": "[NaN, Infinity, -Infinity]",
    "a key twice": '{"a": 1, "b": 2, "a": 3}',
    "a lone surrogate, escaped": '"\\ud800"',
    "a pair of surrogates, escaped": '"\\ud83d\\ude00"',
    "a control character": '"\x01"',
    "blanks around": " \n{}\t ",
    "a byte order mark": "\ufeff{}",
    "a second value after the first": "{} {}",
    "nothing": "",
    "not JSON": "[1,]",
    "nested": "[" * 198 + "]" * 198,
}
PIECES = st.sampled_from(
    [
        *'{}[]:,"\\',
        "a",
        "u",
        "d800",
        "é",
        "-",
        ".5",
        "e5",
        "null",
        "NaN",
        " ",
        "\n",
        "1",
        "9" * 18,
        "9" * 19,
        *AWKWARD.values(),
    ]
)


def load(*, fast: bool) -> ModuleType:
    """Load a second copy of the module, with orjson or without, whether or not the other tests use orjson."""
    spec = importlib.util.find_spec(_json.__name__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        if not fast:
            patch.setitem(sys.modules, "orjson", None)
        elif sys.modules.get("orjson", ...) is None:  # hidden from the other tests
            patch.delitem(sys.modules, "orjson")
        spec.loader.exec_module(module)
    return module


VARIANTS = {name: load(fast=fast) for name, fast in (("orjson", True), ("the standard library", False))}
EACH_VARIANT = pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)


def outcome(read: Callable[[Any], Any], text: Any) -> str:
    """Return the result or error as an exact text: 1 is not 1.0, NaN equals NaN, and the order of keys counts."""
    try:
        return repr(read(text))
    except (ValueError, RecursionError) as error:
        return type(error).__name__ + str(error)


def in_pieces(variant: ModuleType, text: str, cut: int) -> str:
    """Return the outcome of reading a text that arrives in two pieces."""
    data, texts = text.encode(), variant.Texts()
    texts.expect(data[:cut])
    texts.expect(data[cut:])
    return outcome(texts.read, text)


def test_orjson_is_used_where_it_is_installed(pytestconfig: pytest.Config) -> None:
    """The package reads with orjson where that can be imported, and only there."""
    assert pytestconfig.getoption("--speed") == (_json.orjson is not None)
    assert [variant.orjson is not None for variant in VARIANTS.values()] == [True, False]


DEEP: dict[str, Callable[[int], str]] = {
    "lists": lambda depth: "[" * depth + "]" * depth,
    "objects": lambda depth: '{"a": ' * (depth - 1) + "{}" + "}" * (depth - 1),
    "after many lists": lambda depth: "[" + "[]," * 900 + "[" * (depth - 1) + "]" * depth,
    "with brackets in texts": lambda depth: '["]\\"}\\\\",' * (depth - 1) + "[]" + "]" * (depth - 1),
    "never closed": lambda depth: '["' + "[" * 900 + '",' + "[" * (depth - 1),
}


@EACH_VARIANT
@pytest.mark.parametrize("form", DEEP.values(), ids=DEEP)
def test_the_limit_of_nesting(variant: ModuleType, form: Callable[[int], str]) -> None:
    """A text with 200 levels is read and one with 201 is refused, with orjson and without, whatever else is in it."""
    for depth in (1, 199, 200):
        assert outcome(variant.Texts().read, form(depth)) == outcome(json.loads, form(depth))
        assert outcome(nesting.loads, form(depth).encode()) == outcome(json.loads, form(depth))
    for depth in (201, 250, 990, 100_000):
        for read in (variant.Texts().read, nesting.loads):
            assert outcome(read, form(depth)) == "RecursionErrornested deeper than 200 levels"


def nested(data: Any) -> int:
    """Return how deeply data is nested."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else None
    return 0 if inner is None else 1 + max(map(nested, inner), default=0)


TREES = st.recursive(
    st.text('[]{}"\\a', max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('[]{}"\\b', max_size=3), inner, max_size=3),
)


@given(data=TREES, around=st.integers(195, 201), escaped=st.booleans())
def test_the_depth_is_counted_right(data: Any, around: int, *, escaped: bool) -> None:
    """A text is refused exactly if its data is nested deeper than 200 levels."""
    for _ in range(around):
        data = [data]
    text = json.dumps(data, ensure_ascii=escaped)
    for form in (text, text.encode(), text.encode("utf-16-le", "surrogatepass"), text.encode("utf-32")):
        found = outcome(nesting.check_depth, form)
        assert found == ("None" if nested(data) <= 200 else "RecursionErrornested deeper than 200 levels")


@EACH_VARIANT
@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_awkward_texts(variant: ModuleType, text: str) -> None:
    """Texts that orjson and the standard library read differently are read as the standard library reads them."""
    expected = outcome(json.loads, text)
    assert in_pieces(variant, text, len(text) // 2) == expected
    assert in_pieces(variant, f"[{text}]", 1) == outcome(json.loads, f"[{text}]")


@EACH_VARIANT
@given(pieces=st.lists(PIECES, max_size=8), data=st.data())
def test_any_text(variant: ModuleType, pieces: list[str], data: st.DataObject) -> None:
    """Any text, cut anywhere, is read as the standard library reads it."""
    text = "".join(pieces)
    cut = data.draw(st.integers(0, len(text.encode())))
    assert in_pieces(variant, text, cut) == outcome(json.loads, text)


@pytest.mark.parametrize("digits", [18, 19, 20, 40])
@pytest.mark.parametrize("size", range(1, 20))
def test_a_long_number_is_noticed(digits: int, size: int) -> None:
    """A long number keeps all its digits, wherever it stands and however small the pieces are in which it arrives."""
    number = int("1234567890" * 4) % 10**digits
    for before in range(7):
        texts, text = VARIANTS["orjson"].Texts(), " " * before + str(number)
        for start in range(0, len(text), size):
            texts.expect(text[start : start + size].encode())
        assert outcome(texts.read, text) == str(number)
