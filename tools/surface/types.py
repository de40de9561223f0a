"""Decide from the text of two Python annotations whether every value of one also fits the other.

Only the last part of a name counts, so a class is the same wherever it is imported from. Generic types count as
covariant. Inheritance between classes is not known, so two different names are two different types.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from attrs import frozen

# The wider types of a type; type checkers accept an int as a float (PEP 484).
_WIDER = {
    "bool": {"int", "float"},
    "int": {"float"},
    "list": {"MutableSequence", "Sequence", "Collection", "Iterable"},
    "Sequence": {"Collection", "Iterable"},
    "tuple": {"Sequence", "Collection", "Iterable"},
    "dict": {"MutableMapping", "Mapping"},
    "MutableMapping": {"Mapping"},
}
_ANYTHING = {"Any", "object"}
# These describe the place of a value, not the value.
_TRANSPARENT = {"Required", "NotRequired", "ReadOnly", "ClassVar", "Final"}


@frozen
class Type:
    """One member of a union: a name with its arguments, which are unions; the name of a literal is its text."""

    name: str
    arguments: tuple[frozenset[Type], ...] = ()
    literal: str = ""  # the class of a literal's value


Union = frozenset[Type]


def parse(annotation: str, aliases: Mapping[str, str]) -> Union:
    """Parse an annotation, with aliases replaced by their definitions."""
    return _union(ast.parse(annotation, mode="eval").body, aliases)


def fits(narrow: Union, wide: Union) -> bool:
    """Return whether every value of the first annotation is a value of the second."""
    return all(any(_fits(one, other) for other in wide) for one in narrow)


def _fits(one: Type, other: Type) -> bool:
    if other.name in _ANYTHING or one == other or one.literal == other.name != "":
        return True
    if other.name != one.name and other.name not in _WIDER.get(one.name, ()):
        return False
    if not other.arguments:
        return True
    return len(one.arguments) == len(other.arguments) and all(map(fits, one.arguments, other.arguments))


def _union(node: ast.expr, aliases: Mapping[str, str]) -> Union:
    found = frozenset({Type(ast.unparse(node))})
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            found = _union(left, aliases) | _union(right, aliases)
        case ast.Constant(value=str(text)):  # a forward reference
            found = parse(text, aliases)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in aliases:
            found = parse(aliases[name], {key: text for key, text in aliases.items() if key != name})
        case ast.Name(id=name) | ast.Attribute(attr=name):
            found = frozenset({Type(name)})
        case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner):
            found = _subscript(name, inner.elts if isinstance(inner, ast.Tuple) else [inner], aliases)
        case ast.List(elts=parts):  # the parameters of a Callable
            found = frozenset({Type("[]", tuple(_union(part, aliases) for part in parts))})
        case _:
            pass
    return found


def _subscript(name: str, parts: list[ast.expr], aliases: Mapping[str, str]) -> Union:
    if name == "Literal":
        values = [part for part in parts if isinstance(part, ast.Constant)]
        return frozenset(Type(ast.unparse(part), literal=type(part.value).__name__) for part in values)
    inner = tuple(_union(part, aliases) for part in parts)
    if name in _TRANSPARENT or name == "Annotated":
        return inner[0]
    if name in ("Union", "Optional"):
        return frozenset().union(*inner, [Type("None")] if name == "Optional" else [])
    return frozenset({Type(name, inner)})
