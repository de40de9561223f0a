"""The compile step knows the names that a tag may not have, because the client uses them."""

from __future__ import annotations

from tools.compile.resources import OF_THE_CLIENT

from mistral_agents import Mistral
from mistral_agents_api.resources import Resources


def test_reserved_names_are_those_of_the_client() -> None:
    """The refused names are exactly the client's public attributes that do not come from tags."""

    def public(of: type) -> set[str]:
        return {name for name in dir(of) if not name.startswith("_")}

    assert public(Mistral) - public(Resources) == OF_THE_CLIENT
