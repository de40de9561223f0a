"""Hooks of pre-commit run when something changes that they check; dependabot watches the files with pinned versions."""

import json
import re
from typing import Any

import pytest
import yaml
from tools.checkout import ROOT

CONFIGURED: dict[str, Any] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
HOOKS = {hook["id"]: hook for repository in CONFIGURED["repos"] for hook in repository["hooks"]}
RECORD = json.loads((ROOT / "generated" / "mistral_agents_api" / "compiled-from.json").read_text(encoding="utf-8"))
TYPED = ["overlays/mistral_agents/client.py", "pyproject.toml", "requirements/dev.txt"]


@pytest.mark.parametrize(
    ("hook", "paths"),
    [
        ("generated", [*RECORD["sources"], "generated/mistral_agents_api/client.py", "requirements/dev.txt"]),
        ("types", TYPED),
        ("types-again", TYPED),
        ("contract", ["openapi.yaml", "tools/checks/form.py", "tools/openapi/pointers.py"]),
    ],
)
def test_hooks_run_when_their_sources_change(hook: str, paths: list[str]) -> None:
    """A change of any of these files runs the hook; a page of the docs does not."""
    assert (HOOKS[hook].get("types"), HOOKS[hook]["pass_filenames"]) == (None, False)
    assert [path for path in [*paths, "docs/agents.md"] if not re.search(HOOKS[hook]["files"], path)] == [
        "docs/agents.md"
    ]


def test_dependabot_watches_every_ecosystem() -> None:
    """Actions, the pins for Python, each lock file of npm outside of ignored folders, and the devcontainer."""
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    locked = {f"/{path.parent.relative_to(ROOT)}" for path in (ROOT / "tools").rglob("package-lock.json")}
    assert sorted((each["package-ecosystem"], each["directory"]) for each in updates) == sorted(
        [("github-actions", "/"), ("pip", "/requirements"), ("devcontainers", "/"), *(("npm", each) for each in locked)]
    )
    assert (locked, (ROOT / ".devcontainer" / "devcontainer.json").is_file()) == ({"/tools/clients"}, True)
