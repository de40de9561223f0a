"""What `make build` builds for a release: the bytes of the archives, their files, and their metadata."""

import email
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email.message import Message
from pathlib import Path
from types import SimpleNamespace

import pytest
from tools.checkout import ROOT
from tools.release import build, check

from contract.pairs import git
from mistral_agents import __version__

# Files that a working folder may have besides the sources.
LEFTOVERS = [
    "overlays/mistral_agents/__pycache__/client.cpython-311.pyc",
    ".venv-3.11/a.py",
    ".cache/a",
    "dist/old.whl",
]
NEEDED_TO_TEST = {"Makefile", "openapi.yaml", "generator-config.yml", "pyproject.toml", "requirements/dev.txt"}
NEEDED_TO_TEST |= {"tests/tools/test_release.py", "tools/release/build.py", "docs/contract.md"}
NEEDED_TO_TEST |= {"overlays/templates/model.py.jinja"}
DATED = {"SOURCE_DATE_EPOCH": "1700000000"}


def run_build(project: Path, settings: dict[str, str], umask: int) -> Path:
    """Build a copy of the project; return the folder with the archives."""
    environment = {name: os.environ[name] for name in os.environ if name != "SOURCE_DATE_EPOCH"} | settings
    command = [sys.executable, "-m", "tools.release.build"]
    done = subprocess.run(  # noqa: S603  # the project's own program
        command, cwd=project, env=environment, umask=umask, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "dist"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the project, and add files that its use leaves behind."""
    copy = tmp_path_factory.mktemp("release") / "project"
    ignored = shutil.ignore_patterns(
        ".git", ".venv*", ".cache", ".*_cache", ".hypothesis", "__pycache__", "dist", "build"
    )
    shutil.copytree(ROOT, copy, ignore=ignored)
    for name in LEFTOVERS:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).touch()
    return copy


@pytest.fixture(scope="module")
def built(project: Path) -> SimpleNamespace:
    """Build the project; return the paths of `wheel`, `sdist` and their folder `dist`."""
    dist = run_build(project, DATED, 0o022)
    [wheel], [sdist] = (list(dist.glob(pattern)) for pattern in ("*.whl", "*.tar.gz"))
    return SimpleNamespace(dist=dist, wheel=wheel, sdist=sdist)


def bytes_in(dist: Path) -> dict[str, bytes]:
    """Return the content of each file in a folder."""
    return {path.name: path.read_bytes() for path in dist.iterdir()}


def metadata(wheel: Path) -> Message:
    """Return a wheel's metadata."""
    with zipfile.ZipFile(wheel) as archive:
        return email.message_from_bytes(archive.read(f"mistral_agents-{__version__}.dist-info/METADATA"))


def test_building_elsewhere_gives_the_same_bytes(project: Path, built: SimpleNamespace, tmp_path: Path) -> None:
    """The bytes do not depend on folder, umask, file modes and times, locale, time zone or the order of hashes."""
    copy = shutil.copytree(project, tmp_path / "another folder" / "project", copy_function=shutil.copyfile)
    for path in copy.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    settings = {"LC_ALL": "C", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"}
    assert bytes_in(run_build(copy, DATED | settings, 0o077)) == bytes_in(built.dist)


def test_sdist_builds_the_same_bytes(built: SimpleNamespace, tmp_path: Path) -> None:
    """An unpacked sdist builds the same wheel and the same sdist, without being given a date."""
    assert bytes_in(run_build(check.unpack(built.sdist, tmp_path), {}, 0o022)) == bytes_in(built.dist)


def test_wheel_has_the_packages_and_nothing_else(built: SimpleNamespace) -> None:
    """The wheel has both packages unchanged, with the contract and `py.typed`, and its metadata."""
    packages = [ROOT / "generated" / "mistral_agents_api", ROOT / "overlays" / "mistral_agents"]
    files = {
        path.relative_to(package.parent).as_posix(): path.read_bytes()
        for package in packages
        for path in package.rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    with zipfile.ZipFile(built.wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    described = {name.partition(".dist-info/")[2] for name in held if ".dist-info/" in name}
    assert {name: held[name] for name in held if ".dist-info/" not in name} == files
    assert files.keys() > {"mistral_agents_api/openapi.yaml", "mistral_agents_api/py.typed", "mistral_agents/py.typed"}
    assert described == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}


def test_metadata_of_the_wheel(built: SimpleNamespace) -> None:
    """Name, version, licence (PEP 639), Python versions and extras are those of the project."""
    said = metadata(built.wheel)
    assert (said["Name"], said["Version"]) == ("mistral-agents", __version__)
    assert (said["License-Expression"], said["License-File"]) == ("MIT", "LICENSE")
    assert said["Requires-Python"] == ">=3.11"
    assert {"speed", "testing"} <= set(said.get_all("Provides-Extra", []))
    assert not [
        each for each in said.get_all("Classifier", []) if each.startswith("License ::")
    ]  # PEP 639 replaces them


def test_sdist_has_what_tests_need_and_no_leftovers(built: SimpleNamespace) -> None:
    """The sdist has the tests and the files that they need; caches, environments and older builds are left out."""
    with tarfile.open(built.sdist) as archive:
        names = {each.name.partition("/")[2] for each in archive}
    tops = {name.partition("/")[0] for name in names}
    assert names > NEEDED_TO_TEST
    assert names.isdisjoint(LEFTOVERS)
    assert tops.isdisjoint({".ci", ".git", ".github", ".cache", ".venv-3.11", "dist"})


def test_date_of_the_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Archives have the date of the last commit, or the date that is given; without both, hatchling's default."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    dates = [build.source_date(tmp_path)]
    monkeypatch.setenv("GIT_COMMITTER_DATE", "1600000000 +0000")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "any")
    dates.append(build.source_date(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    dates.append(build.source_date(tmp_path))
    assert dates == [{}, {"SOURCE_DATE_EPOCH": "1600000000"}, {"SOURCE_DATE_EPOCH": "1"}]


@pytest.mark.parametrize(
    ("tag", "version", "reason"),
    [
        ("v9.9.8", "9.9.9", "the tag is v9.9.8, the version 9.9.9"),
        ("v9.9.9", "9.9.9", "CHANGELOG.md has no heading with 9.9.9 and a date"),
    ],
)
def test_tag_version_and_changelog_must_agree(tag: str, version: str, reason: str) -> None:
    """A release is refused if its tag, version and changelog do not agree."""
    with pytest.raises(check.ReleaseError, match=reason):
        check.check_tag(tag, version)
    assert version != __version__
