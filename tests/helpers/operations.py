"""The operations of the contract, with arguments that fit, and hand-written operations that are in no contract."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, frozen

from mistral_agents_api import api
from mistral_agents_api.errors import StructureError
from mistral_agents_api.operation import Form, Operation, Paging, Parameter, Stream


@define
class Thing:
    """Data that no contract describes."""

    fields: Mapping[str, Any]

    @classmethod
    def read(cls, data: Any) -> Thing:
        """Read a thing from JSON data."""
        if not isinstance(data, dict):
            raise StructureError("an object (Thing)", data)
        return cls(data)

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]


def read_things(data: Any) -> list[Thing]:
    """Read a list of things from JSON data."""
    if not isinstance(data, list):
        raise StructureError("a list", data)
    return [Thing.read(each) for each in data]


_ID = Parameter("thing_id", "id", kinds=("string",), required=True)
_SIZE = Parameter("size", "page-size", kinds=("integer",))
_SAY = Form("Saying", (Parameter("words", "words", kinds=("string",), required=True),))
_SAY_STREAMED = Form("StreamedSaying", _SAY.fields, {"live": True})

GET: Operation[Thing, Any, Any] = Operation(
    "things.get",
    "GET",
    "/v1/things/{id}",
    answer=Thing.read,
    idempotent=True,
    path_parameters=(_ID,),
    query_parameters=(Parameter("with_parts", "with-parts", kinds=("boolean",)),),
)
DELETE: Operation[None, Any, Any] = Operation(
    "things.delete", "DELETE", "/v1/things/{id}", statuses=(204,), idempotent=True, path_parameters=(_ID,)
)
COUNTED: Operation[list[Thing], Any, Thing] = Operation(
    "things.list",
    "GET",
    "/v1/things",
    answer=read_things,
    idempotent=True,
    query_parameters=(Parameter("page", "page", kinds=("integer",)), _SIZE),
    paging=Paging("page", size="page-size"),
)
BY_TOKEN: Operation[Thing, Any, Any] = Operation(
    "things.list_pages",
    "GET",
    "/v1/things/pages",
    answer=Thing.read,
    idempotent=True,
    query_parameters=(Parameter("token", "token", kinds=("string",)), _SIZE),
    paging=Paging("token", next="next", items="found", size="page-size"),
)
SAY: Operation[Thing, Thing, Any] = Operation(
    "things.say",
    "POST",
    "/v1/things/say",
    answer=Thing.read,
    statuses=(200, 201),
    forms=(_SAY,),
    stream=Stream(forms=(_SAY_STREAMED,), schema="ThingEvent", read=Thing.read, end="[END]"),
)
WATCH: Operation[Any, Thing, Any] = Operation(
    "things.watch",
    "GET",
    "/v1/things/watch",
    stream=Stream(forms=(), schema="ThingEvent", read=Thing.read, end_event="bye", error_event="oops"),
)
FOLLOW: Operation[Any, Thing, Any] = Operation(
    "things.follow",
    "GET",
    "/v1/things/follow",
    idempotent=True,
    stream=Stream(forms=(), schema="Other", read=Thing.read, tag="kind", end_event="bye", error_event="oops"),
)


@frozen
class Case:
    """An operation of the contract, streamed or not, with arguments for it."""

    operation: Operation[Any, Any, Any]
    streamed: bool

    def __str__(self) -> str:
        return f"{self.operation.name}{' (stream)' if self.streamed else ''}"

    @property
    def arguments(self) -> dict[str, Any]:
        """An argument of the right type for each required parameter."""
        forms = self.operation.stream.forms if self.streamed and self.operation.stream else self.operation.forms
        parameters = [*self.operation.path_parameters, *self.operation.query_parameters]
        parameters += forms[0].fields if forms else ()
        return {each.name: _example(each) for each in parameters if each.required}


def _example(parameter: Parameter) -> Any:
    examples: dict[str, Any] = {"string": "x", "integer": 1, "number": 1, "boolean": True, "array": [{}], "object": {}}
    return examples[parameter.kinds[0]] if parameter.kinds else "x"


def contract_operations() -> Iterator[Operation[Any, Any, Any]]:
    """Yield every operation of the contract."""
    for module in pkgutil.walk_packages(api.__path__, f"{api.__name__}."):
        if operation := getattr(importlib.import_module(module.name), "OPERATION", None):
            yield operation


def cases() -> list[Case]:
    """Return every operation that gives an answer, and then every operation that streams."""
    operations = sorted(contract_operations(), key=lambda each: each.name)
    whole = [Case(each, streamed=False) for each in operations if each.answer or not each.stream]
    return [*whole, *(Case(each, streamed=True) for each in operations if each.stream)]
