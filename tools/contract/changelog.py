"""Draft the lines of CHANGELOG.md for a change of the contract, with the names of the Python methods and arguments.

`make changelog OLD=...` runs it; OLD is a file, or a git ref, as for `make breaking`. It prints a draft: the person who
releases adds what the change is good for. Exits with 0, or with 2 if the versions cannot be compared.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence

from attrs import frozen

from .accepted import Accepted
from .breaking import compare_versions
from .command import parser_for, run
from .differences import Difference, Direction
from .methods import Methods, methods_of
from .model import Document

_SECTIONS = ("Added", "Changed", "Deprecated", "Removed")
_LONGEST = 118
_VALUE = re.compile(r"^value |^member |^.* instead of ")


@frozen
class Line:
    """A line of the changelog. In `words`, NUL stands for the methods: lines with equal words are printed as one."""

    section: str
    words: str
    methods: tuple[str, ...]
    breaking: bool


# The columns: how the finding's `what` begins (or its `rule`), its `change`, the section, the words. The first row that
# matches is used; "" matches everything. In the words, {0} stands for the methods, {1} for the keyword, field or model,
# {2} for `what`, {3} for the value or the member in it, and {4} for " in requests" or nothing.
_ABOUT_METHODS = [
    ("endpoint", "added", "Added", "{0}"),
    ("endpoint", "removed", "Removed", "{0}"),
    ("deprecated", "changed", "Deprecated", "{0}"),
    ("operationId", "changed", "Changed", "{0} has another name: {2}"),
    ("tags", "changed", "Changed", "{0} has another name: {2}"),
    (
        "x-idempotent none",
        "changed",
        "Changed",
        "{0}: no longer retried after a failure if the request may have been acted on",
    ),
    ("x-idempotent", "changed", "Changed", "{0}: retried after a failure"),
    ("x-paging", "changed", "Changed", "{0}: paging works differently: {2}"),
    ("", "", "Changed", "{0}: {2}"),
]
_ABOUT_KEYWORDS = [
    ("required", "added", "Changed", "`{1}` is required by {0}"),
    ("optional", "added", "Added", "`{1}` is a keyword of {0}"),
    ("member ", "added", "Added", "`{1}` of {0} may be a `{3}`"),
    ("member ", "removed", "Removed", "`{1}` of {0} may no longer be a `{3}`"),
    ("parameter", "removed", "Removed", "`{1}`, a keyword of {0}"),
    ("field", "removed", "Removed", "`{1}`, a keyword of {0}"),
    ("required", "changed", "Changed", "`{1}` is required by {0}"),
    ("not required", "changed", "Changed", "`{1}` is no longer required by {0}"),
    ("also null", "changed", "Changed", "`{1}` of {0} may be `None`"),
    ("never null", "changed", "Changed", "`{1}` of {0} may not be `None`"),
    ("deprecated", "changed", "Deprecated", "`{1}` of {0}"),
    ("value ", "added", "Added", "`{1}` of {0} may be `{3}`"),
    ("value ", "removed", "Removed", "`{1}` of {0} may no longer be `{3}`"),
    ("", "added", "Added", "`{1}` of {0}: {2}"),
    ("", "removed", "Removed", "`{1}` of {0}: {2}"),
    ("", "", "Changed", "`{1}` of {0}: {2}"),
]
_ABOUT_MODELS = [
    ("model-name", "changed", "Changed", "the model `{3}` is now called `{1}`"),
    ("model", "added", "Added", "the model `{1}`"),
    ("member ", "added", "Added", "`{1}` may be a `{3}`"),
    ("member ", "removed", "Removed", "`{1}` is no longer a `{3}`"),
    ("model", "removed", "Removed", "the model `{1}`"),
    ("optional field", "added", "Added", "`{1}`"),
    ("required field", "added", "Added", "`{1}`, which is always there{4}"),
    ("field", "removed", "Removed", "`{1}`"),
    ("value ", "added", "Added", "`{1}` has the new value `{3}`"),
    ("value ", "removed", "Removed", "`{1}` no longer has the value `{3}`"),
    ("also null", "changed", "Changed", "`{1}` may be `None`"),
    ("never null", "changed", "Changed", "`{1}` is never `None`"),
    ("required", "changed", "Changed", "`{1}` is always there{4}"),
    ("not required", "changed", "Changed", "`{1}` may be missing"),
    ("deprecated", "changed", "Deprecated", "`{1}`"),
    ("", "added", "Added", "`{1}`: {2}"),
    ("", "removed", "Removed", "`{1}`: {2}"),
    ("", "", "Changed", "`{1}`: {2}"),
]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = parser_for("make changelog", __doc__)
    options = parser.parse_args(arguments)

    def drafted() -> tuple[str, int]:
        compared = compare_versions(options.old, options.root)
        lines = draft(compared.contract, compared.old.document, compared.new.document)
        step = compared.report(Accepted()).step["text"]
        return "\n".join([*(lines or ["Nothing changes for callers."]), "", step]), 0

    return run(parser.prog, drafted)


def draft(found: Iterable[Difference], old: Document, new: Document) -> list[str]:
    """Return the lines, by section; in each section, the breaking changes come first."""
    methods = {"removed": methods_of(old), "": methods_of(new)}
    lines = list(dict.fromkeys(_line(each, methods.get(each.change, methods[""])) for each in found))
    text = list[str]()
    for section in _SECTIONS:
        inside = _joined([each for each in lines if each.section == section])
        if inside:
            text += [*([""] if text else []), f"### {section}", "", *inside]
    return text


def _line(difference: Difference, methods: Methods) -> Line:
    place = methods.place(difference.where)
    table = _ABOUT_MODELS if not place.methods else _ABOUT_KEYWORDS if place.name else _ABOUT_METHODS
    section, words = next(
        (section, words)
        for what, change, section, words in table
        if (difference.what.startswith(what) or difference.rule == what) and change in ("", difference.change)
    )
    value = _VALUE.sub("", difference.what)
    asked = " in requests" if difference.used_in == Direction.REQUEST else ""
    text = words.format("\0", place.name, difference.what, value, asked)
    return Line(section, text, place.methods, difference.breaking)


def _joined(lines: Sequence[Line]) -> list[str]:
    """Return the bullets: lines with equal words become one with all their methods; breaking changes come first."""
    shared = dict[tuple[bool, str], list[str]]()
    for each in lines:
        shared.setdefault((each.breaking, each.words), []).extend(each.methods)
    ordered = sorted(shared.items(), key=lambda item: (not item[0][0], item[0][1], item[1]))
    bullets = list[str]()
    for (breaking, words), methods in ordered:
        named = " and ".join(f"`{name}`" for name in sorted(dict.fromkeys(methods)))
        text = words.replace("\0", named)
        text = text[:1].upper() + text[1:]
        bullets += _wrapped(f"- {'**Breaking:** ' if breaking else ''}{text}.")
    return bullets


def _wrapped(bullet: str) -> list[str]:
    lines = [""]
    for word in bullet.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= _LONGEST:
            lines.append(f"  {word}")
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


if __name__ == "__main__":
    sys.exit(main())
