"""The documentation is correct: its Python code and its commands run, and its links lead to existing places."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tools.checkout import ROOT

import mistral_agents.testing
import mistral_agents_api.models
from mistral_agents import Mistral, errors
from project import page_blocks
from project.public_modules import PUBLIC_MODULES

COPIED = ["openapi.yaml", "generator-config.yml", "Makefile", "pyproject.toml", "README.md", "LICENSE"]
COPIED += ["generated", "overlays", "requirements", "tools"]
GUIDES = sorted(page.relative_to(ROOT).as_posix() for page in (ROOT / "docs").rglob("*.md"))
CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
OTHERS = ["benchmarks/README.md", "examples/README.md"]
PAGES = [*sorted(page.name for page in ROOT.glob("*.md")), *GUIDES]


def read(page: str) -> str:
    """Return the text of a page."""
    return (ROOT / page).read_text(encoding="utf-8")


def copy_of_the_project(folder: Path) -> Path:
    """Copy all that `make` needs, with its times; the copy uses the environment of these tests."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, folder / name)
    # The program make finds an up-to-date environment in the copy, so it installs nothing.
    (folder / ".venv").mkdir()
    for part in ("bin", "lib", "pyvenv.cfg"):
        (folder / ".venv" / part).symlink_to(Path(sys.prefix) / part)
    for stamp in (".requirements", ".project"):
        (folder / ".venv" / stamp).touch()
    return folder


def ended(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, without what another `make` has put into the environment."""
    environment = {name: os.environ[name] for name in os.environ if not name.startswith(("MAKE", "MFLAGS", "PYTHON"))}
    return subprocess.run(  # noqa: S603  # a command of ours
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def run(command: list[str], folder: Path) -> str:
    """Run a command, check that it succeeds, and return its output."""
    done = ended(command, folder)
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_python(tmp_path: Path) -> None:
    """Each Python block of every page runs unchanged, without a warning, and leaves no file behind."""
    pages = [str(ROOT / page) for page in PAGES if page_blocks.python_blocks(ROOT / page)]
    said = run([sys.executable, "-W", "error", page_blocks.__file__, *pages], tmp_path)  # one process is faster
    assert [line for line in said.splitlines() if line in pages] == pages
    assert "Exception ignored" not in said  # a warning that could not be raised
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("mkfifo") is None, reason="the page is for a POSIX shell")
def test_command(tmp_path: Path) -> None:
    """The commands on the page about `python -m mistral_agents` succeed and print what the page shows."""
    page = read("docs/command.md")
    before = f"PATH={Path(sys.executable).parent}:$PATH; trap 'kill $! || :' EXIT"  # stops the stub after a failure
    said = run(["sh", "-eu", "-c", "\n".join([before, *page_blocks.blocks(page, "sh"), "trap - EXIT"])], tmp_path)
    assert said == "".join(block.lstrip("\n") for block in page_blocks.blocks(page, "text"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.timeout(300)  # the pages compile the contract several times
@pytest.mark.skipif(shutil.which("make") is None, reason="the pages are about `make`, which is not here")
@pytest.mark.parametrize("name", ["adding-an-operation", "changing-the-contract"])
def test_pages_that_edit_the_contract(tmp_path: Path, name: str) -> None:
    """The page's commands succeed, print what it shows, and leave the contract and the code unchanged at the end."""
    project, page = copy_of_the_project(tmp_path), read(f"docs/{name}.md")
    said = run(["sh", "-e", "-c", "\n".join(page_blocks.blocks(page, "sh"))], project)
    shown = [line for block in page_blocks.blocks(page, "text") for line in block.strip().splitlines()]
    assert len(shown) > 0
    assert [line for line in shown if line.strip() != "..." and line not in said.splitlines()] == []
    for file in ("openapi.yaml", "generated/mistral_agents_api/models/agents_completion_request.py"):
        assert (project / file).read_text(encoding="utf-8") == (ROOT / file).read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as code hosting sites and our site make them."""
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links(page: Path) -> list[str]:
    """Return a page's links within the project whose file or heading does not exist."""
    text = re.sub("`[^`\n]*`", "", CODE.sub("", page.read_text(encoding="utf-8")))
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        aim = page.parent / path if path else page
        if not target.startswith(("https://", "mailto:")) and not (
            aim.exists() and (not anchor or anchor in anchors(aim))
        ):
            dead.append(target)
    return dead


@pytest.mark.parametrize("page", [*PAGES, *OTHERS])
def test_links(page: str) -> None:
    """Every link within the project leads to an existing file and heading."""
    assert dead_links(ROOT / page) == []


def test_dead_links_are_found(tmp_path: Path) -> None:
    """Links to missing files or headings are found; code, addresses and links to existing places are not reported."""
    page, other = tmp_path / "page.md", tmp_path / "other.md"
    other.write_text("# Other\n## What it is, `briefly`\n```sh\n# no heading\n```\n")
    page.write_text(
        "# Page\n[a](#page) [b](other.md#what-it-is-briefly) [c](https://example.com/x) `[d](code.md)`\n"
        "[e](none.md) [f](other.md#no-heading) [g](#none) ![h](none.svg)\n```sh\n[i](code.md)\n```\n"
    )
    assert dead_links(page) == ["none.md", "other.md#no-heading", "#none", "none.svg"]


def pages_in(nav: Any) -> list[str]:
    """Return the pages of a site's navigation."""
    if isinstance(nav, str):
        return [nav]
    return [page for item in (nav if isinstance(nav, list) else nav.values()) for page in pages_in(item)]


def test_navigation() -> None:
    """The site's navigation has exactly the pages that exist."""
    site = tomllib.loads(read("docs/zensical.toml"))["project"]
    assert sorted(pages_in(site["nav"])) == sorted([*PAGES, *OTHERS])


def test_reference_is_complete() -> None:
    """The reference documents every public module, every model of the contract and every error."""
    reference = "".join(read(page) for page in GUIDES if page.startswith("docs/reference/"))
    documented = {
        name for pair in re.findall(r"^::: (\S+)$|^        - (\w+)$", reference, re.MULTILINE) for name in pair
    }
    modules = {f"mistral_agents.{name}" for name in PUBLIC_MODULES if name != "models"}
    assert {each for each in modules if not any(name.startswith(each) for name in documented)} == set()
    models = {name for name in mistral_agents_api.models.__all__ if not name.endswith("Dict")}
    missing = {name for name in models if not {name, f"mistral_agents_api.models.{name}"} & documented}
    assert missing == set(), "name these models on a page in docs/reference/"
    tree = {
        name
        for name, value in vars(errors).items()
        if inspect.isclass(value) and issubclass(value, errors.MistralError)
    }
    assert {name for name in tree if f"mistral_agents.errors.{name}" not in documented} == set()


def titles_in(nav: Any) -> dict[str, str]:
    """Return the name of each page in a site's navigation, by the page."""
    named: dict[str, str] = {}
    for item in nav:
        for name, below in item.items():
            named |= {below: name} if isinstance(below, str) else titles_in(below)
    return named


def test_each_page_has_one_name_of_its_own() -> None:
    """A page has the same name in the navigation, in llms.txt and as its heading, and no other page has that name."""
    headings = {page: read(page).splitlines()[0].removeprefix("# ") for page in [*PAGES, *OTHERS]}
    assert sorted(headings.values()) == sorted(set(headings.values()))
    assert titles_in(tomllib.loads(read("docs/zensical.toml"))["project"]["nav"]) == headings
    links = re.findall(r"\[(.+)\]\((\S+)\.html\)", read("docs/llms.txt"))
    assert len(links) > 10
    named = [(name, headings[f"{page.replace('index', 'README')}.md"]) for name, page in links]
    assert [pair for pair in named if pair[0] != pair[1]] == []


def tables(text: str) -> list[tuple[int, int]]:
    """Return each table's position in a page, and its number of rows below the heading."""
    found = re.finditer(r"(?:^\|.*\n)+", text, re.MULTILINE)
    return [(table.start(), table[0].count("\n") - 2) for table in found]


def test_readme_has_examples_before_tables() -> None:
    """The README has no table before its last example, and no table with more than eight rows."""
    text = read("README.md")
    examples = text.rindex("```python")
    assert [place for place, rows in tables(text) if place < examples or rows > 8] == []
    assert tables("text\n| a |\n|---|\n| b |\n| c |\n") == [(5, 2)]


def test_options_have_these_defaults() -> None:
    """The table in docs/options.md has the defaults of `Mistral`, and a row for each of its settings."""
    rows = dict(re.findall(r"^\| `(\w+)`.*\| ([^|]*) \|$", read("docs/options.md"), re.MULTILINE))
    settings = {name: each.default for name, each in inspect.signature(Mistral).parameters.items()}
    assert settings.keys() - rows.keys() == {"async_client"}  # has one row together with `client`
    for name, default in settings.items():
        if type(default) is int:
            mebibytes, rest = divmod(default, 1024 * 1024)
            said = f"{mebibytes} MiB" if default and not rest else f"{default:,}"
            assert rows[name].partition(";")[0] == said, name


def test_commands_that_install_the_stub() -> None:
    """The README and the page of the stub have the same commands: one for a checkout, and one that needs no release."""
    stub = inspect.getdoc(mistral_agents.testing) or ""
    commands = set(re.findall(r'pip install "([^"]+)"', stub))
    assert commands == {".[testing]", "mistral-agents[testing] @ git+URL"}
    assert commands - set(re.findall(r"pip install [\"']([^\"']+)[\"']", read("README.md"))) == set()


def test_llms_txt() -> None:
    """llms.txt, the list of pages for language models, links only to pages of the site, where a README is `index`."""
    targets = re.findall(r"\]\((\S+)\.html\)", read("docs/llms.txt"))
    assert len(targets) > 10
    assert "README" not in targets
    assert [target for target in targets if f"{target.replace('index', 'README')}.md" not in PAGES] == []


def test_make_lists_every_target() -> None:
    """`make` alone lists every target that a person types, each with a description."""
    text = read("Makefile")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony is not None
    listed = re.findall(r"^([a-z0-9-]+):.*## \S", text, re.MULTILINE)
    assert sorted(listed) == sorted(set(phony[1].split()) - {"help"})


@pytest.mark.skipif(shutil.which("make") is None, reason="the target of `make` is not here without it")
@pytest.mark.parametrize(
    ("said", "status", "expected"),
    [
        ("No issues found", 0, 0),
        ("griffe: x.py:1: No type or annotation for parameter 'y'\\nNo issues found", 0, 2),
        ("1 issue found", 1, 2),
    ],
)
def test_a_warning_of_the_site_is_an_error(tmp_path: Path, said: str, status: int, expected: int) -> None:
    """`make docs` fails if zensical fails, and if griffe warns of a docstring."""
    for name in ["Makefile", "LICENSE", *(page.name for page in ROOT.glob("*.md"))]:
        shutil.copy2(ROOT / name, tmp_path)
    for name in ["docs", "benchmarks", "examples", "requirements"]:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    tool = tmp_path / ".venv-docs" / "bin" / "zensical"
    tool.parent.mkdir(parents=True)
    tool.write_text(f'#!/bin/sh\nprintf "{said}\\n"; exit {status}\n')
    tool.chmod(0o755)
    (tmp_path / ".venv-docs" / ".requirements").touch()
    done = ended(["make", "docs"], tmp_path)
    assert (done.returncode, "issue" in done.stdout) == (expected, True), done.stdout


def test_architecture_has_every_folder_of_tools() -> None:
    """The table "Where things are" in docs/architecture.md has a row for each folder of tools/."""
    _, _, below = read("docs/architecture.md").partition("## Where things are\n")
    table, _, _ = below.partition("\n## ")
    named = re.findall(r"`(tools/\w+/)`", table)
    folders = [f"tools/{module.parent.name}/" for module in (ROOT / "tools").glob("*/__init__.py")]
    assert len(folders) > 5
    assert sorted(named) == sorted(folders)


def test_architecture_names_what_exists() -> None:
    """Every file, folder, module and constant that docs/architecture.md names exists."""
    text = read("docs/architecture.md")
    places = [ROOT, ROOT / "overlays" / "mistral_agents", ROOT / "generated" / "mistral_agents_api"]
    named = re.findall(r"`((?:\w+/)*\w+\.(?:py|yaml)|(?:\w+/)+)`", text)
    assert len(named) > 30
    assert [name for name in named if not any((place / name).exists() for place in places)] == []
    folders = ("overlays", "tools", "benchmarks", "tests/helpers", "tests/call")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    code = " ".join([path.stem for path in files] + [path.read_text(encoding="utf-8") for path in files])
    names = re.findall(r"`(_?[A-Z]\w{4,}|_?[a-z]+_[a-z_]+)`", text.replace("Makefile", ""))
    assert len(names) > 20
    assert [name for name in names if not re.search(rf"\b{name}\b", code)] == []
