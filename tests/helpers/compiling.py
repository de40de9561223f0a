"""Running the project's compile step, on copies of the project and on small documents."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from openapi_python_client.config import Config, ConfigFile, MetaType
from tools.checkout import ROOT
from tools.compile.document import prepare
from tools.compile.package import GenerateError, Plans, compile_contract, plans_of
from tools.compile.refusal import Refusal

PACKAGE = "mistral_agents_api"
Document = dict[str, Any]


def copy_project(folder: Path) -> Path:
    """Copy the compile step, and all files that it reads, into a new folder; return the folder."""
    for name in ("openapi.yaml", "generator-config.yml", "overlays/templates", "tools"):
        copied = folder / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copied, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, copied)
    return folder


def generate(*options: str | Path, project: Path = ROOT, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a project's compile step.

    Its hash seed is not the one of this process: if the output depended on the order of hashes, it would differ.
    """
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(project)}
    return subprocess.run(  # noqa: S603  # the project's own program
        [sys.executable, "-P", "-m", "tools.compile", *map(str, options)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def search_path(project: Path) -> list[Path]:
    """Compile a copy of the project; return the folders to import the packages from, the compiled one first."""
    done = generate(project=project)
    assert (done.returncode, done.stderr) == (0, "")
    return [project / "generated", ROOT / "overlays"]


def contents(folder: Path) -> dict[str, bytes]:
    """Return the content of all files below a folder, by their path, without bytecode."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def small_document(
    schemas: Mapping[str, Any] | None = None, paths: Mapping[str, Any] | None = None, **parts: Any
) -> Document:
    """Return a document with these schemas and paths."""
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": dict(paths or {}), **parts}
    if schemas:
        document["components"] = {**document.get("components", {}), "schemas": dict(schemas)}
    return document


def operation(identifier: str, answer: Any = None, **parts: Any) -> Document:
    """Return an operation; its identifier begins with its tag; without a schema of its answer, it answers with 204."""
    responses: Any = {"204": {"description": "done"}}
    if answer is not None:
        responses = {"200": {"description": "ok", "content": {"application/json": {"schema": answer}}}}
    tag = identifier.partition("_")[0]
    return {"operationId": identifier, "tags": [tag], "summary": f"Do {identifier}", "responses": responses} | parts


def ref(name: str) -> Document:
    """Return a reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def plans(document: Document, **settings: Any) -> Plans:
    """Return the plans of a document; raises GenerateError or Refusal."""
    path = ROOT / "generator-config.yml"
    loaded = ConfigFile.load_from_path(path)
    for name, value in settings.items():
        setattr(loaded, name, value)
    config = Config.from_sources(loaded, MetaType.NONE, path, "utf-8", overwrite=False, output_path=None)
    return plans_of(prepare(document), config)


def refusal_of(document: Document) -> str:
    """Return the error that refuses a document."""
    with pytest.raises((Refusal, GenerateError)) as caught:
        plans(document, class_overrides={})
    return str(caught.value)


def check_refusal(document: Document, message: str) -> None:
    """Check that a document is refused, and that the error begins with this message, a regular expression."""
    refusal = refusal_of(document)
    assert re.match(message, refusal), refusal


def compile_document(document: Document, folder: Path, name: str) -> None:
    """Compile a document into the package FOLDER/NAME."""
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary)
        templates = ROOT / "overlays" / "templates"
        shutil.copytree(templates, project / "overlays/templates", ignore=shutil.ignore_patterns("__pycache__"))
        settings = yaml.safe_load((ROOT / "generator-config.yml").read_text(encoding="utf-8"))
        del settings["class_overrides"]  # they name components of the contract
        (project / "generator-config.yml").write_text(json.dumps(settings), encoding="utf-8")
        (project / "openapi.yaml").write_text(json.dumps(document), encoding="utf-8")
        compile_contract(project, folder / name)


def imported(folder: Path, name: str) -> ModuleType:
    """Import a module of a package that `compile_document` has made in this folder."""
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return import_module(name)


def write_stand_in(folder: Path) -> None:
    """Write a package `mistral_agents` that has the types which compiled methods name, for type checkers."""
    package = folder / "mistral_agents"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for module, text in _STAND_INS.items():
        (package / f"{module}.py").write_text(text)


_PAIR = """from typing import Generic, TypeVar
A = TypeVar("A")
B = TypeVar("B")
class {0}(Generic[A, B]): ...
class Async{0}(Generic[A, B]): ...
"""
_STAND_INS = {
    "retry": "class RetryConfig: ...\n",
    "streams": _PAIR.format("EventStream"),
    "paging": _PAIR.format("Page"),
    "calls": """from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar
from .paging import AsyncPage, Page
from .streams import AsyncEventStream, EventStream
Arguments = Mapping[str, Any]
A = TypeVar("A", covariant=True)
E = TypeVar("E", covariant=True)
class Stream(Protocol[E]):
    @property
    def read(self) -> Callable[[Any], E]: ...
class Operation(Protocol[A, E]):
    @property
    def answer(self) -> Callable[[Any], A] | None: ...
    @property
    def stream(self) -> Stream[E] | None: ...
class Calls:
    def call(self, operation: Operation[A, Any], arguments: Arguments) -> A: ...
    async def call_async(self, operation: Operation[A, Any], arguments: Arguments) -> A: ...
    def stream(self, operation: Operation[A, E], arguments: Arguments) -> EventStream[E, A]: ...
    async def stream_async(self, operation: Operation[A, E], arguments: Arguments) -> AsyncEventStream[E, A]: ...
    def page(self, operation: Operation[A, Any], arguments: Arguments) -> Page[Any, A]: ...
    async def page_async(self, operation: Operation[A, Any], arguments: Arguments) -> AsyncPage[Any, A]: ...
    def __getattr__(self, name: str) -> Any: ...
""".replace(": ...\n", ": raise NotImplementedError\n"),
}
