"""Read the operations of a contract: how they are called, and how they answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen
from tools.openapi.operations import operations_of, path_parameters, with_path_parameters

from .keywords import ContractError, Schema, mapping
from .model import Document

# Header parameters that OpenAPI ignores, because other parts of an operation replace them ("Parameter Object", `name`).
_SAID_ELSEWHERE = frozenset({"accept", "content-type", "authorization"})
# Charsets that change nothing, because JSON is UTF-8 and ASCII is a part of it.
_USUAL_CHARSETS = frozenset({"charset=utf-8", "charset=utf8", "charset=us-ascii", 'charset="utf-8"'})


@frozen
class Way:
    """One way to authenticate: the credentials to send, each with the scopes that it needs; empty means without any."""

    schemes: dict[str, frozenset[str]]

    @property
    def name(self) -> str:
        """The credentials and their scopes, in words."""
        return " and ".join(sorted(" ".join([name, *sorted(found)]) for name, found in self.schemes.items())) or "none"

    def is_enough_for(self, other: Way) -> bool:
        """Tell whether this way has all credentials and scopes that another way needs."""
        return all(scopes <= self.schemes.get(name, frozenset()) for name, scopes in other.schemes.items()) and (
            other.schemes.keys() <= self.schemes.keys()
        )


@frozen
class Operation:
    """An operation, with the path item that contains it."""

    document: Document
    path: str
    method: str
    raw: Schema
    item: Schema

    @property
    def name(self) -> str:
        """The method and the path."""
        return f"{self.method.upper()} {self.path}"

    @property
    def key(self) -> tuple[str, str]:
        """Method and path without the names of the path's parameters: equal for operations at the same address."""
        return with_path_parameters(self.path, "{}"), self.method

    def parameters(self) -> dict[str, Schema]:
        """Return the parameters by place and name; for those of the path, by their position."""
        found, positions = dict[str, Schema](), path_parameters(self.path)
        for raw in [*self.item.get("parameters", []), *self.raw.get("parameters", [])]:
            parameter = self.document.follow(raw)
            name, place = str(parameter.get("name")), str(parameter.get("in"))
            if place == "header" and name.lower() in _SAID_ELSEWHERE:
                continue
            if place == "path" and name in positions:
                name = str(positions.index(name) + 1)
            found[f"{place} {name.lower() if place == 'header' else name}"] = parameter
        return found

    def ways(self) -> list[Way]:
        """Return the ways to authenticate; one of them is enough."""
        requirements = self.raw.get("security", self.document.raw.get("security")) or [{}]
        return [self._way(each) for each in requirements]

    def _way(self, requirement: Schema) -> Way:
        schemes = dict[str, frozenset[str]]()
        for name, scopes in requirement.items():
            sent = sent_for(self._scheme(name))
            schemes[sent] = schemes.get(sent, frozenset()) | frozenset(map(str, scopes or []))
        return Way(schemes)

    def flows(self) -> dict[tuple[str, str], Schema]:
        """Return the OAuth flows that issue tokens for the operation, by the credential and the name of the flow."""
        requirements = self.raw.get("security", self.document.raw.get("security")) or []
        schemes = [self._scheme(name) for each in requirements for name in each]
        return {(sent_for(scheme), name): flow for scheme in schemes for name, flow in scheme.get("flows", {}).items()}

    def _scheme(self, name: str) -> Schema:
        schemes = self.document.raw.get("components", {}).get("securitySchemes", {})
        if name not in schemes:
            raise ContractError(f"{self.document.name}: there is no security scheme {name}")
        return self.document.follow(schemes[name])

    @property
    def own_servers(self) -> list[Schema] | None:
        """The servers of this operation or its path; None if they are those of the document."""
        return self.raw.get("servers") or self.item.get("servers")

    @property
    def servers(self) -> list[Schema]:
        """The servers of this operation."""
        return self.own_servers or servers_of(self.document)

    def body(self) -> Schema:
        """Return the request body, empty if there is none."""
        return self.document.follow(self.raw.get("requestBody", {}))

    def answers(self) -> dict[str, Schema]:
        """Return the answers by status."""
        return {
            status.replace("x", "X"): self.document.follow(raw)  # `4xx` is written as `4XX`
            for status, raw in self.raw.get("responses", {}).items()
            if not status.startswith("x-")
        }


def operations(document: Document) -> Iterator[Operation]:
    """Yield the operations of a contract."""
    for path, raw in mapping(document.raw.get("paths", {}), "paths").items():
        if not path.startswith("x-"):
            yield from _of_item(document, path, raw)


def webhooks(document: Document) -> dict[str, Operation]:
    """Return the webhooks, by name and method."""
    found = document.raw.get("webhooks", {}).items()
    return {each.name: each for name, raw in found for each in _of_item(document, f"webhook {name}", raw)}


def callbacks(operation: Operation) -> dict[str, Operation]:
    """Return the callbacks of an operation, by name, address and method."""
    return {
        each.name: each
        for name, raw in operation.raw.get("callbacks", {}).items()
        for address, item in operation.document.follow(raw).items()
        if not address.startswith("x-")
        for each in _of_item(operation.document, f"{operation.path} callback {name} {address}", item)
    }


def _of_item(document: Document, path: str, raw: Any) -> Iterator[Operation]:
    item = document.follow(raw)
    for each in operations_of(path, item):
        yield Operation(document, path, each.method, mapping(each.raw, f"{each.method} {path}"), item)


def servers_of(document: Document) -> list[Schema]:
    """Return the servers of a document; the default is the server that the document comes from."""
    return document.raw.get("servers") or [{"url": "/"}]


def sent_for(scheme: Schema) -> str:
    """Return what a security scheme sends, in words. Names that HTTP compares without letter case are in lower case."""
    words = [str(scheme[key]) for key in ("type", "scheme", "in", "name", "openIdConnectUrl") if key in scheme]
    if scheme.get("type") == "http" or scheme.get("in") == "header":
        words = [word.lower() if word != scheme.get("openIdConnectUrl") else word for word in words]
    return " ".join(words)


def by_media_type(content: Schema) -> dict[str, Any]:
    """Return the content by media type; the media types are in lower case and without a usual charset."""
    found = dict[str, Any]()
    for name, described in content.items():
        first, *parameters = [part.strip().lower() for part in name.split(";")]
        usual = "; ".join([first, *sorted({*parameters} - _USUAL_CHARSETS - {""})])
        found[usual if usual not in found else name.lower()] = described
    return found
