"""Compressed bodies that pass through a recorder: secrets in them are found, however the body is packed."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from completion_payloads import ASK
from mistral_agents.testing import Masks, Recorder, Reply, StubServer, completion, json_reply, load_recording
from mistral_agents.testing.http.encodings import unpacked
from mistral_agents.testing.openapi.contract import PATH
from mistral_agents.testing.recordings import inside as looking
from mistral_agents.testing.recordings.inside import Inside
from mistral_agents.testing.secrets.masking import Masker
from testing.socket_client import receive

SECRET = "the-secret-key"


def packed_as(how: str, content: bytes) -> bytes:
    """Compress with the header of gzip, with that of zlib, or without one."""
    window = {"gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS, "raw": -zlib.MAX_WBITS}[how]
    packing = zlib.compressobj(wbits=window)
    return packing.compress(content) + packing.flush()


def damaged(content: bytes, at: int) -> bytes:
    """Change one byte."""
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def packed(text: str) -> dict[str, tuple[str, bytes]]:
    """Return a text in JSON, compressed in each way: the encoding and the bytes."""
    content = json.dumps(completion(text)).encode()
    whole = gzip.compress(content, mtime=0)
    return {
        "gzip": ("gzip", whole),
        "deflate": ("deflate", zlib.compress(content)),
        "deflate without a header": ("Deflate", packed_as("raw", content)),
        "two members": ("gzip", gzip.compress(b"[", mtime=0) + whole),
        "twice": ("gzip, x-gzip", gzip.compress(whole, mtime=0)),
        "cut off": ("gzip", whole[:-12]),
        "with a wrong sum": ("gzip", damaged(whole, len(whole) - 6)),
        "not compressed at all": ("gzip", content),
    }


def record(path: Path, reply: Reply, headers: dict[str, str], body: Any = ASK) -> Recorder:
    """Record one request with a key."""
    with StubServer(respond=lambda _: reply) as service:
        recorder = Recorder(path, service.url)
        with StubServer(record=recorder) as stub:
            receive(stub.port, body, headers={"authorization": f"Bearer {SECRET}", **headers})
    return recorder


@pytest.mark.parametrize("how", packed(""))
def test_secret_in_a_compressed_answer(how: str, tmp_path: Path) -> None:
    """A compressed answer with a secret in it is not recorded, and the recorder reports this.

    A compressed answer without a secret is recorded. So is a plain body that calls itself compressed, with its secret
    masked.
    """
    for name, text in (("secret", SECRET), ("plain", "Hello")):
        encoding, content = packed(text)[how]
        path = tmp_path / f"{name}.yaml"
        recorder = record(path, json_reply(content, content_encoding=encoding), {})
        if name == "secret" and how != "not compressed at all":
            why = "is not recorded: its body is compressed, and has a secret in it"
            assert (recorder.problems, path.exists()) == ([f"request 1 (POST {PATH}) {why}"], False)
            continue
        (exchange,) = load_recording(path).exchanges
        assert b"".join(chunk.data for chunk in exchange.chunks) == content.replace(SECRET.encode(), b"*" * 14)


def test_encoding_that_cannot_be_read(tmp_path: Path) -> None:
    """A request or an answer in an encoding that the recorder cannot read is not recorded, and this is reported."""
    why = "is not recorded: its body is encoded as br, and may have a secret in it"
    path = tmp_path / "recording.yaml"
    for recorder in (
        record(path, json_reply(b"...", content_encoding="br"), {}),
        record(path, json_reply({}), {"content-encoding": "br"}, b"..."),
    ):
        assert (recorder.problems, path.exists()) == ([f"request 1 (POST {PATH}) {why}"], False)


def test_secret_in_a_compressed_request(tmp_path: Path) -> None:
    """A compressed request is recorded, unless a named field is in it."""
    body = gzip.compress(json.dumps({**ASK, "metadata": {"pin": "77"}}).encode())
    for masks, count in ((Masks(), 1), (Masks(fields=["pin"]), 0)):
        with StubServer() as service:
            recorder = Recorder(tmp_path / f"{count}.yaml", service.url, masks=masks)
            with StubServer(record=recorder) as stub:
                receive(stub.port, body, headers={"content-encoding": "gzip"})
        assert (recorder.count, len(recorder.problems)) == (count, 1 - count)


def test_no_body_has_no_encoding(tmp_path: Path) -> None:
    """An answer without a body is recorded, whatever encoding its head names."""
    recorder = record(tmp_path / "recording.yaml", Reply(204, [("content-encoding", "br")]), {})
    assert (recorder.count, any("br" in each for each in recorder.problems)) == (1, False)


def test_body_that_was_packed_for_its_transfer() -> None:
    """A body that the transfer encoding compresses is searched, too."""
    content = gzip.compress(SECRET.encode())
    found = Inside.of([[], ["gzip, chunked"]], content).why_not_masked(Masker(secrets=[SECRET]))
    assert found == "its body is compressed, and has a secret in it"


def test_secret_far_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every part of a huge body is searched, also where two parts meet."""
    monkeypatch.setattr(looking, "MAX_BODY_BYTES", 200_000)
    masker = Masker(secrets=[SECRET])
    for before in (0, 199_990, 199_995, 300_000, 1_000_000):
        content = gzip.compress(b" " * before + SECRET.encode() + b" " * 300_000)
        assert Inside.of([["gzip"]], content).why_not_masked(masker) != ""
    assert Inside.of([["gzip"]], gzip.compress(b" " * 1_000_000)).why_not_masked(masker) == ""


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "raw"]), st.integers(0, 400))
def test_as_much_as_can_be_read(content: bytes, how: str, cut: int) -> None:
    """A whole body is unpacked completely, and a body that was cut off is unpacked up to the cut."""
    whole = packed_as(how, content)
    encoding = ["gzip" if how == "gzip" else "deflate"]
    assert b"".join(unpacked(whole, encoding) or ()) == content
    assert content.startswith(b"".join(unpacked(whole[:cut], encoding) or ()))
    assert unpacked(whole, ["br"]) is None
