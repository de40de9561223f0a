"""Build the package in an empty folder; swap it in, or compare it with the committed one."""

from __future__ import annotations

import contextlib
import filecmp
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import openapi_python_client
from attrs import frozen
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from .code import docstring, literal
from .complaints import complaints
from .document import EVENTS, Document, read_document
from .models import plan_models, plan_unions, schemas_of
from .operations import plan_operations
from .plans import ModelPlan, OperationPlan, ResourcePlan, UnionPlan
from .refusal import Refusal
from .resources import plan_resources
from .schemas import name_of

PACKAGE = "mistral_agents_api"
RECORD = "compiled-from.json"
UPSTREAM_TEMPLATES = "upstream-templates.json"
AS_THEY_ARE = "package"
"""The folder in overlays/templates whose modules are copied, because they do not depend on the contract."""
_BANNER = "# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.\n"


class GenerateError(Exception):
    """The package could not be built."""


def check_upstream_templates(templates: Path) -> None:
    """Raise GenerateError if the generator's own templates differ from those that our templates were written for."""
    upstream = Path(openapi_python_client.__file__).parent / "templates"
    recorded: dict[str, str] = json.loads((templates / UPSTREAM_TEMPLATES).read_text(encoding="utf-8"))
    ours = {path.relative_to(templates).as_posix() for path in templates.rglob("*.jinja")}
    replaced = {name for name in ours if (upstream / name).is_file()}
    if replaced != set(recorded):
        raise GenerateError(f"{UPSTREAM_TEMPLATES} and the templates differ: {sorted(replaced ^ set(recorded))}")
    changed = [name for name in sorted(recorded) if sha256(upstream / name) != recorded[name]]
    if changed:
        raise GenerateError(
            f"openapi-python-client {version('openapi-python-client')} has changed {', '.join(changed)}: "
            f"compare them with ours in overlays/templates, then write their new hashes into {UPSTREAM_TEMPLATES}"
        )


@frozen
class Plans:
    """All plans that templates print, and the generator's parse that they were made from."""

    parse: GeneratorData
    models: dict[str, ModelPlan]
    unions: list[UnionPlan]
    operations: dict[str, OperationPlan]
    resources: list[ResourcePlan]


def plans_of(document: Document, config: Config) -> Plans:
    """Return the plans of a document; raises GenerateError or Refusal."""
    data = GeneratorData.from_dict(document.prepared, config=config)
    if isinstance(data, GeneratorError):
        raise GenerateError(complaints([data]))
    schemas = schemas_of(data, document, config)
    errors = [*data.errors]
    for collection in data.endpoint_collections_by_tag.values():
        errors += collection.parse_errors
    if errors:
        raise GenerateError(complaints(errors))
    models = plan_models(schemas)
    operations = plan_operations(data, document, schemas)
    data.models = [each for each in data.models if str(each.class_info.name) != EVENTS]
    return Plans(
        data,
        models,
        plan_unions(schemas, map(name_of, data.enums)),
        operations,
        plan_resources(document, operations.values()),
    )


def compile_contract(root: Path, built: Path) -> None:
    """Compile ROOT/openapi.yaml into the folder `built`, which must not exist yet; raises GenerateError or Refusal."""
    templates = root / "overlays" / "templates"
    settings = ConfigFile.load_from_path(root / "generator-config.yml")
    hooks, settings.post_hooks = settings.post_hooks or [], []  # they run at the end, after all files are written
    config = Config.from_sources(
        settings, MetaType.NONE, root / "openapi.yaml", "utf-8", overwrite=False, output_path=built
    )
    plans = plans_of(read_document(root / "openapi.yaml"), config)
    _print_templates(plans, config, templates, built)
    (built / "types.py").unlink()  # the generator's module; our models use `values` instead
    shutil.copytree(templates / AS_THEY_ARE, built, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    _run_hooks(hooks, built)
    for path in sorted(built.rglob("*.py")):
        path.write_text(_BANNER + path.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    shutil.copyfile(root / "openapi.yaml", built / "openapi.yaml")
    (built / "py.typed").write_bytes(b"")
    record = json.dumps(made_from(root), indent=2, sort_keys=True) + "\n"
    (built / RECORD).write_text(record, encoding="utf-8", newline="\n")


def _print_templates(plans: Plans, config: Config, templates: Path, built: Path) -> None:
    project = Project(openapi=plans.parse, config=config, custom_template_path=templates)
    project.env.filters.update(docstring=docstring, literal=literal)
    project.env.globals.update(
        plan_of_model=lambda model: plans.models[str(model.class_info.name)],
        plan_of_operation=lambda endpoint: plans.operations[str(endpoint.name)],
        models=plans.models,
        unions=plans.unions,
        resources=plans.resources,
    )
    with contextlib.redirect_stdout(io.StringIO()):  # the generator prints its progress
        errors = project.build()
    if errors:
        raise GenerateError(complaints(errors))
    folder = built / "resources"
    folder.mkdir()
    (folder / "__init__.py").write_text(project.env.get_template("resources_init.py.jinja").render(), encoding="utf-8")
    template = project.env.get_template("resource.py.jinja")
    for resource in plans.resources:
        (folder / f"{resource.tag}.py").write_text(template.render(resource=resource), encoding="utf-8")


def _run_hooks(hooks: list[str], built: Path) -> None:
    """Run the hooks of the settings with the ruff that is installed beside this Python, not with one from PATH."""
    tools = Path(sys.executable).parent
    if not shutil.which("ruff", path=str(tools)):
        raise GenerateError(f"ruff is not installed beside {sys.executable}; run `make setup`")
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}"}
    for hook in hooks:
        done = subprocess.run(hook, shell=True, cwd=built, env=environment, capture_output=True, text=True, check=False)  # noqa: S602  # our own settings
        if done.returncode != 0:
            raise GenerateError(f"{hook} failed:\n{done.stdout}{done.stderr}")


def made_from(root: Path) -> dict[str, object]:
    """Return what the package is made from: the hashes of its sources and the versions of the tools."""
    templates = root / "overlays" / "templates"
    printed = [path for path in templates.rglob("*") if path.suffix in (".jinja", ".py")]
    compiler = [path for name in ("compile", "openapi") for path in sorted((root / "tools" / name).glob("*.py"))]
    sources = [root / "openapi.yaml", root / "generator-config.yml", *sorted(printed), *compiler]
    return {
        "sources": {path.relative_to(root).as_posix(): sha256(path) for path in sources},
        "tools": {name: version(name) for name in ("openapi-python-client", "ruff")},
    }


def sha256(path: Path) -> str:
    """Return the hash of a text file; it does not depend on line ends, so a checkout on Windows gives the same."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def swap_in(built: Path, target: Path) -> None:
    """Replace `target` by `built`; if that fails, put the old package back."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = (target.with_name(f".{PACKAGE}.{state}") for state in ("new", "old"))
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(built, fresh)
    if target.exists():
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def differences(built: Path, target: Path) -> list[str]:
    """Return a line for each difference between the committed package (`target`) and `built`.

    Files beside the committed package, in the same folder, count as differences, too.
    """
    fresh = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()}
    found = {path.relative_to(target.parent) for path in target.parent.rglob("*") if path.is_file()}
    beside = sorted(path.as_posix() for path in found if path.parts[0] != PACKAGE and "__pycache__" not in path.parts)
    inside = {path.relative_to(PACKAGE).as_posix() for path in found if path.parts[0] == PACKAGE}
    inside = {name for name in inside if "__pycache__/" not in name}
    problems = [f"missing: {name}" for name in sorted(fresh - inside)]
    problems += [f"stray: {name}" for name in [*sorted(inside - fresh), *beside]]
    problems += [
        f"differs: {name}"
        for name in sorted(fresh & inside)
        if not filecmp.cmp(built / name, target / name, shallow=False)
    ]
    return problems


__all__ = [
    "PACKAGE",
    "GenerateError",
    "Refusal",
    "check_upstream_templates",
    "compile_contract",
    "differences",
    "swap_in",
]
