"""An extension of griffe: gives classes of attrs, and NamedTuples, the `__init__` that Python makes for them.

griffe reads the code without running it, and makes an `__init__` only for dataclasses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import griffe

_DECORATORS = frozenset({"attrs.define", "attrs.frozen", "attrs.mutable"})
_SELF = griffe.Parameter("self", kind=griffe.ParameterKind.positional_or_keyword)


class ShowConstructors(griffe.Extension):
    """Adds `__init__` to each class whose annotated fields are the arguments of its constructor."""

    def on_package(self, *, pkg: griffe.Module, **_: Any) -> None:
        """Add the constructors when griffe has loaded a package."""
        for kind in classes(pkg):
            if "__init__" not in kind.members and has_fields(kind):
                arguments = {each.name: each for owner in [*reversed(kind.mro()), kind] for each in parameters(owner)}
                ordered = sorted(arguments.values(), key=lambda each: each.kind is griffe.ParameterKind.keyword_only)
                made = griffe.Function("__init__", parameters=griffe.Parameters(_SELF, *ordered), returns="None")
                kind.set_member("__init__", made)


def classes(scope: griffe.Module | griffe.Class) -> Iterator[griffe.Class]:
    """Yield the classes in a module or class, and in those that it contains."""
    for member in scope.members.values():
        if isinstance(member, griffe.Class):
            yield member
        if isinstance(member, griffe.Module | griffe.Class):
            yield from classes(member)


def has_fields(kind: griffe.Class) -> bool:
    """Tell whether the annotated attributes of a class become arguments of its constructor."""
    made = of_attrs(kind)
    if made is None:
        return any(path_of(base) == "typing.NamedTuple" for base in kind.bases)
    return made.get("init") != "False"


def of_attrs(kind: griffe.Class) -> dict[str, Any] | None:
    """Return the settings in the decorator by which attrs makes a class; None if attrs does not make it."""
    return next((settings(each.value) for each in kind.decorators if each.callable_path in _DECORATORS), None)


def parameters(kind: griffe.Class) -> Iterator[griffe.Parameter]:
    """Yield the arguments of a constructor for the fields that the class itself declares."""
    if not has_fields(kind):
        return
    by_keyword = (of_attrs(kind) or {}).get("kw_only") == "True"
    for attribute in kind.members.values():
        if not isinstance(attribute, griffe.Attribute) or attribute.annotation is None:
            continue
        if "instance-attribute" not in attribute.labels:  # a property, or a ClassVar
            continue
        is_field = isinstance(attribute.value, griffe.ExprCall) and path_of(attribute.value) == "attrs.field"
        given: dict[str, Any] = settings(attribute.value) if is_field else {"default": attribute.value}
        if given.get("init") == "False":
            continue
        default = given.get("default")
        if "factory" in given:
            default = griffe.ExprCall(function=given["factory"], arguments=[])
        only = by_keyword or given.get("kw_only") == "True"
        yield griffe.Parameter(
            attribute.name.lstrip("_"),  # as attrs does
            annotation=attribute.annotation,
            kind=griffe.ParameterKind.keyword_only if only else griffe.ParameterKind.positional_or_keyword,
            default=default,
        )


def settings(call: Any) -> dict[str, Any]:
    """Return the keyword arguments of a call; none if it is not a call."""
    if not isinstance(call, griffe.ExprCall):
        return {}
    found = [each for each in call.arguments if isinstance(each, griffe.ExprKeyword)]
    return {each.name: each.value if isinstance(each.value, griffe.Expr) else str(each.value) for each in found}


def path_of(expression: Any) -> str:
    """Return the full name of what an expression names or calls."""
    return expression.canonical_path if isinstance(expression, griffe.Expr) else str(expression)
