"""The arguments of classes whose constructor is not in the source: attrs classes and TypedDicts."""

from __future__ import annotations

import ast

import griffe
from attrs import frozen

_ATTRS = {"define", "frozen", "mutable", "attrs", "s"}


@frozen
class Key:
    """A parameter of a constructor that attrs generates, or a key of a `TypedDict`; the class `owner` declares it."""

    annotation: str
    required: bool
    positional: bool = False
    owner: str = ""


def is_typed_dict(found: griffe.Class) -> bool:
    """Return whether a class is a `TypedDict`, itself or through a base."""
    return any(str(base).endswith("TypedDict") for base in found.bases) or any(
        isinstance(base, griffe.Class) and is_typed_dict(base) for base in found.resolved_bases
    )


def is_named_tuple(found: griffe.Class) -> bool:
    """Return whether a class is a `NamedTuple`."""
    return any(str(base).endswith("NamedTuple") for base in found.bases)


def keys_of(found: griffe.Class) -> dict[str, Key]:
    """Return the keys of a `TypedDict`, with those of its bases."""
    keys = dict[str, Key]()
    for name, member in found.all_members.items():
        stated = member.final_target if isinstance(member, griffe.Alias) else member
        if not isinstance(stated, griffe.Attribute) or not isinstance(stated.parent, griffe.Class):
            continue
        annotation, total = str(stated.annotation), str(stated.parent.keywords.get("total", "True")) == "True"
        required = annotation.startswith("Required[") or (total and not annotation.startswith("NotRequired["))
        keys[name] = Key(annotation, required, owner=stated.parent.path)
    return keys


def constructor(found: griffe.Class) -> dict[str, Key]:
    """Return the parameters of the constructor that attrs generates, in order; nothing if the source has one.

    Those of base classes come first.
    """
    calls = [ast.parse(str(decorator.value), mode="eval").body for decorator in found.decorators]
    attrs = [call for call in calls if _called(call) in _ATTRS]
    if not attrs or "__init__" in found.members or _option(attrs[0], "init") == "False":
        return {}
    keywords_only = _option(attrs[0], "kw_only") == "True"
    parameters = dict[str, Key]()
    for base in reversed(found.resolved_bases):
        parameters |= constructor(base) if isinstance(base, griffe.Class) else {}
    for name, member in found.attributes.items():
        annotation = str(member.annotation)
        if member.is_alias or "property" in member.labels or annotation.startswith("ClassVar"):
            continue
        value = ast.parse(str(member.value), mode="eval").body if member.value is not None else None
        described = value if _called(value) in ("field", "ib") else None
        if _option(described, "init") == "False":
            continue
        required = value is None or (
            described is value and not (_option(value, "default") or _option(value, "factory"))
        )
        positional = not keywords_only and _option(described, "kw_only") != "True"
        parameters[name.lstrip("_")] = Key(annotation, required, positional, owner=found.path)
    return parameters


def _called(node: ast.expr | None) -> str:
    """Return the last part of the name of a function that is called or used as a decorator."""
    if isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _option(node: ast.expr | None, name: str) -> str:
    """Return the text of a call's keyword argument, or "" if it does not have it."""
    keywords = node.keywords if isinstance(node, ast.Call) else []
    return next((ast.unparse(keyword.value) for keyword in keywords if keyword.arg == name), "")
