"""Lists in pages whose next page cannot be asked for: the error says why."""

from __future__ import annotations

from typing import Any

import pytest

from mistral_agents import errors
from seam import answer, seam


def pages(*tokens: Any) -> Any:
    """Return a seam that answers with pages whose next tokens are these."""
    return seam(*(answer({"data": [], "next_page_token": token}) for token in tokens))


@pytest.mark.parametrize("tokens", [("a", "b", "a"), (5,), ("a", "a")], ids=str)
def test_pages_that_never_end(tokens: tuple[Any, ...]) -> None:
    """A page token that came before, or is not a text, raises an error that says so."""
    with pages(*tokens).client() as client, pytest.raises(errors.ResponseValidationError, match="next_page_token"):
        list(client.agents.list_pages())


@pytest.mark.parametrize("page", ["x", [1], -1])
def test_an_invalid_page_number(page: Any) -> None:
    """If `page` in `extra_query` is not a page number, the next page cannot be counted, and the error names `page`."""
    agents = answer(b"[{}]")
    with seam(agents).client() as client, pytest.raises(errors.InvalidArgumentError, match="page"):
        list(client.agents.list(extra_query={"page": page}))
