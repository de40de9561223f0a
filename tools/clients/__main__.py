"""Run other people's clients against a strict stub, and write what works into docs/contract-testing.md.

It also checks the stub's page in a browser.

`make clients` runs it. If a client's program is not installed here, its row in the table stays unchanged.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode

import attrs
from tools.checkout import ROOT
from tools.pages import part, write_part

from mistral_agents.testing import StubError, StubServer

from . import page

HERE = Path(__file__).resolve().parent
NODE_FOLDER = ROOT / ".cache" / "clients"
GUIDE = ROOT / "docs" / "contract-testing.md"
MARKERS = "<!-- written by make clients: begin -->\n", "<!-- written by make clients: end -->"
_SECONDS = 120
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_HEADLESS = ("--headless", "--no-sandbox", "--disable-gpu")


@attrs.frozen
class Client:
    """A client: its name in the table, its command, to which the address is added, and the programs that it needs."""

    name: str
    command: Sequence[str]
    needs: Sequence[Path | str]
    is_page: bool = False


def clients() -> list[Client]:
    """Return the clients of the table."""
    node: list[Path | str] = ["node", NODE_FOLDER / "node_modules"]
    browser = _browser()
    print_page = [*_HEADLESS, "--virtual-time-budget=20000", "--dump-dom"]
    return [
        _python("Mistral's SDK for Python, 3.7.0", ".venv-parity", "mistralai_sdk.py"),
        Client("Mistral's SDK for TypeScript, 2.7.0", ["node", "mistralai.mjs"], node),
        _python("OpenAI's SDK for Python, with its method `post`", ".venv-peer-openai", "openai_sdk.py"),
        Client("OpenAI's SDK for JavaScript, with its method `post`", ["node", "openai.mjs"], node),
        Client("Vercel's AI SDK, with its `fetch` option", ["node", "vercel.mjs"], node),
        Client("curl, also with the stub as its proxy", ["sh", str(HERE / "curl.sh")], ["curl", "sh"]),
        Client("`fetch` in a browser, from another origin", [browser, *print_page], [browser], is_page=True),
    ]


def main() -> int:
    """Run every client, and check the stub's page; return 1 if something does not work."""
    if shutil.which("npm"):
        _install_node_clients()
    found: dict[str, str] = {}
    failed: list[str] = []
    for client in clients():
        lacking = [each for each in client.needs if not _is_there(each)]
        if lacking:
            print(f"skipped  {client.name}: {lacking[0]} is not installed here")
            continue
        try:
            found[client.name] = _run(client)
            print(f"works    {client.name}: {found[client.name]}")
        except (StubError, subprocess.SubprocessError, ValueError) as error:
            print(f"FAILED   {client.name}: {error}")
            failed.append(client.name)
    try:
        print(
            f"works    the page of the stub: {page.look([_browser(), *_HEADLESS])}"
            if _is_there(_browser())
            else "skipped  the page of the stub: there is no browser"
        )
    except ValueError as error:
        print(f"FAILED   the page of the stub: {error}")
        failed.append("page")
    if not failed:
        write_part(GUIDE, MARKERS, _table(part(GUIDE, MARKERS), found))
    return 1 if failed else 0


def _browser() -> str:
    return next(filter(None, map(shutil.which, _BROWSERS)), "chromium")


def _python(name: str, environment: str, script: str) -> Client:
    python = ROOT / environment / "bin" / "python"
    return Client(name, [str(python), "-W", "error", str(HERE / script)], [python])


def _install_node_clients() -> None:
    NODE_FOLDER.mkdir(parents=True, exist_ok=True)
    for file in [HERE / "package.json", HERE / "package-lock.json", *HERE.glob("*.mjs")]:
        shutil.copy(file, NODE_FOLDER)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=NODE_FOLDER, check=True)  # noqa: S607  # the npm in PATH


def _is_there(need: Path | str) -> bool:
    return need.exists() if isinstance(need, Path) else shutil.which(need) is not None


def _run(client: Client) -> str:
    """Run a client against a strict stub; return the calls that it reports, or raise an error."""
    folder = NODE_FOLDER if client.command[0] == "node" else ROOT
    with StubServer(strict=True) as stub:
        page = f"file://{HERE / 'browser.html'}?{urlencode({'url': stub.url})}"
        command = [*client.command, page if client.is_page else stub.url]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=_SECONDS)
        if done.returncode != 0:
            raise ValueError(f"status {done.returncode}: {done.stderr.strip()[-500:]}")
        said = done.stdout.strip()
        if client.is_page:
            shown = re.search(r'<p id="found">(.*?)</p>', said)
            said = "nothing" if shown is None else shown[1]
            if not said.startswith("completion, completion stream, conversation stream"):
                raise ValueError(f"the page shows {said}")
    return said


def _table(before: str, found: Mapping[str, str]) -> str:
    """Return the table; the row of a client that did not run is the one that the table had before."""
    old = dict(re.findall(r"^\| (.*?) \| (.*?) \|$", before, re.MULTILINE))
    rows = {each.name: found.get(each.name, old.get(each.name)) for each in clients()}
    lines = [f"| {name} | {what} |\n" for name, what in rows.items() if what is not None]
    return "".join(["| client | what works |\n", "|---|---|\n", *lines])


if __name__ == "__main__":
    sys.exit(main())
