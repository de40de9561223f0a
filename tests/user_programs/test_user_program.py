"""A user's whole program: it runs against the stub, both type checkers accept it, and both find each mistake in it."""

import re
from pathlib import Path

import pytest
from tools.checkout import ROOT

from checkers import check_types
from mistral_agents import Mistral
from mistral_agents.testing import StubServer
from user_programs import chat_and_agents

SOURCE = Path(chat_and_agents.__file__).read_text(encoding="utf-8")
MISTAKE = re.compile(r"^(?P<indent> *)(?P<right>.*?)  # mistake: (?P<wrong>.*)$", re.MULTILINE)


def with_mistake(number: int) -> tuple[str, int, str]:
    """Return the program with one mistake, the number of its line, and the wrong code."""
    found = list(MISTAKE.finditer(SOURCE))[number]
    line = SOURCE.count("\n", 0, found.start()) + 1
    return SOURCE[: found.start()] + found["indent"] + found["wrong"] + SOURCE[found.end() :], line, found["wrong"]


MISTAKES = [with_mistake(number) for number in range(len(MISTAKE.findall(SOURCE)))]


@pytest.mark.timeout(300)  # two type checkers read the libraries, and then one program for each mistake
def test_type_checkers_accept_the_program_and_find_each_mistake(tmp_path: Path) -> None:
    """Both checkers accept the program, and both find every mistake, in its line or in the call around it."""
    folder = tmp_path / "programs"
    folder.mkdir()
    programs = {"right": SOURCE} | {f"wrong_{number}": text for number, (text, _, _) in enumerate(MISTAKES)}
    found = check_types(programs, folder, [ROOT / "overlays", ROOT / "generated"], "mypy", "basedpyright")
    assert {checker: problems.get("right", {}) for checker, problems in found.items()} == {
        "mypy": {},
        "basedpyright": {},
    }
    missed = [
        (checker, wrong)
        for number, (_, line, wrong) in enumerate(MISTAKES)
        for checker, problems in found.items()
        if not any(abs(each - line) <= 6 for each in problems.get(f"wrong_{number}", {}))
    ]
    assert missed == []
    assert len(MISTAKES) >= 12


def test_program_runs_against_the_stub(capsys: pytest.CaptureFixture[str]) -> None:
    """The program runs to its end: its requests fit the contract, and it reads the answers."""
    with StubServer() as stub, Mistral(api_key="any", server_url=stub.url) as client:
        agent = client.agents.create(model="mistral-medium-latest", name="A")
        chat_and_agents.main(client, stub.url, agent.id)
    assert [request.errors for request in stub.requests if request.errors] == []
    printed = capsys.readouterr().out
    assert "Paris is the capital of France." in printed
