"""Run the comparison: `python -m tools.parity`. It fails if there is a difference that `known` does not list."""

from __future__ import annotations

import functools
import importlib
import os
import sys
from collections.abc import Iterator
from typing import Any

from mistral_agents import Mistral, models

from . import agents, completions, conversations, pages
from .case import DICTS, MODELS, PlainDicts
from .clients import AsyncClients, Pair, asking
from .methods import HELPERS, METHODS, SDK_VERSION
from .run import Run
from .service import Service

# Imported by name, because the type checkers run where the SDK is not installed.
THEIRS: Any = importlib.import_module("mistralai.client")

FAMILIES = (completions, agents, conversations)


def main() -> int:
    """Compare everything; return the exit status."""
    os.environ["NO_PROXY"] = "*"  # all requests stay on this machine, also if the environment has a proxy
    namespaces = {MODELS: (models, THEIRS.models), DICTS: (PlainDicts(), PlainDicts())}
    with Service() as service:
        settings: dict[str, Any] = {"api_key": "parity", "server_url": service.url}
        make = functools.partial(Mistral, **settings), functools.partial(THEIRS.Mistral, **settings)
        with make[0]() as ours, make[1]() as theirs, AsyncClients(*make) as in_a_loop:
            run = Run(service, {"blocking": Pair(asking(ours), asking(theirs)), "async": in_a_loop.pair}, namespaces)
            run.report("the methods are those of the SDK", sdk_problems(theirs))
            for family in FAMILIES:
                for name, case in family.CASES.items():
                    run.case(name, case)
                for name, refused in family.REFUSED.items():
                    run.refused(name, refused)
            for method in METHODS.values():
                run.reading(method)
            run.errors()
            run.report("both go through the pages of a list", pages.problems(service, ours, theirs))
    run.report("every known difference is needed", run.unneeded())
    print(f"parity: {run.sets} argument sets, {run.comparisons} comparisons, {run.unexplained} unexplained differences")
    return 1 if run.unexplained else 0


def sdk_problems(client: Any) -> Iterator[str]:
    """Return the differences between `methods` and the SDK."""
    if THEIRS.VERSION != SDK_VERSION:
        yield f"this is {THEIRS.VERSION}, not {SDK_VERSION}"
    for resource in ("beta.agents", "beta.conversations"):
        owner: Any = functools.reduce(getattr, resource.split("."), client)
        base = type(owner).__mro__[1]
        public = {name for name in dir(owner) if name[0] != "_" and callable(getattr(owner, name))} - set(dir(base))
        names = {each.name for each in METHODS.values() if each.resource == resource}
        expected = {*names, *(f"{name}_async" for name in names), *HELPERS.get(resource, ())}
        for name in sorted(public ^ expected):
            yield f"{resource}.{name}: {'they have it' if name in public else 'they have no such method'}"


if __name__ == "__main__":
    sys.exit(main())
