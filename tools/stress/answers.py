"""Answers of a service that does not exist: what a transport gives to httpx, also a body that breaks off."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping

import httpx
from attrs import define, frozen


@frozen
class Pieces:
    """Makes an iterator asynchronous. Not an async generator, because trio warns if one does not run to its end."""

    iterator: Iterator[bytes]

    def __aiter__(self) -> Pieces:
        return self

    async def __anext__(self) -> bytes:
        for piece in self.iterator:
            return piece
        raise StopAsyncIteration


@define
class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of an answer: gives its pieces in turn, raises those that are errors, counts how often it is closed."""

    pieces: tuple[bytes | BaseException, ...]
    closed: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            if isinstance(piece, BaseException):
                raise piece
            yield piece

    def __aiter__(self) -> AsyncIterator[bytes]:
        return Pieces(iter(self))

    def close(self) -> None:
        """Count this call."""
        self.closed += 1

    async def aclose(self) -> None:
        """Count this call."""
        self.closed += 1


@frozen
class Answer:
    """An answer of the service."""

    status: int
    headers: Mapping[str, str]
    pieces: tuple[bytes | BaseException, ...]
