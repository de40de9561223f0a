"""Read YAML as OpenAPI specifies it: with the core schema of YAML 1.2, of which JSON is a part.

PyYAML reads YAML 1.1, where `on` and `no` are true and false, 010 is eight, 1e5 is a string and 2026-10-05 is a date.
We keep only one feature of YAML 1.1, merge keys (`<<`), because documents use them and other OpenAPI tools read them.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

TAG = "tag:yaml.org,2002:"
"""How the tags of YAML's own types begin."""
# For each type of https://yaml.org/spec/1.2.2/#103-core-schema: the expression, and the characters that may come first.
_CORE = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", [*"-+0123456789"]),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        [*"-+.0123456789"],
    ),
    "merge": (r"<<", ["<"]),
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the C loader is several times faster
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  # PyYAML's

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  # PyYAML's
        """Refuse a key that occurs twice, because YAML does not say which of the two counts."""
        seen = set[str]()
        for key, _ in node.value:
            if key.value in seen and isinstance(key, yaml.ScalarNode) and key.tag != f"{TAG}merge":
                raise yaml.MarkedYAMLError(problem=f"the key {key.value} occurs twice", problem_mark=key.start_mark)
            seen |= {key.value} if isinstance(key, yaml.ScalarNode) else set()
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


def _whole(_: Any, node: yaml.ScalarNode) -> int:
    digits = node.value.lower()
    return int(digits, 16) if "x" in digits else int(digits.replace("o", ""), 8) if "o" in digits else int(digits)


def _fraction(_: Any, node: yaml.ScalarNode) -> float:
    return float(node.value.lower().replace(".inf", "inf").replace(".nan", "nan"))


def know_core_schema(kind: Any) -> None:
    """Add the core schema to a loader or a dumper. A dumper then quotes strings that would be read as another type."""
    for name, (expression, first) in _CORE.items():
        kind.add_implicit_resolver(f"{TAG}{name}", re.compile(f"^(?:{expression})$"), first)


know_core_schema(_Loader)
_Loader.add_constructor(f"{TAG}int", _whole)
_Loader.add_constructor(f"{TAG}float", _fraction)


def load(text: str | bytes) -> Any:
    """Return the data of a YAML text; raises yaml.YAMLError, or ValueError for a number that is too long."""
    return yaml.load(text, _Loader)  # noqa: S506  # a safe loader
