"""What can be imported, and what an import loads; each in a process that has loaded nothing before."""

import importlib
import json
import re
import subprocess
import sys
from typing import Any

import pytest

import contract_documents as contract
import mistral_agents
from mistral_agents import models as overlay_models
from mistral_agents import streams
from mistral_agents_api import models

BOTH = pytest.mark.parametrize("package", ["mistral_agents.models", "mistral_agents_api.models"])


def run(*lines: str) -> Any:
    """Run Python lines in a process of their own, warnings as errors, and return what the last one gives, as JSON."""
    *before, last = lines
    code = "\n".join(["import json, sys", *before, f"print(json.dumps({last}))"])
    done = subprocess.run(  # noqa: S603  # lines of this module
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False, timeout=30
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def _bodies(path: dict[str, Any]) -> list[Any]:
    """Return what the operations of a path take as their bodies."""
    return [operation["requestBody"] for operation in path.values() if "requestBody" in operation]


def model_names() -> set[str]:
    """Return the names that the contract's components give to the models: classes, enums, unions and dict twins."""
    written = {name: contract.alternatives(contract.component(name)) for name in contract.SCHEMAS}
    single = [name for name, found in written.items() if [each.name for each in found] == [name]]
    bodies = json.dumps([each for path in contract.DOCUMENT["paths"].values() for each in _bodies(path)])
    held_by_requests = contract.reachable(*sorted(set(re.findall(rf"{contract.PREFIX}(\w+)", bodies))))
    twins = [name for name in held_by_requests if not contract.object_schema(name).excluded_tags]
    unions = {name: {each.name for each in found} for name, found in written.items() if len(found) > 1}
    unions = {name: members for name, members in unions.items() if members <= {*single} - {"JsonObject"}}
    known = {name: [each for each in unions[name] if not contract.object_schema(each).excluded_tags] for name in unions}
    twins += [name for name in unions if {*known[name]} <= {*held_by_requests}]
    names = map(contract.class_name, [*single, *unions])
    return {*names, *(f"{contract.class_name(name)}Dict" for name in twins)}


def test_public_names() -> None:
    """The names that the package exports are these, in order."""
    names = ["UNSET", "AsyncRetryClient", "BackoffStrategy", "Mistral", "RetryClient", "RetryConfig", "__version__"]
    assert mistral_agents.__all__ == [*names, "response_of", "text_of"]


PUBLIC = ["agents", "calls", "client", "concurrency", "errors", "models", "observe", "paging"]
PUBLIC += ["responses", "retry", "sse", "streams", "structured", "testing", "tools"]


@pytest.mark.parametrize("module", PUBLIC)
def test_public_modules(module: str) -> None:
    """The public modules of the package can be imported by these names."""
    assert importlib.import_module(f"mistral_agents.{module}").__doc__


def test_model_names_are_the_contracts() -> None:
    """The models are the contract's components, dict twins for what a request holds, and six names of our own."""
    assert sorted(model_names()) == sorted(models.__all__)
    own = {"CompletionEvent", "Event", "Message", "MessageDict", "Tool", "ToolDict"}
    exported: Any = overlay_models
    assert sorted(model_names() | own) == exported.__all__


def test_own_names_stand_for_what_they_say() -> None:
    """Both names of an event stand for what streams yield, and `Tool` for the function tool that completions take."""
    exported: Any = overlay_models
    assert exported.CompletionEvent is exported.Event is streams.Event
    assert (exported.Tool, exported.ToolDict) == (models.FunctionTool, models.FunctionToolDict)


def test_import_loads_no_model() -> None:
    """Importing the package and getting at `Mistral` loads no model, and none of what only some calls need."""
    # What a `.pth` file of the environment loads does not count.
    loaded = run("before = {*sys.modules}", "from mistral_agents import Mistral", "sorted(sys.modules.keys() - before)")
    assert [name for name in loaded if name.startswith("mistral_agents_api.models.")] == []
    some_need = {"dateutil", "yaml", "jsonschema", "h11", "mistral_agents.testing", "mistral_agents.concurrency"}
    some_need |= {"pydantic", "mistral_agents.structured", "mistral_agents.tools"}
    assert some_need & set(loaded) == set()


@BOTH
def test_model_is_loaded_when_it_is_first_used(package: str) -> None:
    """Asking for a model loads it, no other; what it refers to is loaded when it is read."""
    loaded = run(
        f"import {package} as models",
        "models.ImageURL",
        "sorted(name for name in sys.modules if name.startswith('mistral_agents_api.models.'))",
    )
    assert loaded == ["mistral_agents_api.models.image_url"]


@BOTH
def test_every_name_is_exported(package: str) -> None:
    """`import *` brings every name of `__all__`, each the one that a plain import brings, and `dir` lists them."""
    same, listed = run(
        f"from {package} import *",
        f"import {package} as models",
        "names = models.__all__",
        "same = all(globals()[name] is getattr(models, name) for name in names)",
        "[same, sorted(set(names) - set(dir(models)))]",
    )
    assert (same, listed) == (True, [])


@BOTH
def test_wrong_name_is_no_model(package: str) -> None:
    """A name that does not exist raises AttributeError as an attribute and ImportError in an import, and is named."""
    module = importlib.import_module(package)
    with pytest.raises(AttributeError, match="UserMesage"):
        _ = module.UserMesage
    with pytest.raises(ImportError, match="UserMesage"):
        exec(f"from {package} import UserMesage")  # noqa: S102  # as a caller would write it


def test_models_are_a_module() -> None:
    """`mistral_agents.models` is a module, no package, and lets nothing private through."""
    assert not hasattr(overlay_models, "__path__")
    assert not hasattr(overlay_models, "_MODULES")
    with pytest.raises(ModuleNotFoundError, match="is not a package"):
        importlib.import_module("mistral_agents.models.text_chunk")
