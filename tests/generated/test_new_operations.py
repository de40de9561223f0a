"""The point of the design: an operation is declared only in the contract; after compiling, everything knows it."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml
from tools.checkout import ROOT

from checkers import check_types
from compiling import copy_project, search_path
from new_process import WARNINGS, output_of

PAGE = ROOT / "docs" / "adding-an-operation.md"
NEW = ROOT / "tests" / "data" / "new_operations.yaml"
BEGIN = """
    import asyncio
    from mistral_agents import Mistral, response_of
    from mistral_agents.errors import ServerError, StreamEventError, StreamTruncatedError
    from mistral_agents.testing import StubServer, json_reply
"""
CALLS = """
    def blocking(client: Mistral) -> None:
        note = client.notes.get(note_id="a/b", verbose=True)
        text: str = note.text
        year: int = note.written_at.year if note.written_at is not None else 0
        print(text, year, response_of(note).attempts)
        print([each.id for each in client.notes.list(page_size=3)])
        client.notes.delete(note_id="n1")
        with client.notes.watch_stream(topic="all") as stream:
            for event in stream:
                if event.data.type == "note.changed":
                    print(event.event, event.data.note.text)
                elif event.data.type == "note.closed":
                    print(event.event, event.data.count + 1)
        try:
            client.notes.get(note_id="broken", retries=1)
        except ServerError as error:
            print(error.status_code, error.attempts)

    async def waiting(client: Mistral) -> None:
        async with client:
            note = await client.notes.get_async(note_id="a/b", verbose=True)
            print(note.text, response_of(note).attempts)
            print([each.id async for each in await client.notes.list_async(page_size=3)])
            await client.notes.delete_async(note_id="n1")
            async with await client.notes.watch_stream_async(topic="all") as stream:
                async for event in stream:
                    print(event.event)
            try:
                await client.notes.get_async(note_id="broken", retries=1)
            except ServerError as error:
                print(error.status_code, error.attempts)
"""
RUN = """
    failed = set()
    def respond(request):
        place = (request.method, request.path.partition("?")[0])
        if request.path.endswith("/broken"):
            return json_reply({"object": "Error", "message": "Broken", "code": 3000}, 500, retry_after="0")
        if request.method != "POST" and place not in failed:  # an idempotent operation fails once and is retried
            failed.add(place)
            return json_reply({"detail": "Busy"}, 504, retry_after="0")
        return None
    with StubServer(respond=respond) as stub:
        with Mistral(api_key="k", server_url=stub.url) as client:
            blocking(client)
        failed.clear()
        asyncio.run(waiting(Mistral(api_key="k", server_url=stub.url)))
        print([[problem for problem in request.errors] for request in stub.requests if request.errors])
        print(f"{stub.requests[1].path}?{stub.requests[1].query}")
"""
MISTAKES = {
    "wrong_type": "client.notes.get(note_id=7)",
    "wrong_keyword": 'client.notes.get(note_id="a", verbos=True)',
    "wrong_field": 'client.notes.get(note_id="a").content',
    "wrong_event": 'next(iter(client.notes.watch_stream(topic="a"))).data.notes.text',
    "wrong_item": "next(iter(client.notes.list())).content",
}


# Tests that check every operation or tag of the contract.
OF_EVERY_OPERATION = [
    "tests/project/test_openapi.py",
    "tests/call/test_calls.py::test_hints_for_names",
    "tests/call/test_retry_table.py::test_how_often_each_operation_is_sent",
    "tests/generated/test_damaged_answers.py",
    "tests/generated/test_typed_requests.py",
]
# Of these: the tests of new operations and models, the quick tests of the contract, and the retries of blocking calls.
QUICK = "feedback or note or hints or openapi.py and not sample or blocking and not status"


def new_parts() -> list[dict[str, Any]]:
    """Return what the page about new operations adds to the contract, and what NEW adds."""
    written = re.findall(
        r"^cat > build/(tag|path|schemas)\.yaml <<'END'\n(.*?)^END$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    names = {"tag": "tags", "path": "paths", "schemas": "schemas"}
    assert {name for name, _ in written} == set(names)
    return [*({names[name]: yaml.safe_load(text)} for name, text in written), yaml.safe_load(NEW.read_text("utf-8"))]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project whose contract has new operations."""
    copied = copy_project(tmp_path_factory.mktemp("project"))
    path = copied / "openapi.yaml"
    contract = yaml.safe_load(path.read_text(encoding="utf-8"))
    for new in new_parts():
        contract["tags"] += new.get("tags", [])
        contract["paths"] |= new.get("paths", {})
        contract["components"]["schemas"] |= new.get("schemas", {})
    path.write_text(yaml.safe_dump(contract, sort_keys=False), encoding="utf-8")
    return copied


@pytest.fixture(scope="module")
def search(project: Path) -> list[Path]:
    """Compile the contract; return the folders of the packages, the compiled one first."""
    return search_path(project)


def test_new_operations_are_called_retried_streamed_and_served(search: list[Path]) -> None:
    """A new operation is a method, blocking and async; the stub serves it; failures are retried or raise an error."""
    assert output_of(BEGIN + CALLS + RUN, search).splitlines() == [
        *("One 2026 2", "['n1', 'n2']", "note.changed New", "note.closed 2", "500 2"),
        *("One 2", "['n1', 'n2']", "note.changed", "note.closed", "500 2"),
        *("[]", "/v1/notes/a%2Fb?verbose=true"),
    ]


@pytest.mark.timeout(300)
def test_new_operations_are_typed(search: list[Path], tmp_path: Path) -> None:
    """Both type checkers accept correct calls, and find mistakes in calls."""
    begin = textwrap.dedent(BEGIN) + 'client = Mistral(api_key="k")\n'
    folder = tmp_path / "pieces"
    folder.mkdir()
    pieces = {"right": begin + textwrap.dedent(CALLS)} | {name: f"{begin}{line}\n" for name, line in MISTAKES.items()}
    for checker, problems in check_types(pieces, folder, search, "mypy", "basedpyright").items():
        assert (checker, {}) == (checker, problems.get("right", {}))
        assert (checker, set(MISTAKES)) == (checker, set(problems))


@pytest.mark.timeout(300)
def test_new_operations_pass_the_tests_of_all_operations(project: Path, search: list[Path]) -> None:
    """The tests that check every operation of the contract pass with the new ones."""
    shutil.copytree(ROOT / "tests", project / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", project / "pyproject.toml")
    done = subprocess.run(  # noqa: S603  # our own tests
        [sys.executable, "-m", "pytest", *WARNINGS, "-q", "-p", "no:cacheprovider", "-k", QUICK, *OF_EVERY_OPERATION],
        cwd=project,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, search))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
