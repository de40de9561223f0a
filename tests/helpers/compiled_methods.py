"""The compiled methods of all operations of the contract, as the client has them."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator
from typing import Any

from attrs import frozen
from tools.stress import documents

from mistral_agents import Mistral
from mistral_agents_api.operation import Operation
from operations import contract_operations

_CLIENT = Mistral("any")  # it has an attribute for each tag


@frozen
class Method:
    """A compiled method, or one overload of it."""

    tag: str
    name: str
    operation: Operation[Any, Any, Any]
    function: Any
    """The method or overload that has the signature."""

    def __str__(self) -> str:
        return f"{self.tag}.{self.name}"

    @property
    def in_contract(self) -> dict[str, Any]:
        """The operation in the contract."""
        found: dict[str, Any] = documents.DOCUMENT["paths"][self.operation.path][self.operation.method.lower()]
        return found

    @property
    def streams(self) -> bool:
        """Whether the method returns a stream."""
        return self.name.endswith("stream")


def _methods() -> Iterator[Method]:
    for operation in contract_operations():
        tag, _, name = operation.name.partition(".")
        streamed = "stream" if name == "complete" else f"{name}_stream"
        for each in [name] * bool(operation.stream is None or operation.answer) + [streamed] * bool(operation.stream):
            function = inspect.unwrap(getattr(type(getattr(_CLIENT, tag)), each))
            for form in typing.get_overloads(function) or [function]:
                yield Method(tag, each, operation, form)


METHODS = list(_methods())
"""Every blocking method; a method with overloads once for each overload."""
