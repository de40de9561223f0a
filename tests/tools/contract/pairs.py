"""The pairs of versions in pairs.yaml, the documents that are made of them, and how these are compared."""

import json
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from tools.contract.compare import compare as compare_documents
from tools.contract.differences import Difference
from tools.contract.model import read
from tools.surface.packages import Surface, load

PAIRS: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
CONTRACT: str = PAIRS["contract"]


class SchemaPair(NamedTuple):
    """Two versions of a schema, and two verdicts: one if callers send its values, one if they read them."""

    name: str
    before: Any
    after: Any
    in_request: str
    in_answer: str

    @property
    def accepts_more(self) -> bool:
        """Whether everything that was allowed still is, and something more."""
        return (self.in_request, self.in_answer) == ("fits", "breaks") and not any(
            note in self.name for note in ("written only", "discriminator")
        )


class Pair(NamedTuple):
    """Two versions of something else, and the verdict."""

    name: str
    before: Any
    after: Any
    verdict: str


KEYWORDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("keywords.yaml").read_text(encoding="utf-8"))
SCHEMAS = [SchemaPair(name, *pair) for table in (PAIRS["schemas"], *KEYWORDS.values()) for name, pair in table.items()]
EDITS, MODELS, OVERLAY = (
    [Pair(name, *pair) for name, pair in PAIRS[what].items()] for what in ("edits", "models", "overlay")
)

_OPERATIONS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("operations.yaml").read_text(encoding="utf-8"))
# Of these, `before` and `after` are whole contracts.
OPERATIONS = [
    Pair(name, CONTRACT.replace(part, before), CONTRACT.replace(part, after), due)
    for table in _OPERATIONS.values()
    for name, (part, before, after, due) in table.items()
]

ANYTHING: Any = True


def contract(sent: Any = ANYTHING, received: Any = ANYTHING) -> str:
    """Return the contract with these schemas in the request and in the answer."""
    return filled(CONTRACT, sent, received)


def filled(text: str, sent: Any = ANYTHING, received: Any = ANYTHING) -> str:
    """Return a contract of these tables with these schemas in it."""
    return text.replace("SENT", json.dumps(sent)).replace("RECEIVED", json.dumps(received))


def compare(before: str, after: str) -> list[Difference]:
    """Compare two contracts."""
    return compare_documents(read(before, "before"), read(after, "after"))


def verdict(found: list[Difference]) -> str:
    """Return the worst of the differences."""
    return "same" if not found else "breaks" if any(each.breaking for each in found) else "fits"


def model_module(
    parameter: str = "", field: str = "", key: str = "", colors: str = '"black"', more: Sequence[str] = ()
) -> str:
    """Return a module with a model that requests contain, its TypedDict, and a model that only answers contain."""
    return f"""
from typing import Any, Literal, NotRequired, Required, TypeAlias, TypedDict

Color: TypeAlias = Literal[{colors}]

class Sent:
    name: str
    {parameter.partition(" = ")[0]}
    def __init__(self, *, name: str, {parameter}) -> None: ...

class SentDict(TypedDict):
    name: Required[str]
    {key}

class Received:
    name: str
    {field}

{"".join(f"class {name}: ..." + chr(10) for name in more)}
"""


def overlay_module(**parts: Any) -> str:
    """Return a module with one of these parts: `options` or `forms` of a call, a `config`, an `event`, or `code`."""
    options = (
        f"class _Options(TypedDict, total=False):\n    {parts.get('options')}\n"
        f"class _All({parts.get('base', '_Options')}): ...\ndef call(**options: Unpack[_All]) -> None: ...\n"
    )
    forms = "".join(f"@overload\ndef ask(pet: {form}) -> str: ...\n" for form in parts.get("forms", []))
    written = {
        "options": options,
        "config": f"@frozen\nclass Config:\n    {parts.get('config')}\n",
        "forms": f"{forms}def ask(pet: Any) -> str: ...\n",
        "event": f"class Event(NamedTuple):\n    {parts.get('event')}\n",
        "code": parts.get("code", ""),
    }
    imports = (
        "from attrs import define, field, frozen\nfrom typing import Any, NamedTuple, TypedDict, Unpack, overload\n"
    )
    return imports + "".join(text for part, text in written.items() if part in parts)


def surface(folder: Path, pair: Pair, side: dict[str, Any]) -> Surface:
    """Write both packages, each with a module, and read them. The module that the pair is not about is empty."""
    files = {
        "mistral_agents_api/__init__.py": "",
        "mistral_agents_api/models/__init__.py": "",
        "mistral_agents_api/models/pet.py": model_module(**side) if pair in MODELS else "",
        "mistral_agents/__init__.py": "",
        "mistral_agents/pets.py": overlay_module(**side) if pair in OVERLAY else "",
    }
    for name, text in files.items():
        write(folder / name, text)
    return load([folder], ["mistral_agents_api", "mistral_agents"])


def write(path: Path, text: str) -> Path:
    """Write a file, with the folders that lead to it; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def lay_out_project(root: Path) -> Path:
    """Lay out a project with the contract, and packages without content, in a git repository; tag it `before`."""
    write(root / "generated" / "mistral_agents_api" / "__init__.py", "")
    write(root / "overlays" / "mistral_agents" / "__init__.py", "")
    write(root / "overlays" / "mistral_agents" / "_version.py", '__version__ = "0.3.1"\n')
    write_contract(root, contract())
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "before")
    git(root, "tag", "before")
    return root


def write_contract(root: Path, text: str) -> None:
    """Write the contract of a project, and the copy of it that the generated package has."""
    write(root / "openapi.yaml", text)
    write(root / "generated" / "mistral_agents_api" / "openapi.yaml", text)


def git(root: Path, *arguments: str) -> None:
    """Run git in a repository, without the settings of whoever runs the tests."""
    identity = {f"GIT_{who}_{what}": "test" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **identity}
    subprocess.run(["git", "-C", root, *arguments], env=os.environ | nobody, check=True)  # noqa: S603, S607  # from PATH


def write_earlier_contract(root: Path, folder: Path) -> Path:
    """Write a project's contract, the real one, as it might have been before; return the path."""
    text = (root / "openapi.yaml").read_text(encoding="utf-8")
    (top_k,) = re.findall(r"^        top_k: &top_k.*\n(?:          .*\n)+", text, re.MULTILINE)
    for now, before in {
        top_k: "",
        "        top_k: *top_k\n": "",
        "PromptTokensDetails": "PromptDetails",
        "enum: [stop, length, model_length, error, tool_calls]": "enum: [stop, length, error, tool_calls]",
        "      required: [model, prompt]": "      required: [prompt]",
    }.items():
        assert now in text
        text = text.replace(now, before)
    return write(folder / "openapi.yaml", text)
