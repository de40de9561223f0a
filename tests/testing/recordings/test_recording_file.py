"""The file of a recording has whole exchanges only, and the recorder reports each exchange that it cannot write."""

from __future__ import annotations

from pathlib import Path

import pytest

from completion_payloads import ASK
from mistral_agents.testing import Recorder, StubServer, completion, in_turn, load_recording
from mistral_agents.testing.openapi.contract import PATH
from testing.socket_client import receive
from testing.test_command import client, run_module

NAMED = f"request 1 (POST {PATH})"


def test_file_that_somebody_else_made(tmp_path: Path) -> None:
    """A file that somebody makes during the first exchange is reported and not changed; the client gets its answer."""
    path = tmp_path / "recording.yaml"
    with StubServer() as service:
        recorder = Recorder(path, service.url)
        with StubServer(record=recorder) as stub:
            path.write_text("mine")
            assert receive(stub.port).status == 200
    (line,) = recorder.problems
    assert line.startswith(f"{NAMED} is not recorded: ")
    assert (path.read_text(), recorder.count) == ("mine", 0)


def test_link_that_leads_nowhere(tmp_path: Path) -> None:
    """A path that is a link, even one that leads nowhere, is refused at once: a later refusal would lose exchanges."""
    path = tmp_path / "recording.yaml"
    path.symlink_to(tmp_path / "none.yaml")
    with pytest.raises(FileExistsError, match=r"recording\.yaml exists; .* Delete it, or choose another name"):
        Recorder(path)


def test_file_that_was_removed(tmp_path: Path) -> None:
    """If the file was removed, a later exchange does not begin a new file, which would lack the head."""
    path = tmp_path / "recording.yaml"
    with StubServer() as service:
        recorder = Recorder(path, service.url)
        with StubServer(record=recorder) as stub:
            receive(stub.port)
            path.unlink()
            receive(stub.port)
    assert [line.partition(":")[0] for line in recorder.problems] == [f"request 2 (POST {PATH}) is not recorded"]
    assert (list(tmp_path.iterdir()), recorder.count) == ([], 1)


@pytest.mark.parametrize("texts", [["One.", "long " * 20_000, "Two."], ["long " * 20_000]], ids=["later", "at once"])
def test_disk_that_is_full(texts: list[str], tmp_path: Path) -> None:
    """If an exchange does not fit on the disk, this is reported, no part of it stays, and the command exits with 1."""
    path = tmp_path / "recording.yaml"
    limited = ["sh", "-c", 'ulimit -f 64; exec "$@"', "sh"]  # a file may have 32 or 64 KiB
    with (
        StubServer(respond=in_turn(*map(completion, texts))) as service,
        run_module("record", "--upstream", service.url, "--to", str(path), before=limited) as process,
        client(process) as http,
    ):
        assert [http.post(PATH, json=ASK).status_code for _ in texts] == [200] * len(texts)
        process.terminate()
        printed, said = process.communicate(timeout=30)
    first, last = said.splitlines()
    number, kept = len(texts) // 2 + 1, len(texts) - 1
    assert first.startswith(f"request {number} (POST {PATH}) is not recorded: [Errno ")
    assert last == (f"{kept} exchanges in {path}, 1 problem" if kept else "nothing was recorded, 1 problem")
    assert (process.returncode, printed, path.exists()) == (1, "", kept > 0)
    exchanges = load_recording(path).exchanges if kept else []
    assert [b"Two." in each.chunks[0].data for each in exchanges] == [False, True][:kept]
