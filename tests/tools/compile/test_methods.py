"""The compiled methods, without the overlay, as people and tools see them: signatures, types, help, wrong keywords."""

from __future__ import annotations

import inspect
import pydoc
import typing
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import anyio
import pytest
from tools.checkout import ROOT
from tools.stress import documents

import contract_documents as contract
from mistral_agents_api.operation import Operation
from mistral_agents_api.resources import Resources
from mistral_agents_api.values import UNSET
from new_process import value_of

GENERATED = ROOT / "generated" / "mistral_agents_api"
OPTIONS = ["retries", "timeout_ms", "deadline_ms", "server_url", "http_headers", "extra_body", "extra_query"]
STREAM_OPTIONS = ["first_event_timeout_ms", "idle_timeout_ms"]


class Calls:
    """Replaces the object that runs calls: it keeps the calls that it gets."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any, Any]] = []

    def wrong_keywords(self, method: str, unknown: Any, missing: Any, known: Any, *, unnamed: int) -> Exception:
        return LookupError(method, sorted(unknown), sorted(missing), len(known), unnamed)

    def __getattr__(self, runner: str) -> Any:
        def run(operation: Any, arguments: Any) -> str:
            self.asked.append((runner, operation, dict(arguments)))
            return "answer"

        async def run_async(operation: Any, arguments: Any) -> str:
            return run(operation, arguments)

        return run_async if runner.endswith("_async") else run


class Client(Resources):
    """A client without the overlay."""

    _calls: Any = None

    def __init__(self) -> None:
        self._calls = Calls()


def methods() -> Iterator[tuple[str, Any]]:
    """Yield the name of each compiled method, and the method."""
    tags = sorted(path.stem for path in (GENERATED / "resources").glob("[!_]*.py"))
    assert {"agents", "conversations"} <= {*tags}
    for tag in tags:
        for name, method in vars(type(getattr(Client(), tag))).items():
            if inspect.isfunction(method) and not name.startswith("_"):
                yield f"{tag}.{name}", method


EVERY_METHOD = dict(methods())
EACH_METHOD = pytest.mark.parametrize("name", EVERY_METHOD)


def keywords(method: Any) -> dict[str, inspect.Parameter]:
    """Return the keyword parameters of a method."""
    return {name: each for name, each in inspect.signature(method).parameters.items() if name != "self"}


def operation_of(name: str) -> Operation[Any, Any, Any]:
    """Call a method; return the operation that it passes to `Calls`."""
    client = Client()
    tag, _, method = name.partition(".")
    required = {key: "x" for key, each in keywords(EVERY_METHOD[name]).items() if each.default is each.empty}
    result = getattr(getattr(client, tag), method)(**required)
    if inspect.iscoroutine(result):

        async def wait() -> Any:
            return await result

        result = anyio.run(wait)
    assert result == "answer"
    ((runner, operation, arguments),) = client._calls.asked
    assert runner.endswith("_async") == method.endswith("_async")
    assert {key: arguments[key] for key in required} == required
    assert isinstance(operation, Operation)
    return operation


def test_each_operation_has_its_methods() -> None:
    """Each operation is a method, and a second one if it also answers with events; each is blocking and async."""
    expected = set()
    for item in documents.DOCUMENT["paths"].values():
        for each in (item[key] for key in ("get", "post", "put", "patch", "delete") if key in item):
            tag, _, method = each["operationId"].partition("_")
            media = {
                kind
                for status, answer in each["responses"].items()
                if str(status).startswith("2")
                for kind in answer.get("content", {})
            }
            names = [method] if media != {"text/event-stream"} else []
            if "text/event-stream" in media:
                names.append("stream" if method == "complete" else f"{method}_stream")
            expected |= {f"{tag}.{name}{suffix}" for name in names for suffix in ("", "_async")}
    assert expected == EVERY_METHOD.keys()


@EACH_METHOD
def test_signature_shows_every_keyword(name: str) -> None:
    """A method's signature has all arguments of its operation and all options, keyword-only, however it is read."""
    operation = operation_of(name)
    streamed = "stream" in name.partition(".")[2]
    forms = operation.stream.forms if streamed and operation.stream is not None else operation.forms
    fields = {field.name for form in forms for field in form.fields}
    places = (operation.path_parameters, operation.query_parameters, operation.header_parameters)
    arguments = fields | {each.name for place in places for each in place}
    found = keywords(EVERY_METHOD[name])
    assert found.keys() == arguments | {*OPTIONS, *(STREAM_OPTIONS if streamed else [])}
    assert {each.kind for each in found.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert found["retries"].default is UNSET
    assert inspect.signature(EVERY_METHOD[name], eval_str=True).parameters.keys() == {"self", *found}
    assert inspect.iscoroutinefunction(EVERY_METHOD[name]) == name.endswith("_async")


@EACH_METHOD
def test_types_can_be_resolved(name: str) -> None:
    """`typing.get_type_hints` resolves every annotation, also in a class with methods named like builtins."""
    hints = typing.get_type_hints(EVERY_METHOD[name])
    assert hints.keys() == {"return", *keywords(EVERY_METHOD[name])}
    assert hints["timeout_ms"] == (float | None)


@EACH_METHOD
def test_help_describes_every_keyword(name: str) -> None:
    """`help()` shows each keyword in the signature, and with a description in the list of arguments."""
    text = pydoc.plain(pydoc.render_doc(EVERY_METHOD[name]))
    described = (inspect.getdoc(EVERY_METHOD[name]) or "").partition("Args:\n")[2].splitlines()
    for keyword in keywords(EVERY_METHOD[name]):
        assert f" {keyword}: " in text
        (line,) = [each for each in described if each.startswith(f"    {keyword}:")]
        assert len(line) > len(keyword) + 10


@EACH_METHOD
def test_wrong_keywords_are_named(name: str) -> None:
    """Unknown, missing and unnamed arguments raise the error that `Calls` makes of them, and nothing is run."""
    client = Client()
    tag, _, method = name.partition(".")
    found = keywords(EVERY_METHOD[name])
    missing = sorted(key for key, each in found.items() if each.default is each.empty)
    call: Callable[..., Any] = getattr(getattr(client, tag), method)

    async def wait() -> Any:
        return await call("x", unheard_of=1)

    with pytest.raises(LookupError) as caught:
        anyio.run(wait) if name.endswith("_async") else call("x", unheard_of=1)
    assert caught.value.args == (EVERY_METHOD[name].__qualname__, ["unheard_of"], missing, len(found), 1)
    assert client._calls.asked == []


def test_resources_are_loaded_when_they_are_used() -> None:
    """Importing the package of resources loads no resource; using one loads that one only."""
    loaded = value_of(
        "from mistral_agents_api.resources import Resources",
        "FOLDERS = ('mistral_agents_api.resources.', 'mistral_agents_api.api.')",
        "def loaded(): return sorted(name for name in sys.modules if name.startswith(FOLDERS))",
        "before = loaded(); Resources._calls = None; Resources().agents",
        "[before, loaded()]",
    )
    assert loaded == [[], [f"mistral_agents_api.resources.{each}" for each in ("_overlay", "_resource", "agents")]]


def test_package_works_without_the_overlay() -> None:
    """Without the overlay, every module of the compiled package can be imported, and its functions' types resolved."""
    names = [
        ".".join(path.relative_to(GENERATED.parent).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(GENERATED.rglob("*.py"))
    ]
    done = value_of(
        "import typing, inspect; from importlib import import_module; sys.modules['mistral_agents'] = None",
        f"for name in {names!r}:",
        "    for each in vars(import_module(name)).values():",
        "        if inspect.isfunction(each) and '.api.' in each.__module__: typing.get_type_hints(each)",
        "'done'",
    )
    assert done == "done"


@pytest.mark.parametrize("name", contract.EVERY_MODEL)
def test_types_of_models_can_be_resolved(name: str) -> None:
    """`typing.get_type_hints` resolves the fields of each model and of its TypedDict, and the model's constructor."""
    model = contract.model_of(name)
    fields = contract.object_schema(name).properties
    assert typing.get_type_hints(model).keys() >= {each.name for each in model._FIELDS.by_name.values()}
    assert len(inspect.signature(model, eval_str=True).parameters) >= 1
    twin = getattr(import_module("mistral_agents_api.models"), f"{documents.class_name(name)}Dict", None)
    if twin is not None:
        assert typing.get_type_hints(twin).keys() == fields.keys() == twin.__optional_keys__ | twin.__required_keys__
