"""The chunks of a completion: how they become one answer, and how they report errors and their end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mistral_agents_api.errors import StructureError

from ._events import Family
from ._joining import Fields, content_of, first_name, latest, text_of
from ._surrogates import joined

if TYPE_CHECKING:
    from mistral_agents_api.operation import Stream

# Data whose `choices` is missing or null is a chunk all the same if it has one of these fields. For example, the last
# chunk may have only the usage. (`choices` itself is listed for data in which it is null.)
_OF_A_CHUNK = frozenset({"choices", "usage", "id", "model", "created"})
# The known fields of a delta, of a call, and of its function. A string in any other field is taken as a fragment: all
# fragments of the field are joined, as those of `content` are.
_OF_A_DELTA = frozenset({"role", "content", "tool_calls", "index", "prefix", "tool_call_id", "metadata", "name"})
_OF_A_CALL, _OF_A_FUNCTION = frozenset({"id", "type", "function", "index"}), frozenset({"name", "arguments"})


class Completions(Family):
    """Events with the schema `CompletionChunk`; they become a `ChatCompletionResponse`."""

    def __init__(self, stream: Stream[Any], body: Mapping[str, Any] | None) -> None:
        """Remember how many choices the request asks for."""
        super().__init__(stream, body)
        n = (body or {}).get("n")
        self._expected_choices = n if isinstance(n, int) else 1

    def name_of(self, name: str, data: Any) -> str | None:
        """Return the event's name if its data is a chunk that has choices and reports no error; otherwise None."""
        try:
            choices = data["choices"]
            if not choices or name == "error" or "error" in data or data["object"] in ("error", "Error"):
                return None
            for choice in choices:
                if "error" in choice:
                    return None
        except (KeyError, TypeError):  # data of another form; checking the form of each event first would cost more
            return None
        return name

    def admit(self, name: str, data: Any) -> Any:
        """Return a chunk, with an empty list of choices if it has none; None for another event, like `ping`."""
        fields = data if isinstance(data, dict) else {}
        if fields.get("choices") is not None:
            return data
        if name != "message" or fields.get("type") == "ping":
            return None
        if not fields.keys() & _OF_A_CHUNK:
            raise StructureError("a chunk of an answer (CompletionChunk)", data)
        return {**fields, "choices": []}

    def error_in(self, data: Mapping[str, Any]) -> Any:
        """Return the error inside a choice."""
        return next((choice["error"] for choice in _choices(data) if choice.get("error")), None)

    def is_whole(self, events: Iterable[Any]) -> bool:
        """Tell whether all choices have a finish reason, and there are as many as the request asked for."""
        choices = self.assemble(events)["choices"]
        return len(choices) >= self._expected_choices and all(choice.get("finish_reason") for choice in choices)

    def text(self, data: Any) -> str:
        """Return the text that a chunk adds to the first choice."""
        choices = getattr(data, "choices", None) or ()
        return "".join([text_of(getattr(each, "delta", None)) for each in choices if getattr(each, "index", 0) == 0])

    def assemble(self, events: Iterable[Any]) -> dict[str, Any]:
        """Put chunks together into one answer (`ChatCompletionResponse`)."""
        return assemble(events)


def assemble(chunks: Iterable[Fields]) -> dict[str, Any]:
    """Put the chunks of a stream (schema `CompletionChunk`) together into one answer (`ChatCompletionResponse`).

    If the values of a field cannot be joined, the last one that is not null counts, also for unknown fields.
    """
    received = list(chunks)
    answer = latest(received)
    if answer.get("object") == "chat.completion.chunk":
        answer["object"] = "chat.completion"
    choices = _by_index(piece for chunk in received for piece in _choices(chunk))
    answer["choices"] = [_choice(index, pieces) for index, pieces in choices]
    return answer


def _choices(chunk: Fields) -> list[Any]:
    choices = chunk.get("choices")
    return [each for each in choices if isinstance(each, dict)] if isinstance(choices, list) else []


def _by_index(pieces: Iterable[Fields]) -> list[tuple[int, list[Fields]]]:
    groups: dict[int, list[Fields]] = {}
    for piece in pieces:
        index = piece.get("index")
        groups.setdefault(index if isinstance(index, int) else 0, []).append(piece)
    return sorted(groups.items())


def _choice(index: int, pieces: list[Fields]) -> dict[str, Any]:
    # The contract has no message in a streamed choice. If there is one, it could be anything, so only the deltas count.
    choice = {name: value for name, value in latest(pieces).items() if name not in ("delta", "message", "messages")}
    for name in choice.keys() & {"logprobs", "prompt_logprobs"}:
        logprobs = [piece[name] for piece in pieces if piece.get(name)]
        tokens = [token for each in logprobs for token in each.get("content") or ()]
        choice[name] = latest([*logprobs, {"content": tokens or None}])
    deltas = _by_index(piece["delta"] for piece in pieces if isinstance(piece.get("delta"), dict))
    if messages := [_message(of_message) for _, of_message in deltas]:
        choice["message"] = next((each for each in reversed(messages) if each["role"] == "assistant"), messages[-1])
    if len(messages) > 1:
        choice["messages"] = [{**message, "index": place} for (place, _), message in zip(deltas, messages, strict=True)]
    return {**choice, "index": index}


def _message(deltas: list[Fields]) -> dict[str, Any]:
    message = {**latest([{"role": "assistant"}, *deltas]), **_unknown_texts(deltas, _OF_A_DELTA)}
    if not isinstance(message["role"], str):  # a list or an object there would make the answer unreadable
        message["role"] = "assistant"
    message.pop("index", None)
    if contents := [delta["content"] for delta in deltas if "content" in delta]:
        message["content"] = content_of(contents)
    calls = (delta.get("tool_calls") for delta in deltas)
    if fragments := [[each for each in some if isinstance(each, dict)] for some in calls if isinstance(some, list)]:
        message["tool_calls"] = [_call(index, call) for index, call in _calls(fragments)]
    return message


def _unknown_texts(pieces: Iterable[Fields], known: frozenset[str]) -> dict[str, str]:
    """Join the strings of each unknown field. They arrive in fragments, as those of known fields do."""
    texts: dict[str, list[Any]] = {}
    for piece in pieces:
        for name in piece.keys() - known:
            texts.setdefault(name, []).append(piece[name])
    said = {name: [each for each in values if each is not None] for name, values in texts.items()}
    return {name: joined(values) for name, values in said.items() if values and all(type(v) is str for v in values)}


def _calls(deltas: Sequence[Sequence[Fields]]) -> list[tuple[int, list[Fields]]]:
    """Return the fragments of each call, with its index.

    The index alone does not decide, because sometimes the service gives every call the index 0, and sometimes two calls
    in one delta have no identifier. A fragment begins a new call if its identifier differs from that of the last call.
    So does a fragment whose function name differs, even if the identifier is the same.
    Two fragments of one delta that both name a function are two calls, even if function and identifier are the same.
    """
    begun: dict[tuple[int, int], list[Fields]] = {}
    last: dict[int, int] = {}
    for delta in deltas:
        taken: set[tuple[int, int]] = set()
        for fragment in delta:
            index = fragment.get("index")
            index = index if isinstance(index, int) else 0
            key = _place(fragment, index, begun, last, taken)
            begun.setdefault(key, []).append(fragment)
            last[index] = key[1]
            taken.add(key)
    return [(index, fragments) for (index, _), fragments in sorted(begun.items(), key=lambda each: each[0])]


def _place(
    fragment: Fields,
    index: int,
    begun: Mapping[tuple[int, int], list[Fields]],
    last: Mapping[int, int],
    taken: set[tuple[int, int]],
) -> tuple[int, int]:
    """Return the call that a fragment belongs to: its index, and its number among the calls of this index."""
    numbers = [number for at, number in begun if at == index]
    if not numbers:
        return index, 0
    name, function = first_name([fragment], "id"), _function_name([fragment])
    same = [number for number in numbers if name is not None and first_name(begun[index, number], "id") == name]
    for number in reversed(same or [last[index]]):
        current = index, number
        named, called = first_name(begun[current], "id"), _function_name(begun[current])
        another = name is not None and named is not None and name != named
        # Two entries of one delta that both name a function are two calls, even of the same function.
        another = another or (None not in (function, called) and (function != called or current in taken))
        if not another:
            return current
    return index, max(numbers) + 1


def _function_name(fragments: Iterable[Fields]) -> str | None:
    functions = (each.get("function") for each in fragments)
    return first_name((each for each in functions if isinstance(each, dict)), "name")


def _call(index: int, fragments: list[Fields]) -> dict[str, Any]:
    functions = [each["function"] for each in fragments if isinstance(each.get("function"), dict)]
    said = [value for each in functions if (value := each.get("arguments")) not in (None, "")]
    texts = (each if isinstance(each, str) else json.dumps(each) for each in said)
    whole = {"name": first_name(functions, "name"), "arguments": said[0] if len(said) == 1 else joined(texts)}
    whole |= _unknown_texts(functions, _OF_A_FUNCTION)
    names = {name: first_name(fragments, name) for name in ("id", "type")} | _unknown_texts(fragments, _OF_A_CALL)
    return latest([*fragments, names, {"function": latest([{"name": ""}, *functions, whole]), "index": index}])


__all__ = ["Completions", "assemble"]
