"""The versions that `make breaking` compares: a file, a git ref or the working tree, each with its packages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

from attrs import frozen
from tools.compile.package import PACKAGE, GenerateError, Refusal, check_upstream_templates, compile_contract
from tools.surface.packages import GENERATED, OVERLAY

from .keywords import ContractError
from .model import Document, read

CONTRACT = "openapi.yaml"
_VERSION_FILE = f"overlays/{OVERLAY}/_version.py"
_NUMBER = re.compile(r'^__version__ = "(.+)"', re.MULTILINE)


@frozen
class Version:
    """One version of the contract, with its packages.

    `folder` contains the packages in the same places as the project; the overlay is missing for a version without one.
    `number` is the version of the distribution, or "".
    """

    name: str
    text: bytes
    folder: Path
    packages: tuple[str, ...]
    number: str

    @property
    def document(self) -> Document:
        """The contract; raises ContractError."""
        return read(self.text, self.name)


def _version(name: str, text: bytes, folder: Path) -> Version:
    places = {GENERATED: "generated", OVERLAY: "overlays"}
    packages = tuple(package for package, place in places.items() if (folder / place / package).is_dir())
    stated = folder / _VERSION_FILE
    found = _NUMBER.search(stated.read_text(encoding="utf-8")) if stated.is_file() else None
    return Version(name, text, folder, packages, found[1] if found else "")


def working_tree(root: Path, folder: Path) -> Version:
    """Return the version in the working tree. If generated/ is out of date, the contract is compiled into `folder`."""
    text = _file(root / CONTRACT)
    compiled = root / "generated" / PACKAGE / CONTRACT
    if compiled.is_file() and compiled.read_bytes() == text:
        return _version("the working tree", text, root)
    version = _compiled("the working tree", text, root, folder)
    shutil.copytree(root / "overlays" / OVERLAY, folder / "overlays" / OVERLAY)
    return version


def old_version(old: str, new: Version, root: Path, folder: Path) -> Version:
    """Return the version of a file or a git ref, and put its packages into `folder`; raises ContractError."""
    if Path(old).is_file():
        text = _file(Path(old))
        if text == new.text:
            return _version(old, text, new.folder)
        read(text, old)
        return _compiled(old, text, root, folder)
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{old}^{{commit}}")
    if commit is None:
        raise ContractError(f"{old} is neither a file nor a git ref")
    name = commit.decode().strip()
    contract = _git(root, "show", f"{name}:./{CONTRACT}")
    packages = _git(root, "archive", name, "--", f"generated/{GENERATED}", f"overlays/{OVERLAY}")
    if contract is None or packages is None:
        raise ContractError(f"{old} has no {CONTRACT} with generated/{GENERATED} and overlays/{OVERLAY}")
    with tarfile.open(fileobj=io.BytesIO(packages)) as archive:
        archive.extractall(folder, filter="data")
    return _version(old, contract, folder)


def _file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ContractError(f"{path} cannot be read: {error.strerror}") from None


def _compiled(name: str, text: bytes, root: Path, folder: Path) -> Version:
    """Compile a contract with the project's own settings and templates."""
    (folder / CONTRACT).write_bytes(text)
    shutil.copyfile(root / "generator-config.yml", folder / "generator-config.yml")
    templates = folder / "overlays" / "templates"
    shutil.copytree(root / "overlays" / "templates", templates)
    try:
        check_upstream_templates(templates)
        compile_contract(folder, folder / "generated" / PACKAGE)
    except (GenerateError, Refusal) as error:
        raise ContractError(f"{name} does not compile: {error}") from None
    return _version(name, text, folder)


def _git(root: Path, *arguments: str) -> bytes | None:
    """Return what git prints, or None if it fails."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)  # noqa: S607  # git is found by PATH
    except FileNotFoundError:
        raise ContractError("git is not installed") from None
    return done.stdout if done.returncode == 0 else None
