"""Let openapi-typescript read the contract, and compare its TypeScript types with the contract.

Other people use openapi-typescript, which has its own YAML parser. If it loses or misreads a part of the contract,
their types are wrong. Each schema must have the same fields, optional or not, with the same types, and each union the
same members. Each operation must have the same parameters, bodies and answers. TypeScript narrows a union by a tag that
is a literal in every member.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import define, field
from tools.openapi.operations import Operation

from .contract import Contract, Schema, alternatives, component

# Without the last option, fields with a default count as required.
COMMAND = ["npx", "--yes", "openapi-typescript@7.13.0", "--default-non-nullable=false"]
_FAILED = "\N{HEAVY BALLOT X}"  # its messages begin with this; a traceback of JavaScript follows
_TYPES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
_REFERENCE = 'components["schemas"]["{}"]'
_OTHERS = "[key: string]"
_NAME = r"""(?P<name>"[^"]+"|[\w$]+|\[[^\]]+\])(?P<lack>\??)"""
_OPENING = re.compile(rf"(?:export interface )?{_NAME}:? (?P<before>.*)\{{")
_LEAF = re.compile(rf"{_NAME}: (?P<type>.*);")

# The content of braces, by name; a name ends with `?` if it is optional.
Braces = dict[str, Any]


class GeneratorError(Exception):
    """The generator could not read the document; the message is what it printed."""


def is_available() -> bool:
    """Return whether npx is installed here."""
    return shutil.which("npx") is not None


def generate(path: Path) -> str:
    """Return the TypeScript that the generator writes for a document; raises GeneratorError."""
    run = subprocess.run([*COMMAND, str(path)], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        lines = list(filter(None, map(str.strip, run.stderr.splitlines())))
        said = [line.removeprefix(_FAILED).strip() for line in lines if line.startswith(_FAILED)] or lines[:1]
        raise GeneratorError("; ".join(dict.fromkeys(said)) or f"it ended with status {run.returncode}")
    return run.stdout


def problems(contract: Contract, typescript: str) -> Iterator[str]:
    """Yield the differences between the types and the contract."""
    found = _parsed(typescript)
    for name, schema in contract.schemas.items():
        yield from _differences(name, _expected(schema), found["components"]["schemas"].get(name, "nothing"))
    for operation in contract.operations():
        name = operation.raw["operationId"]
        written = _operation(found["operations"].get(name, {}))
        yield from _differences(name, _expected_operation(contract, operation), written)


def _differences(name: str, expected: str | Braces, found: str | Braces) -> Iterator[str]:
    if isinstance(expected, dict) and isinstance(found, dict):
        for field in {**expected, **found}:
            yield from _differences(f"{name} {field}", expected.get(field, "nothing"), found.get(field, "nothing"))
    elif expected != found:
        yield f"{name}: {expected} is read as {found}"


# --- The contract as TypeScript types ---


def _expected(schema: Schema) -> str | Braces:
    """Return the type of a schema; for an object, the types of its fields by name, with `?` for optional ones."""
    if schema.get("type") != "object":
        return _type(schema)
    fields: Braces = {
        name if name in schema.get("required", []) else f"{name}?": _expected(field)
        for name, field in schema.get("properties", {}).items()
    }
    others = schema.get("additionalProperties", False)
    if others is not False:
        fields[_OTHERS] = _expected({} if others is True else others)
    return fields or "Record<string,never>"


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return _REFERENCE.format(component(schema))
    if "const" in schema or "enum" in schema:
        return "|".join(json.dumps(value) for value in schema.get("enum", [schema.get("const")]))
    if found := alternatives(schema):
        return "|".join(dict.fromkeys(map(_type, found)))
    if "allOf" in schema:
        return "&".join(map(_type, schema["allOf"]))
    stated = schema.get("type", [])
    names = [stated] if isinstance(stated, str) else stated
    return "|".join(_simple(name, schema) for name in names) or "unknown"


def _simple(name: str, schema: Schema) -> str:
    if name == "object":
        return _in_one_line(_expected({**schema, "type": name}))
    return f"{_type(schema.get('items', {}))}[]" if name == "array" else _TYPES[name]


def _in_one_line(braces: str | Braces) -> str:
    """Return a type as text; the parts of a union or list are compared as texts."""
    if isinstance(braces, str):
        return braces
    return "{" + "".join(f"{name}: {_in_one_line(each)};" for name, each in braces.items()) + "}"


def _expected_operation(contract: Contract, operation: Operation) -> Braces:
    """Return the body and the answers by media type, and the parameters by name."""
    expected: Braces = {
        f"{each['in']} {each['name']}{'' if each.get('required') else '?'}": "parameter"
        for each in contract.parameters(operation)
    }
    if body := contract.body(operation):
        expected["body"] = _expected(body)
    for media_type, raw in contract.content(operation).items():
        expected[f"200 {media_type}"] = _expected(raw["schema"])
    return expected


# --- The types that the generator wrote ---


@define
class _Open:
    """A pair of braces whose end was not read yet: the name before it, the type before it, and what is in it."""

    name: str
    before: str
    inside: Braces = field(factory=dict)

    def type(self, after: str = "") -> str | Braces:
        """Return the whole type, with the part after the braces."""
        around = self.before + after
        return f"{self.before}{_in_one_line(self.inside)}{after}" if around else self.inside


def _parsed(typescript: str) -> Braces:
    """Return the names in a file as nested dicts, one for each pair of braces. The file has one name per line.

    If an object is part of a list or a union, the whole type is one text instead of a nested dict.
    """
    stack = [_Open("", "")]
    for line in map(str.strip, re.sub(r"/\*\*.*?\*/", "", typescript, flags=re.DOTALL).splitlines()):
        if opening := _OPENING.fullmatch(line):
            stack.append(_Open(_key(opening), _bare(opening["before"])))
        elif leaf := _LEAF.fullmatch(line):
            stack[-1].inside[_key(leaf)] = _bare(leaf["type"])
        elif line.startswith("}") and line.endswith("{"):
            last, between = stack[-1], _bare(line[1:-1])
            if between != "&":  # after `} & {`, the same object continues
                stack[-1] = _Open(last.name, f"{last.before}{_in_one_line(last.inside)}{between}")
        elif line.startswith("}"):
            last = stack.pop()
            stack[-1].inside[last.name] = last.type(_bare(line[1:].removesuffix(";")))
    return stack[0].inside


def _key(found: re.Match[str]) -> str:
    return found["name"].strip('"') + found["lack"]


def _bare(text: str) -> str:
    """Return a part of a type without blanks and parentheses."""
    return re.sub(r"[\s()]", "", text)


def _operation(written: Braces) -> Braces:
    """Return the body and the answers by media type, and the parameters by name."""
    found: Braces = {}
    for place, names in written.get("parameters", {}).items():
        found |= {f"{place.strip('?')} {name}": "parameter" for name in names if names != "never"}
    for schema in written.get("requestBody", {}).get("content", {}).values():
        found["body"] = schema
    content = written.get("responses", {}).get("200", {}).get("content", {})
    return found | {f"200 {media_type}": schema for media_type, schema in content.items()}
