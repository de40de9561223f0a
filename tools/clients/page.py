"""Look at the page of a stub (`GET /_stub/`) in a headless browser, while requests arrive."""

from __future__ import annotations

import itertools
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

import httpx

from mistral_agents.testing import StubServer

_PATIENCE_SECONDS = 30.0
# Chromium reads commands from descriptor 3 and writes answers to 4. The pipes may already use these numbers, in another
# order, so both are first copied to numbers from 5.
_AS_3_AND_4 = """\
import fcntl, os, sys
read, write = (fcntl.fcntl(int(each), fcntl.F_DUPFD, 5) for each in sys.argv[1:3])
os.dup2(read, 3)
os.dup2(write, 4)
os.execvp(sys.argv[3], sys.argv[3:])
"""
_ASK: dict[str, Any] = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "<b id='bold'>Hello</b>"}]}


class Browser:
    """A headless Chromium with one page, driven over pipes by its DevTools protocol.

    https://chromedevtools.github.io/devtools-protocol/
    """

    def __init__(self, command: Sequence[str], url: str, stack: ExitStack) -> None:
        (read, self._commands), (self._messages, write) = os.pipe(), os.pipe()
        folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        begin = [sys.executable, "-c", _AS_3_AND_4, str(read), str(write)]
        options = ["--remote-debugging-pipe", f"--user-data-dir={folder}", url]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen([*begin, *command, *options], pass_fds=(read, write), stdout=quiet, stderr=quiet)
        os.close(read)
        os.close(write)
        self._numbers = itertools.count(1)
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        reader = threading.Thread(target=self._read, daemon=True)
        reader.start()
        stack.callback(os.close, self._commands)
        stack.callback(reader.join)
        stack.callback(process.wait)
        stack.callback(process.terminate)
        (target,) = self.ask("Target.getTargets", filter=[{"type": "page"}])["targetInfos"]
        self._session = self.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]

    def ask(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Send a command, and return its result."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        os.write(self._commands, json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0")
        while True:
            answer = self._answers.get(timeout=_PATIENCE_SECONDS)
            if answer.get("id") == number:
                if "error" in answer:
                    raise ValueError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result

    def value_of(self, script: str) -> Any:
        """Return the value of an expression in the page."""
        found = self.ask("Runtime.evaluate", self._session, expression=script, returnByValue=True)
        return found["result"].get("value")

    def _read(self) -> None:
        with os.fdopen(self._messages, "rb") as messages:
            waiting = b""
            while data := os.read(messages.fileno(), 65_536):
                *whole, waiting = (waiting + data).split(b"\0")
                for each in whole:
                    self._answers.put(json.loads(each))


def look(command: Sequence[str]) -> str:
    """Check the page; return what it shows.

    Raises:
        ValueError: the page does not show what it should show.
    """
    go_on = threading.Event()
    with ExitStack() as stack:
        stack.callback(go_on.set)
        stub = stack.enter_context(StubServer(pace_ms=1, sleep=lambda _: go_on.wait(_PATIENCE_SECONDS)))
        http = stack.enter_context(httpx.Client(base_url=stub.url, headers={"Authorization": "Bearer the-secret-key"}))
        http.post("/v1/agents/completions", json=_ASK)
        browser = Browser(command, f"{stub.url}/_stub/", stack)
        _wait_for("the request that came before it was opened", lambda: "1. POST" in _text(browser, "#requests"))
        http.post("/v1/agents/completions", json={})
        _wait_for("a refusal", lambda: "body.messages: Field required" in _text(browser, ".reason.bad"))
        streaming = {"model": "m", "inputs": "Hello", "stream": True}
        stream = threading.Thread(target=lambda: http.post("/v1/conversations", json=streaming))
        stream.start()
        try:
            _wait_for("the first event", lambda: "response.started" in _text(browser, ".answer"))
            if "message.output" in _text(browser, ".answer"):
                raise ValueError("the page shows an event before it is sent")
        finally:
            go_on.set()
            stream.join()
        _wait_for("the last event", lambda: "response.done" in _text(browser, ".answer"))
        if browser.value_of("document.getElementById('bold') !== null"):
            raise ValueError("the page reads the text of a request as HTML")
        if "secret" in str(browser.value_of("document.body.textContent")):
            raise ValueError("the page shows a key")
        http.post("/_stub/reset")
        _wait_for("a reset", lambda: browser.value_of("document.getElementById('requests').childElementCount") == 0)
    return "requests, refusals, and events as they are sent"


def _text(browser: Browser, selector: str) -> str:
    """Return the text of the first element that a selector finds."""
    return str(browser.value_of(f"document.querySelector({json.dumps(selector)})?.textContent"))


def _wait_for(what: str, is_there: Callable[[], bool]) -> None:
    latest = time.monotonic() + _PATIENCE_SECONDS
    while not is_there():
        if time.monotonic() > latest:
            raise ValueError(f"the page does not show {what}")
        time.sleep(0.05)
