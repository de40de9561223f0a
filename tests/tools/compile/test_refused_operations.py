"""Operations that cannot be compiled to correct code are refused; the error has their place and the reason."""

from __future__ import annotations

from typing import Any

import pytest

from compile.parts import NULL, TEXT, array, body, events, parameter, record, tagged
from compiling import Document, check_refusal, operation, plans, ref, small_document

BINARY = {"type": "string", "format": "binary"}


def answering(content: Document, **parts: Any) -> Document:
    """Return a document with an operation that answers like this."""
    responses = {"200": {"description": "ok", "content": content}}
    return small_document(
        {"Thing": record(id=TEXT)}, {"/x": {"get": operation("things_get", responses=responses) | parts}}
    )


def happening(**end: str) -> Document:
    """Return a document with a stream of two kinds of known events."""
    known = {
        "title": "Known",
        "oneOf": [ref("Done"), ref("Failed")],
        "discriminator": {
            "propertyName": "type",
            "mapping": {"thing.done": ref("Done")["$ref"], "thing.failed": ref("Failed")["$ref"]},
        },
    }
    unknown = record("type", type=TEXT | {"not": {"enum": ["thing.done", "thing.failed"]}})
    schemas = {
        "Done": tagged("type", "thing.done"),
        "Failed": tagged("type", "thing.failed"),
        "Other": unknown,
        "Happening": {"anyOf": [known, ref("Other")]},
    }
    responses = {"200": {"description": "ok", "content": events(ref("Happening"), **end)}}
    return small_document(schemas, {"/x": {"get": operation("things_get", responses=responses)}})


def taking(request: Document) -> Document:
    """Return a document with an operation that has such a body."""
    return small_document(
        {"Thing": record(id=TEXT), "Free": {"type": "object"}},
        {"/x": {"post": operation("things_add", requestBody=request)}},
    )


def with_parameter(*parameters: Document) -> Document:
    """Return a document with an operation that has such parameters."""
    return small_document(
        {"Thing": record(id=TEXT)}, {"/x": {"get": operation("things_get", parameters=[*parameters])}}
    )


def in_path(given: Document) -> Document:
    """Return a document with an operation whose path has `{id}`, and with such a parameter."""
    return small_document({}, {"/x/{id}": {"get": operation("things_get", parameters=[given])}})


def with_answers(responses: Any) -> Document:
    """Return a document with an operation that has such answers by status."""
    return small_document({}, {"/x": {"get": operation("things_get", responses=responses)}})


def named(identifier: str, tag: str, **parts: Any) -> Document:
    """Return a document with an operation of this name and tag."""
    return small_document({}, {"/x": {"get": operation(identifier, tags=[tag], **parts)}})


def secured(scheme: Document, *, everywhere: bool = False) -> Document:
    """Return a document with an operation that needs such a key; with `everywhere`, the whole document says so."""
    needs: Document = {"security": [{}, {"Key": []}]}
    paths = {"/x": {"get": operation("a_b") | ({} if everywhere else needs)}}
    components = {"securitySchemes": {"Key": scheme}}
    return small_document({}, paths, components=components, **(needs if everywhere else {}))


REFUSED: dict[str, tuple[Document, str]] = {
    "binary answer": (
        answering({"application/octet-stream": {"schema": BINARY}}),
        "GET /x: an answer must be JSON or an event stream, not application/octet-stream",
    ),
    "text answer": (
        answering({"text/plain": {"schema": TEXT}}),
        "GET /x: an answer must be JSON or an event stream, not text/plain",
    ),
    "JSON or text": (
        answering({"application/json": {"schema": TEXT}, "text/plain": {"schema": TEXT}}),
        "GET /x: an answer must be JSON or an event stream, not text/plain",
    ),
    "servers of an operation": (
        small_document({}, {"/x": {"get": operation("a_b", servers=[{"url": "http://b.test"}])}}),
        "GET /x: servers here are not supported",
    ),
    "servers of a path": (
        small_document({}, {"/x": {"get": operation("a_b"), "servers": [{"url": "http://b.test"}]}}),
        "/x: servers here are not supported",
    ),
    "operations elsewhere": (
        small_document(
            {}, {"/x": {"$ref": "#/components/pathItems/X"}}, components={"pathItems": {"X": {"get": operation("a_b")}}}
        ),
        "/x: a path item that is a reference is not supported: write its operations here",
    ),
    "references in a circle": (
        with_parameter({"$ref": "#/paths/~1x/get/parameters/0"}),
        r"GET /x: \$ref '#/paths/~1x/get/parameters/0' leads only to other references, in a circle",
    ),
    "key in a query": (
        secured({"type": "apiKey", "in": "query", "name": "k"}),
        "GET /x: the security scheme 'Key' is not supported: a key is sent as an http bearer token",
    ),
    "basic authentication": (
        secured({"type": "http", "scheme": "basic"}),
        "GET /x: the security scheme 'Key' is not supported",
    ),
    "key of the document": (
        secured({"type": "oauth2", "flows": {}}, everywhere=True),
        "GET /x: the security scheme 'Key' is not supported",
    ),
    "security scheme from nowhere": (
        small_document({}, {"/x": {"get": operation("a_b", security=[{"Key": []}])}}),
        "GET /x: the security scheme 'Key' is not supported",
    ),
    "no success": (
        small_document({}, {"/x": {"get": operation("a_b", responses={"404": {"description": "no"}})}}),
        "GET /x: .*status of 2xx",
    ),
    "two answers": (
        small_document(
            {"Thing": record(id=TEXT)},
            {
                "/x": {
                    "get": operation(
                        "things_get",
                        responses={
                            "200": {"description": "ok", "content": {"application/json": {"schema": ref("Thing")}}},
                            "204": {"description": "none"},
                        },
                    )
                }
            },
        ),
        "GET /x: the statuses of success have different answers: models.Thing and None",
    ),
    "multipart": (
        taking({"content": {"multipart/form-data": {"schema": ref("Thing")}}}),
        "POST /x: a body must be JSON",
    ),
    "form": (
        taking({"content": {"application/x-www-form-urlencoded": {"schema": ref("Thing")}}}),
        "POST /x: a body must be JSON",
    ),
    "two media types": (
        taking(
            {"content": {"application/json": {"schema": ref("Thing")}, "multipart/form-data": {"schema": ref("Thing")}}}
        ),
        "POST /x: a body must be JSON; forms, files and several media types are not supported",
    ),
    "list as a body": (taking(body(array(TEXT))), "POST /x: a body must be an object, or a union of objects"),
    "text or object as a body": (
        taking(body({"anyOf": [TEXT, ref("Thing")]})),
        "POST /x: a body must be an object, or a union",
    ),
    "free body": (taking(body(ref("Free"))), "POST /x: a body without named fields is not supported"),
    "cookie": (with_parameter(parameter("a", "cookie", TEXT)), "/x a: a parameter in 'cookie' is not supported"),
    "style": (
        with_parameter(parameter("a", "query", array(TEXT), style="pipeDelimited")),
        "/x a: .*style form and explode True only",
    ),
    "explode": (
        with_parameter(parameter("a", "query", array(TEXT), explode=False)),
        "/x a: .*style form and explode True only",
    ),
    "deepObject": (with_parameter(parameter("a", "query", ref("Thing"), style="deepObject")), "/x a: .*style form"),
    "allowReserved": (
        with_parameter(parameter("a", "query", TEXT, allowReserved=True)),
        "/x a: allowReserved is not supported",
    ),
    "object in a query": (
        with_parameter(parameter("a", "query", ref("Thing"))),
        "GET /x a: an object as a parameter needs content",
    ),
    "list of objects": (
        with_parameter(parameter("a", "query", array(ref("Thing")))),
        "GET /x a: a list of lists or objects",
    ),
    "list in a header": (
        with_parameter(parameter("a", "header", array(TEXT))),
        "GET /x a: a list in a header is not supported$",
    ),
    "object in a header": (
        with_parameter(parameter("a", "header", ref("Thing"))),
        "GET /x a: an object in a header is not supported",
    ),
    "date in a header": (
        with_parameter(parameter("a", "header", {"type": "string", "format": "date-time"})),
        "GET /x a: a date in a header is not supported: leave out `format`",
    ),
    "anything in a header": (
        with_parameter(parameter("a", "header", {})),
        r"GET /x: Any \| Unset is not allowed in header \(openapi-python-client\)$",
    ),
    "optional parameter of a path": (
        in_path(parameter("id", "path", TEXT, required=False)),
        "GET /x/{id} id: a parameter in the path needs `required: true`",
    ),
    "parameter that the path lacks": (
        in_path(parameter("idd", "path", TEXT)),
        r"GET /x/{id} idd: the path has no {idd}\. Is 'id' meant\?",
    ),
    "path without its parameter": (
        in_path(parameter("id", "query", TEXT)),
        "GET /x/{id}: {id} of the path needs a parameter of this name with `in: path`",
    ),
    "parameter twice": (
        with_parameter(parameter("a", "query", TEXT), parameter("a", "query", TEXT)),
        "GET /x a: the operation has two parameters of this name in 'query'",
    ),
    "status with a typo": (
        with_answers({"2O1": {"description": "ok"}}),
        "GET /x: there is no status '2O1': it has three digits",
    ),
    "status that is a number": (
        with_answers({200: {"description": "ok"}}),
        "GET /x: the status 200 must be in quotes: '200'",
    ),
    "no answers": (with_answers({}), "GET /x: an operation needs `responses`, an object with an answer for each"),
    "answers in a list": (with_answers([]), "GET /x: an operation needs `responses`, an object with an answer for"),
    "answer without a description": (
        with_answers({"200": {}}),
        r"paths\./x\.get\.responses\.200\.description: Field required \(openapi-python-client\)$",
    ),
    "XML answer": (
        answering({"application/xml": {"schema": TEXT}}),
        "GET /x: an answer must be JSON or an event stream, not application/xml",
    ),
    "XML error": (
        with_answers(
            {"204": {"description": "ok"}, "404": {"description": "", "content": {"application/xml": {"schema": TEXT}}}}
        ),
        "GET /x: the answer 404 must be JSON or text, not application/xml",
    ),
    "XML body": (taking({"content": {"application/xml": {"schema": ref("Thing")}}}), "POST /x: a body must be JSON;"),
    "no tags": (
        small_document({}, {"/x": {"get": operation("things_get", tags=[])}}),
        "GET /x: an operation needs `tags`, a list whose first tag is the name of its group of methods",
    ),
    "XML parameter": (
        with_parameter({"name": "a", "in": "query", "content": {"application/xml": {"schema": TEXT}}}),
        "/x a: the content of a parameter must be JSON, not application/xml",
    ),
    "no tag in the name": (
        named("get", "things"),
        "GET /x: operationId must be <tag>_<method>, both of them identifiers, found 'get' for the tag 'things'",
    ),
    "another tag in the name": (named("users_get", "things"), "GET /x: operationId must be <tag>_<method>"),
    "tag that is a keyword": (named("class_get", "class"), "GET /x: operationId must be <tag>_<method>"),
    "tag that is no identifier": (named("my things_get", "my things"), "GET /x: operationId must be <tag>_<method>"),
    "private tag": (named("_x_get", "_x"), "GET /x: operationId must be <tag>_<method>"),
    "method that is a keyword": (named("things_import", "things"), "GET /x: operationId must be <tag>_<method>"),
    "method that is no identifier": (named("things_get-it", "things"), "GET /x: operationId must be <tag>_<method>"),
    "tag in another normal form": (
        named("ﬁnd_get", "ﬁnd"),
        "GET /x: operationId must be <tag>_<method>",
    ),  # with a ligature, which Python normalizes
    "method in another normal form": (
        named("things_ﬁnd", "things"),
        "GET /x: operationId must be <tag>_<method>",
    ),  # with a ligature, which Python normalizes
    "attribute of the client": (named("beta_get", "beta"), "the tag beta: the client has an attribute of this name"),
    "no operationId": (
        small_document({}, {"/x": {"get": {"tags": ["things"], "responses": {"204": {"description": ""}}}}}),
        "GET /x: operationId must be",
    ),
    "same method": (
        small_document({}, {"/x": {"get": operation("things_get")}, "/y": {"get": operation("things_get_async")}}),
        "things.get_async: two methods have this name",
    ),
    "same module": (
        small_document({}, {"/x": {"get": operation("things_getIt")}, "/y": {"get": operation("things_get_it")}}),
        "GET /y: two operations are called things_get_it",
    ),
    "method of the overlay": (
        small_document({}, {"/x": {"get": operation("agents_parse")}}),
        "agents.parse: two methods have this name",
    ),
    "same tag in Python": (
        small_document(
            {}, {"/x": {"get": operation("a_b_get", tags=["a_b"])}, "/y": {"get": operation("aB_put", tags=["aB"])}}
        ),
        "the tag a_b: two tags would be called AB in Python",
    ),
    "method called like a type": (
        small_document({}, {"/x": {"get": operation("things_float")}}),
        "things.float: a method may not have this name, which annotations of every method use",
    ),
    "option as a field": (
        taking(body(record(retries={"type": "integer"}))),
        "things.add retries: the argument has the name of an option of calls or streams",
    ),
    "option as a parameter": (
        with_parameter(parameter("timeout_ms", "query", {"type": "integer"})),
        "things.get timeout_ms: the argument has the name of an option",
    ),
    "argument twice": (
        small_document(
            {"Thing": record(id=TEXT)},
            {
                "/{id}": {
                    "post": operation(
                        "things_add", parameters=[parameter("id", "path", TEXT)], requestBody=body(ref("Thing"))
                    )
                }
            },
        ),
        "things.add id: two arguments have this name in Python",
    ),
    "events without an end": (
        answering({"text/event-stream": {"schema": record(data=TEXT)}}),
        "GET /x: a text/event-stream needs x-stream",
    ),
    "events with another end": (
        answering({"text/event-stream": {"schema": record(data=TEXT), "x-stream": {"end": "x", "stop": "y"}}}),
        "GET /x: x-stream does not have stop",
    ),
    "events without data": (
        answering({"text/event-stream": {"schema": record(event=TEXT), "x-stream": {"end": "x"}}}),
        "GET /x: the schema of an event needs `data`",
    ),
    "an end that no event has": (
        happening(end_event="thing.don"),
        "GET /x: end-event: there is no event 'thing.don'. Is 'thing.done' meant\\?",
    ),
    "an error that no event has": (
        happening(end_event="thing.done", error_event="oops"),
        "GET /x: error-event: there is no event 'oops'$",
    ),
    "events that are lists": (answering(events(array(TEXT), end="x")), "GET /x: an event must be an object"),
    "events that may be null": (
        answering(events({"oneOf": [ref("Thing"), NULL]}, end="x")),
        "GET /x: an event must be an object",
    ),
    "paging without its parameter": (
        answering({"application/json": {"schema": array(TEXT)}}, **{"x-paging": {"parameter": "page"}}),
        "GET /x: x-paging names the query parameter 'page'",
    ),
    "paging without a list": (
        answering(
            {"application/json": {"schema": ref("Thing")}},
            **{"x-paging": {"parameter": "p"}, "parameters": [parameter("p", "query", TEXT)]},
        ),
        "GET /x: x-paging needs an answer that is a list",
    ),
    "paging without its token": (
        small_document(
            {"Page": record(data=array(TEXT))},
            {
                "/x": {
                    "get": operation(
                        "a_b",
                        ref("Page"),
                        parameters=[parameter("p", "query", TEXT)],
                        **{"x-paging": {"parameter": "p", "next": "n", "items": "data"}},
                    )
                }
            },
        ),
        "GET /x: x-paging names 'n' as the next page's token, a field that the answer does not have",
    ),
    "paging with a typo": (
        answering({"application/json": {"schema": array(TEXT)}}, **{"x-paging": {"page": "p"}}),
        "GET /x: x-paging must be {parameter: ...}",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_by_name(name: str) -> None:
    """The error begins with the place and says what is wrong there."""
    check_refusal(*REFUSED[name])


def test_events_that_end_a_stream() -> None:
    """An end and an error that are among the events can be compiled."""
    (compiled,) = plans(happening(end_event="thing.done", error_event="thing.failed")).operations.values()
    assert compiled.stream is not None
    assert (compiled.stream.end_event, compiled.stream.error_event) == ('"thing.done"', '"thing.failed"')


def test_bearer_tokens_are_supported() -> None:
    """A key that is sent as a bearer token can be compiled; the case of the scheme's name does not matter."""
    assert plans(secured({"type": "http", "scheme": "Bearer"})).operations
