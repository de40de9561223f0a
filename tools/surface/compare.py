"""Compare the Python interfaces of two versions of the packages: names, parameters, fields and their types.

griffe finds removed names, and changes of parameters that break callers. This module adds what griffe does not compare:
the types of parameters, fields and results, overloads, constructors that attrs generates, and the keys of each
`TypedDict` (the dict twins of the models, and the options of calls).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

import griffe
from attrs import define
from tools.contract.differences import Change, Difference

from .classes import Key, constructor, is_named_tuple, keys_of
from .packages import GENERATED, Surface
from .types import Union, fits, parse

_LONG = 160  # characters; two annotations that fit on one or two lines
_STOPS = "code that uses it stops working"
_LESS = "what could be passed no longer can"
_NEW = "nobody had it"
_UNCHANGED = "callers need not change anything"
_MORE = "it may hold what callers do not expect"


def compare_surfaces(old: Surface, new: Surface) -> list[Difference]:
    """Return all differences for users of the packages; those that break users are `python` differences."""
    found = [
        _griffe_difference(breakage)
        for name in old.packages
        for breakage in griffe.find_breaking_changes(old.packages[name], new.packages[name])
    ]
    comparison = _Comparison(old, new)
    found += [each for path in old.objects.keys() & new.objects.keys() for each in comparison.compare(path)]
    found += [each for path in old.typed_dicts for each in comparison.compare_dicts(path)]
    found += _additions(old, new)
    unique = {(each.where, each.what): each for each in found}
    return sorted(unique.values(), key=lambda each: (not each.breaking, each.where, each.what))


def _additions(old: Surface, new: Surface) -> Iterator[Difference]:
    """Yield each new object, but not the members of a new class. A new member that old classes inherit comes once."""
    known = {each.canonical_path for each in old.objects.values()}
    gained = {each.canonical_path: each for each in new.objects.values() if each.canonical_path not in known}
    for path, each in gained.items():
        owner = path.rpartition(".")[0]
        if owner not in gained and owner not in new.typed_dicts and not each.is_special:
            yield Difference(path, each.kind.value, "added", reason=_NEW)


def _griffe_difference(breakage: griffe.Breakage) -> Difference:
    """Return a finding of griffe as a difference."""
    before, after, kind = breakage.old_value, breakage.new_value, breakage.kind
    where = breakage.obj.canonical_path
    parameter = next((each for each in (before, after) if isinstance(each, griffe.Parameter)), None)
    if parameter is not None:
        where = f"{where}({parameter.name})"
    if kind is griffe.BreakageKind.OBJECT_REMOVED:
        return _broken(where, breakage.obj.kind.value, "removed")
    if kind is griffe.BreakageKind.PARAMETER_REMOVED:
        return _broken(where, "parameter", "removed")
    if kind is griffe.BreakageKind.PARAMETER_ADDED_REQUIRED:
        return _broken(where, "required parameter", "added")
    if kind is griffe.BreakageKind.PARAMETER_CHANGED_DEFAULT:
        return _broken(where, f"default {after.default} instead of {before.default}")
    return _broken(where, kind.value[:1].lower() + kind.value[1:])


def _broken(where: str, what: str, change: Change = "changed", reason: str = _STOPS, *, rule: str = "") -> Difference:
    return Difference(where, what, change, reason=reason, python=True, rule=rule)


@define(slots=False)
class _Comparison:
    """Compares what griffe does not compare, object by object."""

    old: Surface
    new: Surface

    @cached_property
    def _read(self) -> set[str]:
        return self.old.read_by_callers() | self.new.read_by_callers()

    @cached_property
    def _new_classes(self) -> set[str]:
        names = [{each.name for each in side.objects.values() if each.is_class} for side in (self.new, self.old)]
        return names[0] - names[1]

    def compare(self, path: str) -> Iterator[Difference]:
        before, after = self.old.objects[path], self.new.objects[path]
        if isinstance(before, griffe.Function) and isinstance(after, griffe.Function):
            yield from self._compare_functions(path, before, after)
        elif isinstance(before, griffe.Attribute) and isinstance(after, griffe.Attribute):
            owner = path.rpartition(".")[0]
            # Fields of a model that only callers write are compared in its constructor and its TypedDict.
            if owner in self._read or not owner.startswith(f"{GENERATED}.models."):
                yield from self._compare_types(path, before.annotation, after.annotation, read=True)
        elif isinstance(before, griffe.Class) and isinstance(after, griffe.Class):
            olds, news = constructor(before), constructor(after)
            public = self.old.objects.keys() | self.new.objects.keys()  # parameters of private bases count as own
            own = {name for keys in (olds, news) for name, key in keys.items() if key.owner not in public - {path}}
            olds, news = ({name: keys[name] for name in keys if name in own} for keys in (olds, news))
            yield from self._compare_parameters(path, olds, news)
            if is_named_tuple(before) and [*before.attributes] != [*after.attributes]:
                yield _broken(path, "fields of the tuple", reason="unpacking it gives other values")

    def compare_dicts(self, path: str) -> Iterator[Difference]:
        """Compare the keys of a `TypedDict`, without those that a base has: they are compared for the base."""
        if path not in self.new.typed_dicts:  # griffe reports a removed public one, and nobody imports a private one
            return
        before, after = keys_of(self.old.typed_dicts[path]), keys_of(self.new.typed_dicts[path])
        of_bases = {name for name, key in before.items() if key.owner != path and name in self._keys_now(key.owner)}
        own = {name: key for name, key in before.items() if name not in of_bases or name not in after}
        own_now = {name: key for name, key in after.items() if name in own or key.owner == path}
        yield from self._compare_parameters(path, own, own_now)
        for name in own_now.keys() - before.keys():
            if not own_now[name].required:
                yield Difference(f"{path}({name})", "optional key", "added", reason=_NEW)

    def _keys_now(self, path: str) -> set[str]:
        found = self.new.typed_dicts.get(path)
        return set(keys_of(found)) if found else set()

    def _compare_functions(self, path: str, before: griffe.Function, after: griffe.Function) -> Iterator[Difference]:
        for new in after.parameters:
            where = f"{path}({new.name})"
            if new.name in before.parameters:
                old = before.parameters[new.name]
                yield from self._compare_types(where, old.annotation, new.annotation, read=False)
            elif not new.required and not self._is_new_field(path, new.name):
                yield Difference(where, "optional parameter", "added", reason=_NEW)
        yield from self._compare_types(f"{path}()", before.returns, after.returns, read=True)
        forms, now = list(before.overloads or []), list(after.overloads or [])
        for form in forms:
            taken = [each for each in now or [after] if self._takes(form, each)]
            if not taken:
                yield _broken(path, f"overload {_heading(form)}", "removed", rule="overload")
            elif _written(form) not in map(_written, taken):
                yield Difference(path, f"overload {_heading(form)}", "changed", reason=_UNCHANGED, rule="overload")
        for each in now:
            if not any(self._takes(form, each) for form in forms):
                yield Difference(path, f"overload {_heading(each)}", "added", reason=_NEW, rule="overload")

    def _takes(self, old: griffe.Function, new: griffe.Function) -> bool:
        """Return whether each call that fits the old overload fits the new one, and gets a result that fits the old."""
        names = {each.name for each in old.parameters}
        if any(each.required and each.name not in names for each in new.parameters if not _takes_many(each)):
            return False
        for each in old.parameters:
            if each.name not in new.parameters:
                return False
            now = new.parameters[each.name]
            if (now.required and not each.required) or not self._fits(each.annotation, now.annotation, read=False):
                return False
        return self._fits(old.returns, new.returns, read=True)

    def _is_new_field(self, path: str, name: str) -> bool:
        """Return whether a constructor's parameter sets a field that is also new, and so is listed as a field."""
        owner, _, method = path.rpartition(".")
        return method == "__init__" and f"{owner}.{name}" in self.new.objects.keys() - self.old.objects.keys()

    def _compare_parameters(self, path: str, olds: Mapping[str, Key], news: Mapping[str, Key]) -> Iterator[Difference]:
        for name, key in olds.items():
            where = f"{path}({name})"
            if name not in news:
                yield _broken(where, "parameter", "removed")
                continue
            if news[name].required and not key.required:
                yield _broken(where, "required")
            elif key.required and not news[name].required:
                yield Difference(where, "not required", "changed", reason=_UNCHANGED)
            yield from self._compare_types(where, key.annotation, news[name].annotation, read=False)
        for name in (name for name, key in news.items() if name not in olds and key.required):
            yield _broken(f"{path}({name})", "required parameter", "added")
        places = [[name for name, key in side.items() if key.positional] for side in (olds, news)]
        if places[0] != places[1][: len(places[0])] and set(places[0]) <= news.keys():
            yield _broken(path, "parameters in another order")

    def _compare_types(self, where: str, before: object, after: object, *, read: bool) -> Iterator[Difference]:
        """Compare two annotations: a type that callers write may become wider, one that they read narrower."""
        if before is None or after is None or self._parsed(before, after, read=read) is None:
            return
        what = _type_change(str(before), str(after))
        if self._fits(before, after, read=read):
            yield Difference(where, what, "changed", reason=_UNCHANGED, rule="type")
        else:
            yield _broken(where, what, reason=_MORE if read else _LESS, rule="type")

    def _fits(self, before: object, after: object, *, read: bool) -> bool:
        """Return whether code that is correct with the old annotation is also correct with the new one."""
        if before is None or after is None:
            return True
        pair = self._parsed(before, after, read=read)
        return pair is None or (fits(pair[1], pair[0]) if read else fits(*pair))

    def _parsed(self, before: object, after: object, *, read: bool) -> tuple[Union, Union] | None:
        """Return two annotations as types; None if they are the same."""
        # Where a new model is read, callers had to expect an `Unknown...` model before.
        unknown = " | ".join(re.findall(r"\bUnknown\w+", str(before))) if read else ""
        named = dict.fromkeys(self._new_classes, unknown) if unknown else {}
        old, new = parse(str(before), self.old.aliases), parse(str(after), {**self.new.aliases, **named})
        return None if old == new else (old, new)


def _type_change(before: str, after: str) -> str:
    """Return how two annotations differ; for long ones, only which names differ."""
    if before == after:
        return "type: the same text, but a name in it has another definition"
    if len(before) + len(after) < _LONG:
        return f"type {after} instead of {before}"
    old, new = (re.findall(r"[\w.]+", text) for text in (before, after))
    changes = {"with": [name for name in new if name not in old], "without": [name for name in old if name not in new]}
    said = [f"{word} {', '.join(dict.fromkeys(names))}" for word, names in changes.items() if names]
    return "type " + " and ".join(said or ["written differently"])


def _takes_many(parameter: griffe.Parameter) -> bool:
    kinds = (griffe.ParameterKind.var_positional, griffe.ParameterKind.var_keyword)
    return parameter.kind in kinds


def _written(form: griffe.Function) -> str:
    return str([*((each.name, str(each.annotation), each.required) for each in form.parameters), str(form.returns)])


def _heading(form: griffe.Function) -> str:
    """Return a short text for an overload: its required parameters and its result."""
    required = [f"{each.name}: {each.annotation}" for each in form.parameters if each.required and each.name != "self"]
    text = f"({', '.join(required)}) -> {form.returns}"
    return text if len(text) <= _LONG else f"{text[: _LONG - 3]}..."
