"""Reads and writes the YAML of recordings. Reading is strict, because people edit recordings."""

from __future__ import annotations

import re
from typing import Any

from ..openapi.extra import yaml

__all__ = ["YamlTextError", "read_yaml", "written_yaml"]

# The C loader is several times faster. PyYAML has it if it was built with libyaml.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A recording has six levels. The loaders recurse for each level: if there are too many, the C loader crashes.
_MAX_DEPTH = 20
_TAG = "tag:yaml.org,2002:"
_SCALARS = frozenset(_TAG + name for name in ("binary", "bool", "float", "int", "null", "str"))
# Characters that YAML shows as they are. A text with any other character is in double quotes, with escapes.
_PLAIN = re.compile("[ -~\xa1-\u1fff\u2030-\ud7ff\U00010000-\U0010fffe\n]*")


class YamlTextError(ValueError):
    """A text is not YAML, or has something that a recording cannot have; the message says where and why."""


def read_yaml(data: bytes) -> Any:
    """Return the content of a YAML text.

    Raises:
        YamlTextError: it is not YAML; or it has a field twice, an alias, a type that a recording does not have, or too
            many levels.
    """
    try:
        _check(data)
        node = yaml.compose(data, Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise YamlTextError(f"it is not YAML: {' '.join(str(error).split())}") from error
    return None if node is None else _content(node)


def written_yaml(content: object) -> str:
    """Return a content as YAML."""
    text: str = yaml.dump(
        content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**9, default_flow_style=False
    )
    return text


def _check(data: bytes) -> None:
    """Refuse aliases, which the loaders could follow for ever, and too many levels, at which they could crash."""
    depth = 0
    for event in yaml.parse(data, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise _mistake(event, f"`*{event.anchor}` is an alias; write the value itself")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise _mistake(event, f"there are more than {_MAX_DEPTH} levels")


def _content(node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_content(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        fields: dict[str, Any] = {}
        for key, value in node.value:
            name = _content(key)
            if not isinstance(name, str):
                raise _mistake(key, f"the name of a field is {name!r}, not a text")
            if name in fields:
                raise _mistake(key, f"there are two fields `{name}`")
            fields[name] = _content(value)
        return fields
    if node.tag not in _SCALARS:
        raise _mistake(node, f"{node.value!r} is a {node.tag.removeprefix(_TAG)}; if it should be a text, quote it")
    try:
        return yaml.constructor.SafeConstructor().construct_object(node)
    except (yaml.YAMLError, ValueError, LookupError) as error:
        raise _mistake(node, f"{node.value!r} is not a {node.tag.removeprefix(_TAG)}") from error


def _mistake(where: yaml.Node | yaml.Event, what: str) -> YamlTextError:
    mark = where.start_mark
    return YamlTextError(what if mark is None else f"line {mark.line + 1}: {what}")


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and never folds a line."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # a text that occurs twice is written twice
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002  # PyYAML's
        super().increase_indent(flow, indentless)


def _represented(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if _PLAIN.fullmatch(text) else '"'
    if style is None and "\n" in text:
        style = '"' if text.startswith((" ", "\n")) or " \n" in text or text.endswith(" ") else "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represented)
