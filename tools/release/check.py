"""Check dist/ as a user receives it: contents, metadata, the same bytes however it is built, installation, types.

Each argument is a version of Python and its path: 3.12=/usr/bin/python3.12. An empty path (3.14=) means that this
version is not installed, which is reported. Environments are made in a temporary folder, and the wheel's requirements
are installed from the package index.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tools.checkout import ROOT

from . import build

PINNED = ROOT / "requirements" / "dev.txt"
SMOKE = Path(__file__).with_name("smoke.py")
UV = (sys.executable, "-m", "uv", "--quiet")
# The packages of the wheel, by their place in the sources.
PACKAGES = ("generated/mistral_agents_api", "overlays/mistral_agents")
# Unusual settings that must not change the bytes.
ELSEWHERE = {"LC_ALL": "C", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"}
PRIVATE_UMASK = 0o077


class ReleaseError(Exception):
    """The archives in dist/ must not be released."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tag", help="the tag of the release; the version and the changelog must agree with it")
    parser.add_argument(
        "pythons", nargs="+", metavar="VERSION=PYTHON", help="a version of Python, and the path of its interpreter"
    )
    options = parser.parse_args()
    pythons = dict(each.split("=", 1) for each in options.pythons)
    missing = [version for version, python in pythons.items() if not python]
    found = {version: python for version, python in pythons.items() if python}
    try:
        with tempfile.TemporaryDirectory() as folder:
            check(Path(folder).resolve(), found, options.tag)
    except (ReleaseError, subprocess.CalledProcessError) as error:
        print(f"make release-check: {error}", file=sys.stderr)
        return 1
    print(f"checked on: {' '.join(found)}; not found: {' '.join(missing) or 'none'}")
    return 0


def check(folder: Path, pythons: dict[str, str], tag: str | None) -> None:
    """Check everything; raise ReleaseError at the first problem."""
    [wheel], [sdist] = (list((ROOT / "dist").glob(pattern)) for pattern in ("*.whl", "*.tar.gz"))
    version = wheel.name.split("-")[1]
    if tag is not None:
        check_tag(tag, version)
    check_contents(wheel, sdist)
    run(sys.executable, "-m", "twine", "check", "--strict", wheel, sdist)
    run(sys.executable, "-m", "check_wheel_contents", wheel)
    print("contents and metadata: correct")
    check_bytes(folder, sdist, pythons)
    for number, python in pythons.items():
        environment = make_environment(folder / f"python-{number}", python)
        install(environment, str(wheel))
        smoke(environment, version)
        install(environment, f"{wheel}[testing]")
        smoke(environment, version, "--stub")
        print(f"Python {number}: installs and works")
    oldest = next(iter(pythons))
    check_types(folder, folder / f"python-{oldest}")
    environment = make_environment(folder / "lowest", pythons[oldest])
    install(environment, f"{wheel}[testing,speed]", "--resolution", "lowest-direct")
    smoke(environment, version, "--stub")
    print(f"Python {oldest} with the lowest versions allowed: works")
    if (ROOT / ".github").exists():
        zizmor = Path(sysconfig.get_path("scripts"), "zizmor")
        run(zizmor, "--offline", "--quiet", "--min-severity", "medium", ROOT / ".github")
        print("workflows: no problems")


def check_tag(tag: str, version: str) -> None:
    if tag != f"v{version}":
        raise ReleaseError(f"the tag is {tag}, the version {version}: see overlays/mistral_agents/_version.py")
    heading = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$"
    if not re.search(heading, (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE):
        raise ReleaseError(f"CHANGELOG.md has no heading with {version} and a date")


# --- Contents ---


def check_contents(wheel: Path, sdist: Path) -> None:
    """Check that the sdist and the wheel have exactly the right files.

    The sdist must have the repository's files without .ci/ and .github/, and PKG-INFO. The wheel must have the files of
    the two packages in the sdist, and its metadata.
    """
    with tarfile.open(sdist) as archive:
        sources = {each.name.partition("/")[2] for each in archive} - {"PKG-INFO"}
    if (ROOT / ".git").exists():
        compare("sdist", sources, {name for name in known_to_git() if not name.startswith((".ci/", ".github/"))})
    packaged = {name.partition("/")[2] for name in sources if name.startswith(PACKAGES)}
    with zipfile.ZipFile(wheel) as archive:
        compare("wheel", {name for name in archive.namelist() if ".dist-info/" not in name}, packaged)


def known_to_git() -> set[str]:
    """Return the files that are committed or could be committed: those that .gitignore does not name."""
    ask = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.split("\0")
    return {name for name in names if name and (ROOT / name).exists()}


def compare(what: str, has: set[str], expected: set[str]) -> None:
    if has != expected:
        superfluous, missing = sorted(has - expected), sorted(expected - has)
        raise ReleaseError(f"the {what} holds {superfluous} and lacks {missing}: is it old? Run `make build`")


# --- Bytes ---


def check_bytes(folder: Path, sdist: Path, pythons: dict[str, str]) -> None:
    """Build again in another folder, on each Python, and from the sdist; check that the bytes are the same."""
    unpacked = unpack(sdist, folder / "unpacked")
    same_bytes("from the sdist", build_in(unpacked, sys.executable))
    copy = folder / "another folder é" / "b"
    shutil.copytree(unpacked, copy)  # so that all files have new times
    (copy / "PKG-INFO").unlink()
    for path in copy.rglob("*"):
        path.chmod(path.stat().st_mode & ~PRIVATE_UMASK)
    settings = {**ELSEWHERE, **build.source_date(ROOT)}
    for number, python in pythons.items():
        environment = make_environment(folder / f"build-{number}", python)
        install(environment, "hatchling", "--constraint", str(PINNED))
        same_bytes(f"with Python {number}", build_in(copy, str(interpreter(environment)), settings))
    print(f"built in {len(pythons) + 2} ways: the same bytes")


def unpack(sdist: Path, folder: Path) -> Path:
    with tarfile.open(sdist) as archive:
        if hasattr(tarfile, "data_filter"):  # the first versions of 3.11 do not have it
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(folder)  # noqa: S202  # our own archive
    [unpacked] = folder.iterdir()
    return unpacked


def build_in(project: Path, python: str, settings: dict[str, str] | None = None) -> Path:
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"} | (settings or {})
    run(python, "-m", "tools.release.build", cwd=project, env=environment, umask=PRIVATE_UMASK if settings else -1)
    return project / "dist"


def same_bytes(how: str, built: Path) -> None:
    names = [path.name for path in (ROOT / "dist").iterdir()]
    _, different, missing = filecmp.cmpfiles(ROOT / "dist", built, names, shallow=False)
    if different or missing:
        raise ReleaseError(f"built {how}, {different + missing} differ from those in dist/")


# --- Use ---


def make_environment(folder: Path, python: str) -> Path:
    run(*UV, "venv", "--python", python, folder)
    return folder


def interpreter(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(environment: Path, requirement: str, *options: str) -> None:
    run(*UV, "pip", "install", "--python", interpreter(environment), requirement, *options)


def smoke(environment: Path, version: str, *options: str) -> None:
    """Run a user's program outside the checkout.

    With `-I`, Python imports nothing from the program's folder, and ignores variables such as PYTHONPATH.
    """
    program = shutil.copy(SMOKE, environment.parent / "smoke.py")
    run(interpreter(environment), "-I", "-W", "error", program, version, *options, cwd=environment.parent)


def check_types(folder: Path, environment: Path) -> None:
    """Check that type checkers accept a user's program, and find exactly one error if a keyword is misspelt."""
    project = folder / "consumer"
    project.mkdir()
    correct = SMOKE.read_text("utf-8")
    misspelt = correct.replace("max_tokens=", "max_token=")
    line = next(number for number, text in enumerate(misspelt.splitlines(), 1) if "max_token=" in text)
    (project / "correct.py").write_text(correct, encoding="utf-8")
    (project / "misspelt.py").write_text(misspelt, encoding="utf-8")
    (project / "pyrightconfig.json").write_text('{"typeCheckingMode": "standard"}', encoding="utf-8")
    python = str(interpreter(environment))
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--output=json", "--python-executable", python]
    found = [json.loads(each) for each in run(*mypy, ".", cwd=project, fails=True).splitlines()]
    expect_one("mypy --strict", [f"{each['file']}:{each['line']}" for each in found], line)
    pyright = [sys.executable, "-m", "basedpyright", "--outputjson", "--pythonpath", python]
    report = json.loads(run(*pyright, cwd=project, fails=True))["generalDiagnostics"]
    places = [(Path(each["file"]).name, each["range"]["start"]["line"] + 1) for each in report]
    expect_one("basedpyright", [f"{name}:{number}" for name, number in places], line)
    print("types: a consumer's project passes, and a misspelt keyword does not")


def expect_one(checker: str, places: list[str], line: int) -> None:
    if set(places) != {f"misspelt.py:{line}"}:
        raise ReleaseError(f"{checker} finds errors in {places}, but misspelt.py:{line} has the only one")


def run(
    *command: str | Path,
    cwd: Path = ROOT,
    env: dict[str, str] | None = None,
    umask: int = -1,
    fails: bool = False,
) -> str:
    """Run a command and return its output; if it fails unexpectedly, raise ReleaseError with the output."""
    words: Sequence[str] = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, env=env, umask=umask, capture_output=True, text=True, check=False)
    if done.returncode and not (fails and done.returncode == 1):
        raise ReleaseError(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
