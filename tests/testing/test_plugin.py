"""The pytest plugin in a separate project, which has only the built wheel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tools.checkout import ROOT

from new_process import WARNINGS

GUIDE = ROOT / "docs" / "contract-testing.md"
WHOSE = """\
import mistral_agents
from pathlib import Path


def test_plugin_is_the_wheels(pytestconfig):
    plugin = pytestconfig.pluginmanager.get_plugin("mistral_agents")
    assert [Path(plugin.__file__).parents[2], Path(mistral_agents.__file__).parents[1]] == [Path(INSTALLED)] * 2
"""
CLOSED = """\
import pytest
from mistral_agents import response_of
from mistral_agents.errors import APIConnectionError
from mistral_agents.testing import json_reply

ASK = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Hi"}]}
kept = []


def test_client_retries_at_once(mistral_stub, mistral_client):
    mistral_stub.respond = lambda _: json_reply({"detail": "Busy"}, 503) if len(mistral_stub.requests) < 3 else None
    waits = []
    mistral_client.clock.sleep = waits.append
    assert (response_of(mistral_client.agents.complete(**ASK)).attempts, waits) == (3, [0, 0])
    kept.extend([mistral_stub, mistral_client])


def test_both_are_closed_after_the_test():
    stub, client = kept
    with pytest.raises(RuntimeError, match="does not listen"):
        stub.url
    with pytest.raises(APIConnectionError):
        client.agents.complete(**ASK)


def test_each_test_has_its_own(mistral_stub):
    assert mistral_stub.requests == []
"""
FAILING = """\
import pytest
from mistral_agents.errors import HTTPValidationError, SDKError
from mistral_agents.testing import completion, in_turn

ASK = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Hi"}]}


def test_sound(mistral_stub, mistral_client):
    mistral_client.agents.complete(**ASK)


def test_invalid(mistral_stub, mistral_client):
    with pytest.raises(HTTPValidationError):
        mistral_client.agents.complete(agent_id="ag_1", messages=[{"role": "robot", "content": "Hi"}])


def test_exhausted(mistral_stub, mistral_client):
    mistral_stub.respond = in_turn(completion("Hi"))
    mistral_client.agents.complete(**ASK)
    with pytest.raises(SDKError):
        mistral_client.agents.complete(**ASK)


def test_assertion_in_the_script(mistral_stub, mistral_client):
    def respond(request):
        assert request.json["agent_id"] == "ag_2"

    mistral_stub.respond = respond
    with pytest.raises(SDKError):
        mistral_client.agents.complete(**ASK)
"""
MORE = """\


def test_unused(mistral_stub, mistral_client):
    mistral_stub.respond = in_turn(completion("Hi"), completion("Ho"))
    mistral_client.agents.complete(**ASK)


def test_failed_by_itself(mistral_stub, mistral_client):
    with pytest.raises(HTTPValidationError):
        mistral_client.agents.complete(agent_id="ag_1", messages=[{"role": "robot", "content": "Hi"}])
    assert False, "by itself"


def test_failed_by_pytest(mistral_stub, mistral_client):
    with pytest.raises(LookupError), pytest.raises(HTTPValidationError):
        mistral_client.agents.complete(agent_id="ag_1", messages=[{"role": "robot", "content": "Hi"}])


def test_failed_without_traceback(mistral_stub, mistral_client):
    with pytest.raises(HTTPValidationError):
        mistral_client.agents.complete(agent_id="ag_1", messages=[{"role": "robot", "content": "Hi"}])
    pytest.fail("by itself", pytrace=False)


def test_skipped(mistral_stub, mistral_client):
    with pytest.raises(HTTPValidationError):
        mistral_client.agents.complete(agent_id="ag_1", messages=[{"role": "robot", "content": "Hi"}])
    pytest.skip("by itself")


@pytest.fixture
def late(mistral_client):
    yield
    with pytest.raises(HTTPValidationError):
        mistral_client.agents.complete(agent_id="ag_1", messages=[{"role": "robot", "content": "Hi"}])


def test_late(late):
    pass


@pytest.mark.mistral_replay("no-such-file.yaml")
def test_without_its_recording(mistral_stub):
    pass
"""
RECORDED = """\
import pytest
from mistral_agents import Mistral
from mistral_agents.testing import Recorder, StubServer

ASK = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Hi"}]}


def test_record(request):
    with StubServer() as service:
        recorder = Recorder(request.path.parent / "passed.yaml", service.url)
        with StubServer(record=recorder) as stub, Mistral("any", server_url=stub.url) as client:
            client.agents.complete(**ASK)


@pytest.mark.mistral_replay("passed.yaml", order="recorded")
def test_replay(mistral_stub, mistral_client):
    assert "Hi" in mistral_client.agents.complete(**ASK).choices[0].message.content
"""
ASYNC = """\
import pytest
import pytest_asyncio

ASK = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Hi"}]}
pytestmark = MARK


@pytest.fixture
def anyio_backend():
    return "LIBRARY"


async def test_client_is_closed_on_its_loop(mistral_stub, mistral_client):
    stream = await mistral_client.agents.stream_async(**ASK)
    assert "Hi" in "".join([text async for text in stream.text()])
    await mistral_client.agents.complete_async(**ASK)


class TestInAClass:
    @pytest.mark.parametrize("number", [1, 2])
    async def test_method(self, mistral_client, number):
        async with mistral_client as client:
            await client.agents.complete_async(**ASK)


@FIXTURE
async def agent(mistral_client):
    agent = await mistral_client.agents.create_async(model="m", name="Guide")
    yield agent
    await mistral_client.agents.delete_async(agent_id=agent.id)


@FIXTURE
async def conversation(mistral_client, agent):
    answer = await mistral_client.conversations.start_async(agent_id=agent.id, inputs="Hi")
    yield answer.conversation_id
    await mistral_client.conversations.delete_async(conversation_id=answer.conversation_id)


async def test_fixtures_use_the_client_after_the_test(mistral_client, agent, conversation):
    assert (await mistral_client.conversations.get_async(conversation_id=conversation)).agent_id == agent.id


async def test_fixtures_alone_use_the_client(conversation):
    pass


class TestWithAFixture:
    @FIXTURE
    async def own(self, mistral_client):
        self.agent = await mistral_client.agents.create_async(model="m", name="Guide")
        yield self.agent.id
        await mistral_client.agents.delete_async(agent_id=self.agent.id)

    async def test_method(self, own):
        assert own == self.agent.id


async def test_failing(mistral_stub, mistral_client):
    from mistral_agents.errors import HTTPValidationError
    with pytest.raises(HTTPValidationError):
        await mistral_client.agents.complete_async(agent_id="ag_1", messages=[{"role": "robot", "content": "Hi"}])
"""
LOOP_OF_TEST, ONE_LOOP = (["-o", f"asyncio_default_fixture_loop_scope={each}"] for each in ("function", "session"))
RUNNERS = {
    "anyio": ("asyncio", "pytest.mark.anyio", "pytest.fixture", []),
    "anyio with trio": ("trio", "pytest.mark.anyio", "pytest.fixture", []),
    "xdist": ("asyncio", "pytest.mark.anyio", "pytest.fixture", ["-n", "2"]),
    "pytest-asyncio": ("asyncio", "pytest.mark.asyncio", "pytest_asyncio.fixture", LOOP_OF_TEST),
    "pytest-asyncio with one loop": (
        *("asyncio", "pytest.mark.asyncio(loop_scope='session')", "pytest_asyncio.fixture", ONE_LOOP),
    ),
}
NEVER = """\
def test_without_fixtures():
    pass


def test_with_a_fixture(mistral_stub):
    pass
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it into a folder, without its dependencies, which are installed already."""
    built, folder = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("installed")
    run(ROOT, "hatchling", "build", "-t", "wheel", "-d", str(built))
    (wheel,) = built.glob("*.whl")
    quiet = ["--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-compile"]
    run(built, "pip", "install", *quiet, "--target", str(folder), str(wheel))
    return folder


def run(folder: Path, module: str, *arguments: str, path: str = "", status: int = 0) -> str:
    """Run a module in a folder, in a process of its own, and return its output."""
    environment = {**os.environ, "PYTHONPATH": path}
    environment.pop("PYTEST_ADDOPTS", None)
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(  # noqa: S603  # programs of this module
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def run_pytest(project: Path, installed: Path, *options: str, status: int) -> str:
    """Run the tests of a project as its owner would, with warnings as errors."""
    path = os.pathsep.join(map(str, (installed, project)))
    if not any(option.startswith("asyncio_") for option in options):
        options = ("-p", "no:asyncio", *options)
    return run(project, "pytest", *WARNINGS, "-p", "no:cacheprovider", "-rA", *options, path=path, status=status)


@pytest.fixture(scope="module")
def output(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Run the tests of a project: those of the guide, and those above."""
    project = tmp_path_factory.mktemp("project")
    blocks = re.findall(r"```python\n(# (test_\w+\.py)\n.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    files = {name: text for text, name in blocks}
    files |= {"test_whose.py": f"INSTALLED = {str(installed)!r}\n{WHOSE}", "test_closed.py": CLOSED}
    for name, text in {**files, "test_failing.py": FAILING + MORE, "test_recorded.py": RECORDED}.items():
        (project / name).write_text(text, encoding="utf-8")
    return run_pytest(project, installed, status=1)


def test_guide_can_be_followed(output: str) -> None:
    """In a project that has the wheel, the tests of the guide pass, with the fixtures that it promises."""
    passed = re.findall(r"^PASSED test_(?!failing)(\w+)\.py::", output, re.MULTILINE)
    guide = re.findall(r"```python\n# test_(\w+)\.py\n", GUIDE.read_text(encoding="utf-8"))
    assert sorted(passed) == sorted([*guide, *["closed"] * 3, *["recorded"] * 2, "whose"])
    assert re.findall(r"^(?:FAILED|ERROR) test_(?!failing).*", output, re.MULTILINE) == []


def test_what_nobody_expected_fails_the_test(output: str) -> None:
    """An invalid request, a request too many, unused answers or a failing script fail the test, with one report."""
    posted = "(POST /v1/agents/completions)"
    reasons = {
        "invalid": f"request 1 {posted} was refused with 422: The body does not fit the contract",
        "exhausted": f"request 2 {posted} was not expected: the script has only 1 answer(s)",
        "assertion_in_the_script": f"request 1 {posted} was not answered, since the script (",
        "unused": "the script has 1 more answer(s), for which there was no request",
    }
    failed = re.findall(r"^FAILED test_failing\.py::test_(\w+)", output, re.MULTILINE)
    assert failed == [*reasons, "failed_by_itself", "failed_by_pytest", "failed_without_traceback", "skipped"]
    assert [reason for reason in reasons.values() if f"StubError: {reason}" not in output] == []
    assert re.search(r"the script \(.*test_failing\.py, line [0-9]+\) raised AssertionError: ", output) is not None
    assert "  body.messages.0.role: Input tag 'robot' found using 'role'" in output
    assert "assert 'ag_1' == 'ag_2'" in output


def test_what_nobody_expected_stands_beside_the_tests_own_failure(output: str) -> None:
    """If a test fails anyway, its report also lists what the stub did not expect; a later request is an error."""
    assert "AssertionError: by itself" in output
    # The summary, which may repeat the messages, is not part of the last report.
    reports = re.split(r"^_{3,} (\w+) _{3,}$", output.partition("short test summary info")[0], flags=re.MULTILINE)
    told = [
        name
        for name, text in zip(reports[1::2], reports[2::2], strict=True)
        if re.search("^(?:E +)?mistral_stub did not expect this:\n(?:E +)?request 1 ", text, re.MULTILINE)
    ]
    assert told == ["test_failed_by_itself", "test_failed_by_pytest", "test_failed_without_traceback"]
    errors = re.findall(r"^ERROR test_failing\.py::test_(\w+)", output, re.MULTILINE)
    assert errors == ["late", "without_its_recording"]
    assert re.findall("^mistral_replay: .*: '.*no-such-file.yaml'$", output, re.MULTILINE) != []


@pytest.mark.parametrize("runner", RUNNERS)
def test_async_tests_and_several_processes(installed: Path, tmp_path: Path, runner: str) -> None:
    """A client is closed on the loop of its async test and fixtures, after all of them have ended."""
    library, mark, fixture, options = RUNNERS[runner]
    text = ASYNC.replace("LIBRARY", library).replace("MARK", mark).replace("FIXTURE", fixture)
    (tmp_path / "test_async.py").write_text(text, encoding="utf-8")
    output = run_pytest(tmp_path, installed, *options, status=1)
    assert re.findall(r"^=+ (.*) in .* =+$", output, re.MULTILINE) == ["1 failed, 6 passed"]
    assert "FAILED test_async.py::test_failing - mistral_agents.testing.server.StubError" in output


def test_who_lacks_the_extra_is_not_bothered(installed: Path, tmp_path: Path) -> None:
    """Without the extra's packages pytest runs as usual. Only a test with the stub fails, and says what to install."""
    (tmp_path / "lacking.py").write_text("import sys\nsys.modules.update(jsonschema=None, yaml=None)\n")
    (tmp_path / "test_never.py").write_text(NEVER)
    output = run_pytest(tmp_path, installed, "-p", "lacking", status=1)
    assert "PASSED test_never.py::test_without_fixtures" in output
    assert "ERROR test_never.py::test_with_a_fixture - ImportError: " in output
    assert 'pip install ".[testing]"' in output


def test_loading_the_plugin_is_cheap(installed: Path, tmp_path: Path) -> None:
    """The module that pytest loads in every run imports neither httpx, nor the stub, nor the packages of the stub."""
    (tmp_path / "loads.py").write_text(
        "import sys\nbefore = {*sys.modules}\nimport mistral_agents.testing.pytest_plugin\n"
        "print(*(name for name in sys.modules if name not in before))\n"
    )
    loaded = run(tmp_path, "loads", path=str(installed)).split()
    ours = [name for name in loaded if name.startswith("mistral_agents")]
    assert {"attrs", "httpx", "jsonschema", "yaml"} & set(loaded) == set()
    assert ours == [
        *("mistral_agents._version", "mistral_agents", "mistral_agents.testing", "mistral_agents.testing.pytest_plugin")
    ]
