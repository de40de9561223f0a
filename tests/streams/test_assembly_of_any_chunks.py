"""Any chunks that can be read, also odd ones, become an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tools.stress import documents

import contract_documents as contract
from mistral_agents._completions import assemble
from mistral_agents._joining import text_of
from mistral_agents_api import models
from mistral_agents_api.errors import StructureError
from streams.assembly import Json, chunk, delta, text

FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
# Names that have a meaning elsewhere in a chunk or an answer.
ODD_NAMES = ["message", "messages", "content", "text", "thinking", "signature", "index", "id", "type", "prefix"]
ODD_VALUES: list[Any] = [None, 5, "x", ["x"], {"x": 5}]


def near(place: Any) -> Any:
    """Change all indexes in a document to 0 or 1, so that deltas meet in one choice."""
    if isinstance(place, list):
        return [near(each) for each in place]
    if isinstance(place, dict):
        folded = {name: near(value) for name, value in place.items()}
        return {**folded, "index": folded["index"] % 2} if isinstance(folded.get("index"), int) else folded
    return place


def place_of(piece: Json) -> int:
    """Return the index of a choice, message or call, or 0 if it has none."""
    index = piece.get("index")
    return index if isinstance(index, int) else 0


# Chunks as the contract has them, and chunks in which every choice has a message.
PIECES = st.builds(
    lambda piece, message: {**piece, "delta": message},
    contract.documents("CompletionResponseStreamChoice"),
    contract.documents("DeltaMessage"),
)
STREAMS: st.SearchStrategy[Any] = st.lists(
    contract.documents("CompletionChunk") | st.builds(chunk, PIECES, PIECES), max_size=5
).map(near)


def odd_documents(document: Any) -> Iterator[Any]:
    """Yield variants of the document: in each, one value is changed or one field is added, for every place in it."""
    yield from ODD_VALUES
    if isinstance(document, dict):
        for name in {**document, **dict.fromkeys(ODD_NAMES)}:
            values = odd_documents(document[name]) if name in document else ODD_VALUES
            yield from ({**document, name: value} for value in values)
    elif isinstance(document, list):
        for place, item in enumerate(document):
            yield from ([*document[:place], odd, *document[place + 1 :]] for odd in odd_documents(item))


def is_accepted(document: Any) -> bool:
    """Return whether the model of a chunk accepts a document."""
    try:
        models.CompletionChunk.from_dict(document)
    except StructureError:
        return False
    return True


def assert_assembled(chunks: list[Json]) -> None:
    """Assert that chunks become an answer that the answer's model accepts, and that they are not changed."""
    before = json.dumps(chunks)
    assembled = assemble(chunks)
    assert json.dumps(assembled) == json.dumps(models.ChatCompletionResponse.from_dict(assembled).to_dict())
    assert before == json.dumps(chunks)


@FEW
@given(chunks=STREAMS)
def test_chunks_that_the_contract_allows_can_be_assembled(chunks: list[Json]) -> None:
    """Any chunks that fit the contract become an answer, and are not changed."""
    assert_assembled(chunks)


def test_chunks_that_the_model_accepts_can_be_assembled() -> None:
    """Chunks with wrong types or additional fields become an answer if the model of a chunk accepts them."""
    whole = documents.full_document(documents.component("CompletionChunk"))
    accepted = list(filter(is_accepted, odd_documents(whole)))
    for odd in accepted:
        assert_assembled([whole, odd])
    assert len(accepted) > 1_000


@FEW
@given(chunks=STREAMS)
def test_no_text_is_lost(chunks: list[Json]) -> None:
    """The text of each message is the text of its deltas, one after another."""
    expected: dict[tuple[int, int], str] = {}
    for piece in (piece for each in chunks for piece in each["choices"] if "delta" in piece):
        place = (piece["index"], place_of(piece["delta"]))
        expected[place] = expected.get(place, "") + text_of(piece["delta"])
    found: dict[tuple[int, int], str] = {}
    for choice in assemble(chunks)["choices"]:
        single = [choice["message"]] if "message" in choice else []
        places = sorted(place for place in expected if place[0] == choice["index"])
        found |= zip(places, map(text_of, choice.get("messages", single)), strict=True)
    assert expected == found


@FEW
@given(chunks=STREAMS, said=st.text(max_size=5), form=st.sampled_from([str, lambda cut: [text(cut)]]), data=st.data())
def test_cutting_a_delta_changes_nothing(chunks: list[Json], said: str, form: Any, data: st.DataObject) -> None:
    """A text that comes in two deltas gives the same answer as in one, whatever comes before and after."""
    place, cut = data.draw(st.integers(0, len(chunks))), data.draw(st.integers(0, len(said)))
    whole, *halves = [delta(content=form(each)) for each in (said, said[:cut], said[cut:])]
    before, after = chunks[:place], chunks[place:]
    assert assemble([*before, whole, *after]) == assemble([*before, *halves, *after])
