"""Which version step a comparison requires. CONTRIBUTING.md says what the steps mean for the generated models."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from .differences import Difference

Step = Literal["major", "minor", "patch", "none"]


def step_for(differences: Iterable[Difference], version: str, *, words: bool) -> Step:
    """Return the step after `version`. `words`: the texts of the contracts differ, although they may mean the same."""
    found = list(differences)
    breaking = any(each.breaking for each in found)
    if parts(version)[0] == 0:
        return "minor" if breaking else "patch" if found or words else "none"
    return "major" if breaking else "minor" if found else "patch" if words else "none"


def next_version(version: str, step: Step) -> str:
    """Return the version after a step."""
    major, minor, patch = parts(version)
    following = {"major": (major + 1, 0, 0), "minor": (major, minor + 1, 0), "patch": (major, minor, patch + 1)}
    return ".".join(map(str, following.get(step, (major, minor, patch))))


def parts(version: str) -> tuple[int, int, int]:
    """Return major, minor and patch; raises ValueError for a version that does not begin with them."""
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    if found is None:
        raise ValueError(f"{version!r} is not a version: it should begin like 1.2.3")
    major, minor, patch = map(int, found.groups())
    return major, minor, patch
