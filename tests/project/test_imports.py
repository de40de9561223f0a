"""What can be imported, and what an import loads; the latter in a new process, which has loaded nothing before."""

import importlib
import json
import re
from typing import Any

import pytest
from tools.stress import documents

import contract_documents as contract
import mistral_agents
from mistral_agents import models as overlay_models
from mistral_agents import streams
from mistral_agents_api import models
from new_process import value_of
from project.public_modules import PUBLIC_MODULES

BOTH = pytest.mark.parametrize("package", ["mistral_agents.models", "mistral_agents_api.models"])


def _bodies(path: dict[str, Any]) -> list[Any]:
    """Return the request bodies of a path's operations."""
    return [operation["requestBody"] for operation in path.values() if "requestBody" in operation]


def model_names() -> set[str]:
    """Return the model names that follow from the contract's components: classes, enums, unions and TypedDict twins."""
    written = {name: documents.alternatives(documents.component(name)) for name in documents.SCHEMAS}
    single = [name for name, found in written.items() if [each.name for each in found] == [name]]
    bodies = json.dumps([each for path in documents.DOCUMENT["paths"].values() for each in _bodies(path)])
    held_by_requests = contract.reachable(*sorted(set(re.findall(rf"{documents.PREFIX}(\w+)", bodies))))
    twins = [name for name in held_by_requests if not contract.object_schema(name).excluded_tags]
    unions = {name: {each.name for each in found} for name, found in written.items() if len(found) > 1}
    unions = {name: members for name, members in unions.items() if members <= {*single} - {"JsonObject"}}
    known = {name: [each for each in unions[name] if not contract.object_schema(each).excluded_tags] for name in unions}
    twins += [name for name in unions if {*known[name]} <= {*held_by_requests}]
    names = map(documents.class_name, [*single, *unions])
    return {*names, *(f"{documents.class_name(name)}Dict" for name in twins)}


def test_public_names() -> None:
    """The package exports exactly these names, in this order."""
    names = ["UNSET", "AsyncRetryClient", "BackoffStrategy", "Mistral", "RetryClient", "RetryConfig", "__version__"]
    assert mistral_agents.__all__ == [*names, "response_of", "text_of"]


@pytest.mark.parametrize("module", PUBLIC_MODULES)
def test_public_modules(module: str) -> None:
    """Each public module of the package can be imported by its name, and has a docstring."""
    assert importlib.import_module(f"mistral_agents.{module}").__doc__


def test_model_names_come_from_the_contract() -> None:
    """The models are the contract's components, TypedDict twins for those in requests, and six names of our own."""
    assert sorted(model_names()) == sorted(models.__all__)
    own = {"CompletionEvent", "Event", "Message", "MessageDict", "Tool", "ToolDict"}
    exported: Any = overlay_models
    assert sorted(model_names() | own) == exported.__all__


def test_own_names() -> None:
    """`CompletionEvent` and `Event` are the class of a stream's events; `Tool` is the function tool of completions."""
    exported: Any = overlay_models
    assert exported.CompletionEvent is exported.Event is streams.Event
    assert (exported.Tool, exported.ToolDict) == (models.FunctionTool, models.FunctionToolDict)


def test_import_loads_no_model() -> None:
    """Importing `Mistral` from the package loads no model, and no module that only some calls need."""
    # Modules that a `.pth` file of the environment loads do not count.
    loaded = value_of(
        "before = {*sys.modules}", "from mistral_agents import Mistral", "sorted(sys.modules.keys() - before)"
    )
    assert [name for name in loaded if name.startswith("mistral_agents_api.models.")] == []
    some_need = {"dateutil", "yaml", "jsonschema", "h11", "mistral_agents.testing", "mistral_agents.concurrency"}
    some_need |= {"pydantic", "mistral_agents.structured", "mistral_agents.tools", "httpx"}
    assert some_need & set(loaded) == set()


@BOTH
def test_model_is_loaded_when_it_is_first_used(package: str) -> None:
    """Accessing a model loads this model only; models that it refers to are loaded when one is read."""
    loaded = value_of(
        f"import {package} as models",
        "models.ImageURL",
        "sorted(name for name in sys.modules if name.startswith('mistral_agents_api.models.'))",
    )
    assert loaded == ["mistral_agents_api.models.image_url"]


@BOTH
def test_every_name_is_exported(package: str) -> None:
    """`import *` gives every name of `__all__`, the same objects as a plain import, and `dir` lists them all."""
    same, listed = value_of(
        f"from {package} import *",
        f"import {package} as models",
        "names = models.__all__",
        "same = all(globals()[name] is getattr(models, name) for name in names)",
        "[same, sorted(set(names) - set(dir(models)))]",
    )
    assert (same, listed) == (True, [])


@BOTH
def test_wrong_model_name(package: str) -> None:
    """A wrong name raises AttributeError as an attribute and ImportError in an import; both errors have the name."""
    module = importlib.import_module(package)
    with pytest.raises(AttributeError, match="UserMesage"):
        _ = module.UserMesage
    with pytest.raises(ImportError, match="UserMesage"):
        exec(f"from {package} import UserMesage")  # noqa: S102  # an import as callers write it


def test_models_are_a_module() -> None:
    """`mistral_agents.models` is a module, not a package, and has no private name of the generated package."""
    assert not hasattr(overlay_models, "__path__")
    assert not hasattr(overlay_models, "_MODULES")
    with pytest.raises(ModuleNotFoundError, match="is not a package"):
        importlib.import_module("mistral_agents.models.text_chunk")
