"""Compile openapi.yaml into generated/mistral_agents_api, the same bytes every time; `--check` compares instead.

The package is built from empty in a temporary folder and swapped in, so that nothing stale survives and a failure
leaves the old one alone. Nothing is fetched.
"""

from __future__ import annotations

import argparse
import filecmp
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "mistral_agents_api"
BANNER = "# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.\n"
# How the templates mark what they cannot turn into correct code.
REFUSED = "# REFUSED: "
# What the output was made from; a test compares it with the files that are there.
RECORD = "compiled-from.json"
# The hash of each upstream template that one of ours replaces: an upgrade of the generator that changes one fails here,
# before it can give something half old and half new.
UPSTREAM_TEMPLATES = "upstream-templates.json"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with what is committed and change nothing")
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder with openapi.yaml (default: this project)")
    parser.add_argument("--output", type=Path, help="the folder to hold the package (default: ROOT/generated)")
    options = parser.parse_args()
    root: Path = options.root.resolve()
    target: Path = (options.output or root / "generated").resolve() / PACKAGE
    try:
        check_upstream_templates(root / "overlays" / "templates")
        with tempfile.TemporaryDirectory() as folder:
            built = Path(folder) / PACKAGE
            compile_contract(root, built)
            if options.check:
                return report_differences(built, target)
            before = target / "openapi.yaml"
            old = before.read_bytes() if before.is_file() else None
            swap_in(built, target)
    except GenerateError as error:
        print(f"make generate: {error}", file=sys.stderr)
        return 1
    print(f"Compiled {root.name}/openapi.yaml into {target.parent.name}/{target.name}.")
    if old is not None:
        print_summary(old, (target / "openapi.yaml").read_bytes())
    return 0


def print_summary(old: bytes, new: bytes) -> None:
    """Say what changed for callers since the package was compiled before."""
    sys.path.append(str(Path(__file__).resolve().parent.parent))  # this file is run by its path
    from tools.contract_summary import summarize  # noqa: PLC0415  # not before the path is there, nor if nothing was

    print("\n".join(summarize(old, new)))


class GenerateError(Exception):
    """The contract could not be compiled."""


def check_upstream_templates(templates: Path) -> None:
    """Fail unless the generator's own templates are those that ours were written against."""
    spec = importlib.util.find_spec("openapi_python_client")
    if spec is None or spec.origin is None:
        raise GenerateError("openapi-python-client is not installed; run `make setup`")
    upstream = Path(spec.origin).parent / "templates"
    recorded: dict[str, str] = json.loads((templates / UPSTREAM_TEMPLATES).read_text(encoding="utf-8"))
    ours = {path.relative_to(templates).as_posix() for path in templates.rglob("*.jinja")}
    replaced = {name for name in ours if (upstream / name).is_file()}
    if replaced != set(recorded):
        raise GenerateError(f"{UPSTREAM_TEMPLATES} and the templates differ: {sorted(replaced ^ set(recorded))}")
    changed = [name for name in sorted(recorded) if sha256(upstream / name) != recorded[name]]
    if changed:
        raise GenerateError(
            f"openapi-python-client {version('openapi-python-client')} has changed {', '.join(changed)}: "
            f"compare them with ours in overlays/templates, then record their new hashes in {UPSTREAM_TEMPLATES}"
        )


def compile_contract(root: Path, built: Path) -> None:
    """Run the generator on ROOT/openapi.yaml and complete the package in `built`, which must not exist yet."""
    command = [
        *(sys.executable, "-m", "openapi_python_client", "generate"),
        *("--path", str(root / "openapi.yaml"), "--config", str(root / "generator-config.yml")),
        *("--custom-template-path", str(root / "overlays" / "templates"), "--output-path", str(built)),
        *("--meta", "none", "--fail-on-warning"),
    ]
    # The post hooks call ruff by name: the one that is pinned beside this interpreter, not whichever PATH has.
    tools = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}", "PYTHONHASHSEED": "0"}
    if not shutil.which("ruff", path=str(tools)):
        raise GenerateError(f"ruff is not installed beside {sys.executable}; run `make setup`")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise GenerateError(f"openapi-python-client failed:\n{done.stdout}{done.stderr}")
    refused = [line.strip() for path in sorted(built.rglob("*.py")) for line in path.read_text("utf-8").splitlines()]
    refused = [line.removeprefix(REFUSED) for line in refused if line.startswith(REFUSED)]
    if refused:
        raise GenerateError("the templates cannot compile this:" + "".join(f"\n- {reason}" for reason in refused))
    for path in sorted(built.rglob("*.py")):
        path.write_text(BANNER + path.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    shutil.copyfile(root / "openapi.yaml", built / "openapi.yaml")
    (built / "py.typed").write_bytes(b"")
    record = json.dumps(made_from(root), indent=2, sort_keys=True) + "\n"
    (built / RECORD).write_text(record, encoding="utf-8", newline="\n")


def made_from(root: Path) -> dict[str, object]:
    """Say what the package is made from: hashes of the sources, versions of the tools."""
    templates = root / "overlays" / "templates"
    sources = [root / "openapi.yaml", root / "generator-config.yml", *sorted(templates.rglob("*.jinja"))]
    return {
        "sources": {path.relative_to(root).as_posix(): sha256(path) for path in sources},
        "tools": {name: version(name) for name in ("openapi-python-client", "ruff")},
    }


def sha256(path: Path) -> str:
    # Line ends are made alike, so that a checkout on Windows gives the same hash.
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def swap_in(built: Path, target: Path) -> None:
    """Put `built` where `target` is; on a failure the old package is put back."""
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


def report_differences(built: Path, target: Path) -> int:
    """Print how `target` differs from `built`; return 1 if it does."""
    fresh, committed = (
        {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        for folder in (built, target)
    )
    committed = {name for name in committed if "__pycache__/" not in name}
    problems = [f"missing: {name}" for name in sorted(fresh - committed)]
    problems += [f"stray: {name}" for name in sorted(committed - fresh)]
    problems += [
        f"differs: {name}"
        for name in sorted(fresh & committed)
        if not filecmp.cmp(built / name, target / name, shallow=False)
    ]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print("generated/ is not what openapi.yaml compiles to: run `make generate` and commit it.", file=sys.stderr)
        return 1
    print("generated/ is what openapi.yaml compiles to.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
