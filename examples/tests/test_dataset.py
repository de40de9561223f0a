"""examples/dataset.py and the page that goes with it, on processes of this machine."""

import json
import re
from pathlib import Path

from example_process import EXAMPLES, run
from mistral_agents.testing import RecordedRequest, Reply, StubServer, json_reply

PROMPTS = [f"Question {number}, é?" for number in range(60)]


def refuse_one(request: RecordedRequest) -> Reply | None:
    """Refuse the eighth prompt, and answer the others."""
    refused = request.json["messages"][-1]["content"] == PROMPTS[7]
    return json_reply({"detail": "No."}, 400) if refused else None


def test_dataset(tmp_path: Path) -> None:
    """The output has one line for each prompt, in order, whatever process asked it: with the answer or the error."""
    path = tmp_path / "prompts.txt"
    path.write_text("\n".join(PROMPTS), encoding="utf-8")
    with StubServer(respond=refuse_one) as stub:
        status, printed, complaint = run(stub, "dataset.py", path)
    assert (status, complaint) == (0, f"{59 * (3 + 8)} tokens\n")
    rows = [json.loads(line) for line in printed.splitlines()]
    error = rows[7].pop("error")
    assert rows == [
        {"prompt": prompt} | ({} if prompt == PROMPTS[7] else {"answer": f"This is the answer to: {prompt}"})
        for prompt in PROMPTS
    ]
    assert error.startswith("status 400: No.")
    # Each partition had a client of its own, made from the pickle, and used one connection.
    assert {request.connection for request in stub.requests} == {0, 1, 2}


def test_page(tmp_path: Path) -> None:
    """The blocks of docs/beyond-one-machine.md work. The last one writes a file of answers for each file of prompts."""
    page = (EXAMPLES.parent / "docs" / "beyond-one-machine.md").read_text(encoding="utf-8")
    (tmp_path / "prompts").mkdir()
    for name in ("a", "b"):
        (tmp_path / "prompts" / f"{name}.txt").write_text(f"Question {name}1\nQuestion {name}2\n")
    script, endings = tmp_path / "page.py", []
    with StubServer(strict=True) as stub:
        for block in re.findall(r"^```python .*?\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
            script.write_text(block.replace("Mistral()", f"Mistral(server_url={stub.url!r})"))
            endings.append(run(stub, script, folder=tmp_path))
    assert endings == [(0, "", "")] * 2
    lines = [path.read_text().splitlines() for path in sorted((tmp_path / "answers").iterdir())]
    answers = [[json.loads(line)["answer"] for line in each] for each in lines]
    assert answers == [[f"This is the answer to: Question {name}{number}" for number in (1, 2)] for name in ("a", "b")]
    assert len(stub.requests) == 1 + 4
