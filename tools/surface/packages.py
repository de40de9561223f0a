"""Read the public Python interface of the packages with griffe; the code is never imported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import griffe
from attrs import frozen

from .classes import is_typed_dict

GENERATED, OVERLAY = "mistral_agents_api", "mistral_agents"
# This module exports everything that it imports from the packages.
_EXPORTS_ALL = "mistral_agents.models"


class SurfaceError(Exception):
    """A package cannot be read."""


@frozen
class Surface:
    """The packages of one version: public objects by path, each `TypedDict`, and the definitions of type aliases."""

    packages: Mapping[str, griffe.Module]
    objects: Mapping[str, griffe.Object]
    typed_dicts: Mapping[str, griffe.Class]
    aliases: Mapping[str, str]

    def read_by_callers(self) -> set[str]:
        """Return the paths of the generated models that callers read in answers. They only write the other models.

        A model without a TypedDict is not in requests. So it is in answers, and so are all models in its fields.
        """
        models = {
            path.rpartition(".")[2]: each
            for path, each in self.objects.items()
            if path.startswith(f"{GENERATED}.models.") and isinstance(each, griffe.Class)
        }
        found, waiting = (
            set[str](),
            [name for name in models if f"{name}Dict" not in models and not name.endswith("Dict")],
        )
        while waiting:
            model = models[waiting.pop()]
            if model.canonical_path not in found:
                found.add(model.canonical_path)
                for member in model.attributes.values():
                    waiting += models.keys() & names_in(str(member.annotation), self.aliases)
        return found


def names_in(annotation: str, aliases: Mapping[str, str]) -> set[str]:
    """Return the names in an annotation, with the names in the definitions of aliases."""
    names = set(re.findall(r"\w+", annotation))
    others = {name: text for name, text in aliases.items() if name not in names}
    return names.union(*(names_in(aliases[name], others) for name in names & aliases.keys()))


def load(folders: Sequence[Path], names: Iterable[str]) -> Surface:
    """Read packages by their names from the folders that hold them; raises SurfaceError."""
    loader = griffe.GriffeLoader(search_paths=[str(folder) for folder in folders], allow_inspection=False)
    try:
        packages = {name: loader.load(name, try_relative_path=False) for name in names}
    except (ImportError, SyntaxError, griffe.GriffeError) as error:
        raise SurfaceError(f"the Python packages cannot be read: {error}") from None
    loader.resolve_aliases(implicit=True, external=False)
    modules = {name: each for name, each in packages.items() if isinstance(each, griffe.Module)}
    objects = {path: each for module in modules.values() for path, each in _public(module, set(modules))}
    classes = [each for module in modules.values() for each in _classes(module)]
    aliases = {name: text for module in modules.values() for name, text in _aliases(module)}
    return Surface(modules, objects, {each.path: each for each in classes if is_typed_dict(each)}, aliases)


def _public(scope: griffe.Module | griffe.Class, packages: set[str]) -> Iterator[tuple[str, griffe.Object]]:
    """Yield all objects that one can reach by public names alone, each with the path where it is defined."""
    members = scope.members if isinstance(scope, griffe.Module) else scope.all_members
    for name, member in members.items():
        exported = member.is_public or (scope.path == _EXPORTS_ALL and not name.startswith("_"))
        try:
            found = member.final_target if isinstance(member, griffe.Alias) else member
        except (griffe.AliasResolutionError, griffe.CyclicAliasError):  # from another distribution
            continue
        if not exported or found.package.path not in packages or found.name == "__main__":
            continue
        path = f"{scope.canonical_path}.{name}" if isinstance(scope, griffe.Class) else found.canonical_path
        yield path, found
        if isinstance(found, griffe.Module | griffe.Class):
            yield from _public(found, packages)


def _modules(module: griffe.Module) -> Iterator[griffe.Module]:
    yield module
    for inner in module.members.values():
        if isinstance(inner, griffe.Module):
            yield from _modules(inner)


def _classes(module: griffe.Module) -> Iterator[griffe.Class]:
    for inner in _modules(module):
        yield from (each for each in inner.members.values() if isinstance(each, griffe.Class))


def _aliases(module: griffe.Module) -> Iterator[tuple[str, str]]:
    """Yield the names of type aliases and their definitions."""
    for inner in _modules(module):
        for name, member in inner.members.items():
            if isinstance(member, griffe.Attribute) and member.value is not None:
                text, stated = str(member.value), str(member.annotation)
                if stated == "TypeAlias" or (
                    stated == "None" and name.lstrip("_")[:1].isupper() and not name.isupper()
                ):
                    yield name, text
