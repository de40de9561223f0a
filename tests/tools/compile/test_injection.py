"""No text of a document becomes code, even if it tries to end a string, a docstring or a name: it stays data."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from tools.compile.package import GenerateError
from tools.compile.refusal import Refusal

from compile.parts import body, events, parameter, record
from compiling import Document, compile_document, imported, operation, plans, ref, small_document

MARK = "injected_by_the_document"
TEXTS = [
    f'"""\n{MARK} = 1\n"""',
    f"'''\n{MARK} = 1\n'''",
    f'"; {MARK} = 1; "',
    f"'; {MARK} = 1; '",
    f'\\"\\"\\"\n{MARK} = 1',
    f'\\\\"""\n{MARK} = 1',
    f"\n{MARK} = 1\n",
    f"\r{MARK} = 1\r",
    f"\u2028{MARK} = 1\u2028",
    f"\x0c{MARK} = 1",
    f'")\n{MARK} = 1\nprint("',
    f"{{{{ {MARK} }}}}{{% set {MARK} = 1 %}}",
    f"\\N{{{MARK}}} \\x \\u",
    f"# {MARK}\n{MARK} = 1",
    "ends with a backslash \\",
    'ends with a quote "',
    f'{MARK} = 1 """ + "',
]


def document_of(text: str) -> Document:
    """Return a document that has this text in every place where a text is allowed and does not become a name."""
    described = {"description": text, "title": "Thing", "example": text}
    thing: Any = record(
        "a kind",
        a={"type": "string", "description": text, "default": text},
        kind={"type": "string", "const": text, "default": text, "description": text},
        choice={"type": "string", "enum": [text, "other"]},
        single={"type": "string", "enum": [text]},
        **{text: {"type": "string", "description": text}},
    )
    other = record("kind", kind={"type": "string", "const": "other", "default": "other"})
    get = operation(
        "things_get",
        {"oneOf": [ref("Thing"), ref("Other")]},
        summary=text,
        description=text,
        parameters=[
            parameter("q", "query", {"type": "string", "enum": [text, "x"]}, description=text),
            parameter("h", "header", {"type": "string"}, description=text),
        ],
    )
    get["responses"]["4XX"] = {"description": text, "content": {"application/json": {"schema": ref("Other")}}}
    post = operation(
        "things_follow",
        requestBody=body(ref("Thing")) | {"description": text},
        summary=text,
        responses={
            "200": {"description": text, "content": events(ref("Other"), end=text, end_event=text, error_event=text)}
        },
    )
    return small_document(
        {"Thing": thing | described, "Other": other | {"description": text}},
        {"/x": {"get": get, "post": post}},
        tags=[{"name": "things", "description": text}],
        info={"title": text, "version": text, "description": text},
    )


def names_in(path: Path) -> set[str]:
    """Return all names that the code of a module uses."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


@pytest.mark.parametrize("text", TEXTS)
def test_texts_do_not_become_code(tmp_path: Path, text: str) -> None:
    """Descriptions, summaries, constants, enum values, defaults and ends of streams never become code."""
    package = f"injected_{TEXTS.index(text)}"
    compile_document(document_of(text), tmp_path, package)
    modules = sorted((tmp_path / package).rglob("*.py"))
    assert [path.name for path in modules if MARK in names_in(path)] == []
    for path in modules:
        imported(tmp_path, ".".join(path.relative_to(tmp_path).with_suffix("").parts).removesuffix(".__init__"))
    models: Any = imported(tmp_path, f"{package}.models")
    assert models.Thing().to_dict() == {"a": text, "kind": text}
    assert models.Thing.from_dict({text: "b"}).to_dict() == {text: "b"}
    stream = imported(tmp_path, f"{package}.api.things.things_follow").OPERATION.stream
    assert (stream.end, stream.end_event, stream.error_event) == (text, text, text)


@pytest.mark.parametrize("text", TEXTS[::3])
@pytest.mark.parametrize("where", ["operationId", "tag", "schema", "unknown tag", "parameter", "path", "x-paging"])
def test_names_do_not_become_code(tmp_path: Path, text: str, where: str) -> None:
    """A text in the place of a name is refused or becomes an identifier."""
    schemas: dict[str, Any] = {"Thing": record(a={"type": "string"})}
    get = operation("things_get", {"type": "array", "items": ref("Thing")})
    paths = {"/x": {"get": get}}
    if where == "operationId":
        get["operationId"] = f"things_{text}"
    elif where == "tag":
        get |= {"operationId": f"{text}_get", "tags": [text]}
    elif where == "schema":
        schemas[text] = record(a={"type": "string"})
    elif where == "unknown tag":
        schemas["Thing"] = record("", **{text: {"type": "string", "not": {"enum": ["a"]}}})
    elif where == "parameter":
        get["parameters"] = [parameter(text, "query", {"type": "string"})]
    elif where == "path":
        paths = {f"/x/{text}": {"get": get}}
    else:
        get |= {"x-paging": {"parameter": text}, "parameters": [parameter(text, "query", {"type": "string"})]}
    document = small_document(schemas, paths)
    try:
        plans(document, class_overrides={})
    except (Refusal, GenerateError):
        return
    package = f"named_{where.replace(' ', '_').replace('-', '_')}_{TEXTS.index(text)}"
    compile_document(document, tmp_path, package)
    for path in sorted((tmp_path / package).rglob("*.py")):
        assert MARK not in names_in(path)
        imported(tmp_path, ".".join(path.relative_to(tmp_path).with_suffix("").parts).removesuffix(".__init__"))
