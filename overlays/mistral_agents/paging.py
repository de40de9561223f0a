"""Lists that are fetched page by page: `Page`, and `AsyncPage` for `async for`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, cast

from mistral_agents_api.values import UNSET

from .errors import InvalidArgumentError, ResponseValidationError

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    from mistral_agents_api.operation import Operation, Paging

    # The defaults allow `Page` without parameters as an annotation.
    I = TypeVar("I", default=Any)  # noqa: E741  # as the compiled package calls it
    A = TypeVar("A", default=Any)
else:
    from typing import TypeVar

    I, A = TypeVar("I"), TypeVar("A")  # noqa: E741  # as above

Arguments = Mapping[str, Any]


class _Page(Generic[I, A]):
    """What blocking and async pages share: everything except fetching."""

    def __init__(
        self,
        operation: Operation[A, Any, I],
        arguments: Arguments,
        answer: A,
        fetch: Callable[[Operation[A, Any, I], Arguments], Any],
    ) -> None:
        assert operation.paging is not None, f"{operation.name} has no pages"  # noqa: S101  # only methods of lists come here
        self._paging: Paging = operation.paging
        self._operation, self._arguments, self._answer = operation, arguments, answer
        self._fetch = fetch
        self._seen: tuple[Any, ...] = ()
        """The tokens of the pages so far. A list in which the service repeats one would never end."""

    @property
    def items(self) -> list[I]:
        """The items of this page alone."""
        data: Any = self._answer if self._paging.items is None else _field(self._answer, self._paging.items)
        return cast("list[I]", data if data is not None else [])

    @property
    def answer(self) -> A:
        """This page as the contract's list or model. A model's fields are also attributes of the page."""
        return self._answer

    if not TYPE_CHECKING:  # type checkers find the fields in `answer`

        def __getattr__(self, name: str) -> Any:
            """Return a field of the page's model."""
            if name.startswith("_"):
                raise AttributeError(name)
            return getattr(self._answer, name)

    @property
    def _token(self) -> Any:
        """The token of the next page; None if this is the last page, or if pages have numbers instead of tokens."""
        return None if self._paging.next is None else _field(self._answer, self._paging.next)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._answer!r})"

    def _following(self) -> Arguments | None:
        """Return the arguments for the next page, or None if this is the last."""
        paging, arguments = self._paging, self._arguments
        names = {each.wire: each.name for each in self._operation.query_parameters}
        extra = dict(arguments.get("extra_query") or {})
        last = extra.pop(paging.parameter, arguments.get(names[paging.parameter]))
        if paging.next is not None:
            following = _field(self._answer, paging.next)
            if following in (None, ""):
                return None
            if not isinstance(following, str) or following in {last, *self._seen}:
                raise ResponseValidationError(
                    f"{paging.next}: expected a new token, got {following!r:.80}: the list would never end"
                )
        else:
            size = None if paging.size is None else extra.get(paging.size, arguments.get(names[paging.size]))
            if not self.items or (isinstance(size, int) and len(self.items) < size):
                return None
            if last not in (None, UNSET) and not str(last).isdecimal():
                raise InvalidArgumentError(f"{paging.parameter}: expected a page number, 0 or more, got {last!r:.80}")
            following = (int(last) if last not in (None, UNSET) else 0) + 1  # pages are counted from 0
        return {**arguments, "extra_query": extra or None, names[paging.parameter]: following}


class Page(_Page[I, A]):
    """One page of a list. Iterating over it yields its items, then those of the following pages as they are needed.

    The following pages are fetched with the same arguments and options. Each may raise the errors of
    `mistral_agents.errors`.
    """

    def __iter__(self) -> Iterator[I]:
        page: Page[I, A] | None = self
        while page is not None:
            yield from page.items
            page = page.next_page()

    def next_page(self) -> Page[I, A] | None:
        """Return the page after this one, or None if this is the last."""
        following = self._following()
        if following is None:
            return None
        page: Page[I, A] = self._fetch(self._operation, following)
        page._seen = (*self._seen, self._token)  # same module
        return page


class AsyncPage(_Page[I, A]):
    """One page of a list, for `async for`; otherwise like `Page`."""

    def __aiter__(self) -> AsyncIterator[I]:
        return _AsyncItems(self)

    async def next_page(self) -> AsyncPage[I, A] | None:
        """Return the page after this one, or None if this is the last."""
        following = self._following()
        if following is None:
            return None
        fetched: Awaitable[AsyncPage[I, A]] = self._fetch(self._operation, following)
        page = await fetched
        page._seen = (*self._seen, self._token)  # noqa: SLF001  # same module
        return page


class _AsyncItems(AsyncIterator[I]):
    """Iterates over the items. It is not an async generator, so nothing needs to be closed if the loop is left."""

    def __init__(self, page: AsyncPage[I, Any]) -> None:
        self._page: AsyncPage[I, Any] | None = page
        self._items = iter(page.items)

    async def __anext__(self) -> I:
        while self._page is not None:
            for item in self._items:
                return item
            self._page = await self._page.next_page()
            self._items = iter(self._page.items if self._page is not None else ())
        raise StopAsyncIteration


def _field(answer: Any, wire: str) -> Any:
    """Return a field of a page by its name in JSON, None if it is absent."""
    return answer[wire] if wire in answer else None  # noqa: SIM401  # a model has no `get`


__all__ = ["AsyncPage", "Page"]
