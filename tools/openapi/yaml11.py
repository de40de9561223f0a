"""Where PyYAML, which reads YAML 1.1, reads something else than YAML 1.2 says.

OpenAPI is YAML 1.2, but many tools read a contract with PyYAML; our stub is one of them. For these tools `yes` is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.resolver import BaseResolver, Resolver

from .yaml12 import TAG, know_core_schema

_NAMES = {"str": "text", "int": "an int"}
_OCTAL = re.compile("[-+]?0[0-9]+")


class _Core(BaseResolver):
    """Tells the type of a scalar as YAML 1.2 does."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  # PyYAML's


know_core_schema(_Core)
_OLD: Any = Resolver()
_NEW: Any = _Core()


def differences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line of each difference, and what it is. Merge keys do not count: our readers of YAML 1.2 know them."""
    try:
        found = list(scalars(text))
    except yaml.YAMLError as error:
        line, problem = problem_of(error)
        yield line, f"PyYAML cannot read this: {problem}. Put text with special characters in quotes"
        return
    for each in found:
        if difference := _difference(each):
            yield each.start_mark.line + 1, difference


def problem_of(error: yaml.YAMLError) -> tuple[int, str]:
    """Return the line of an error of PyYAML, and what is wrong there."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return 1 if mark is None else mark.line + 1, problem


def scalars(text: str) -> Iterator[yaml.ScalarNode]:
    """Yield the keys and values that are not lists or objects, as PyYAML reads them; raises yaml.YAMLError."""
    # SafeLoader is the part of PyYAML that is always there. CSafeLoader may be missing, and reads more.
    seen, waiting = set[int](), [yaml.compose(text, yaml.SafeLoader)]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, yaml.ScalarNode):
            yield each
        elif isinstance(each, yaml.SequenceNode):
            waiting += reversed(each.value)
        elif isinstance(each, yaml.MappingNode):
            waiting += [part for pair in reversed(each.value) for part in reversed(pair)]


def _difference(scalar: yaml.ScalarNode) -> str | None:
    if scalar.style is not None or scalar.tag != _OLD.resolve(yaml.ScalarNode, scalar.value, (True, False)):
        return None  # in quotes, or with a tag that states the type
    old = scalar.tag.removeprefix(TAG)
    new = str(_NEW.resolve(yaml.ScalarNode, scalar.value, (True, False))).removeprefix(TAG)
    if old == new == "int" and _OCTAL.fullmatch(scalar.value):
        return f"{scalar.value} is octal in YAML 1.1, but not in YAML 1.2: write it without the 0, or in quotes"
    if old == new:
        return None
    advice = "put it in quotes" if new == "str" else "write it as a text in quotes, or as a number that both know"
    return f"{scalar.value} is {_name(new)} in YAML 1.2, and {_name(old)} in YAML 1.1: {advice}"


def _name(kind: str) -> str:
    return _NAMES.get(kind, f"a {kind}")
