"""Extensions of griffe that show the arguments of functions in full.

`ShowKeywords` shows each keyword argument of a method that takes `**arguments: Unpack[SomeTypedDict]`. griffe's own
extension shows only the fields that the TypedDict itself declares, not those that it inherits. `ShowDefaults` shows the
value of a default that is a constant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import griffe


class Field(NamedTuple):
    """A field of a TypedDict."""

    name: str
    annotation: str | griffe.Expr | None
    required: bool


class ShowKeywords(griffe.Extension):
    """Replaces `**arguments` by the keyword arguments that it stands for, each with its type; required ones first."""

    def on_package(self, *, pkg: griffe.Module, loader: griffe.GriffeLoader, **_: Any) -> None:
        """Change the methods of a package when griffe has loaded it."""
        for function in functions(pkg):
            for parameter in list(function.parameters):
                path = typed_dict(parameter)
                if path is not None:
                    del function.parameters[parameter.name]
                    for field in sorted(fields(path, loader).values(), key=lambda each: not each.required):
                        function.parameters.add(keyword(field))


class ShowDefaults(griffe.Extension):
    """Replaces a default that is the name of a constant by the value of the constant."""

    def on_package(self, *, pkg: griffe.Module, loader: griffe.GriffeLoader, **_: Any) -> None:
        """Change the functions of a package when griffe has loaded it."""
        for function in functions(pkg):
            for parameter in function.parameters:
                # UNSET is not a value that a caller passes: it says that the argument may be left out.
                default = parameter.default
                if not isinstance(default, griffe.ExprName) or default.name == "UNSET":
                    continue
                if default.canonical_path.partition(".")[0] not in loader.modules_collection:
                    continue  # griffe has not loaded the package of this default
                named = loader.modules_collection.get_member(default.canonical_path)
                constant = named.final_target if named.is_alias else named
                if isinstance(constant, griffe.Attribute) and constant.value is not None:
                    parameter.default = constant.value


def functions(scope: Any) -> Iterator[griffe.Function]:
    """Yield the functions, methods and their overloads in a module or class, and in those that it contains."""
    for member in scope.members.values():
        if member.is_alias:
            continue
        if isinstance(member, griffe.Function):
            yield from [member, *(member.overloads or ())]
        elif isinstance(member, griffe.Module | griffe.Class):
            yield from functions(member)


def typed_dict(parameter: griffe.Parameter) -> str | None:
    """Return the path of the TypedDict that a parameter unpacks, if it unpacks one."""
    annotation = parameter.annotation
    if not isinstance(annotation, griffe.ExprSubscript) or annotation.canonical_path != "typing.Unpack":
        return None
    unpacked = annotation.slice
    return unpacked.canonical_path if isinstance(unpacked, griffe.Expr) else None


def fields(path: str, loader: griffe.GriffeLoader) -> dict[str, Field]:
    """Return the fields of a TypedDict by their names, with those that it inherits."""
    package = path.partition(".")[0]
    if package == "typing" or path.endswith(".TypedDict"):
        return {}
    if package not in loader.modules_collection:
        loader.load(package)
    found: dict[str, Field] = {}
    declared = loader.modules_collection[path]
    kind = declared.final_target if declared.is_alias else declared
    for base in kind.bases:
        found |= fields(base.canonical_path, loader)
    total = str(kind.keywords.get("total", "True")) == "True"
    for attribute in kind.members.values():  # without those that it inherits
        if not isinstance(attribute, griffe.Attribute):
            continue
        annotation, required = attribute.annotation, total
        if isinstance(annotation, griffe.ExprSubscript) and annotation.canonical_path in (
            "typing.Required",
            "typing.NotRequired",
        ):
            required = annotation.canonical_path == "typing.Required"
            annotation = annotation.slice
        found[attribute.name] = Field(attribute.name, annotation, required)
    return found


def keyword(field: Field) -> griffe.Parameter:
    """Return the keyword argument for a field."""
    return griffe.Parameter(
        field.name,
        annotation=field.annotation,
        kind=griffe.ParameterKind.keyword_only,
        default=None if field.required else "...",  # a TypedDict does not say which default it is
    )
