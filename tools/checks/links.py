"""Check the links of the contract: each says which values of an answer another operation takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.openapi.operations import Operation

from .contract import Contract, Schema, members

_OF_ANSWER = "$response.body#/"
_OF_PATH = "$request.path."


def problems(contract: Contract) -> Iterator[str]:
    """Yield what is wrong with the links of a contract."""
    operations = {str(each.raw.get("operationId")): each for each in contract.operations()}
    for operation in contract.operations():
        for status, answer in operation.raw["responses"].items():
            for name, link in contract.resolve(answer).get("links", {}).items():
                place = f"{operation.name} {status} link `{name}`"
                target = operations.get(str(link.get("operationId")))
                if target is None:
                    yield f"{place}: there is no operation {link.get('operationId')}"
                else:
                    found = [
                        *_target_problems(contract, link, target),
                        *_value_problems(contract, link, operation, status),
                    ]
                    yield from (f"{place}: {problem}" for problem in found)


def _target_problems(contract: Contract, link: Schema, target: Operation) -> Iterator[str]:
    """Yield names that the target does not have, and path parameters of the target that the link does not give."""
    parameters = {each["name"]: each["in"] for each in contract.parameters(target)}
    given: Schema = link.get("parameters", {})
    yield from (f"{target.name} has no parameter `{name}`" for name in given if name not in parameters)
    yield from (f"`{name}` is not given" for name in parameters if parameters[name] == "path" and name not in given)
    body = contract.body(target)
    fields = [contract.resolve(each).get("properties", {}) for each in members(body) or [body]]
    for name in link.get("requestBody", {}):
        if not any(name in each for each in fields):
            yield f"the body of {target.name} has no field `{name}`"


def _value_problems(contract: Contract, link: Schema, operation: Operation, status: str) -> Iterator[str]:
    """Yield values of the link that are neither in an example of the answer nor in the path of the request."""
    shown: Schema = contract.content(operation, status).get("application/json", {}).get("examples", {})
    in_path = [each["name"] for each in contract.parameters(operation) if each["in"] == "path"]
    for value in [*link.get("parameters", {}).values(), *link.get("requestBody", {}).values()]:
        text = str(value)
        in_answer = text.startswith(_OF_ANSWER) and any(
            _leads_somewhere(each["value"], text.removeprefix(_OF_ANSWER)) for each in shown.values()
        )
        if not in_answer and text.removeprefix(_OF_PATH) not in in_path:
            yield f"{text} leads nowhere"


def _leads_somewhere(content: Any, pointer: str) -> bool:
    for step in pointer.split("/"):
        if isinstance(content, dict) and step in content:
            content = content[step]
        elif isinstance(content, list) and step.isdecimal() and int(step) < len(content):
            content = content[int(step)]
        else:
            return False
    return True
