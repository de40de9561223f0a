"""Measures what a new process costs: imports, the first answer, memory. Each figure is from a process of its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping

from .bench import ENVIRONMENT, Bench, BenchmarkError, check
from .participants import ROOT, Participant
from .worker import Reply

IMPORT = """
import sys, time
sys.modules.update(dict.fromkeys({without}))
start = time.process_time()
{imports}
cpu = time.process_time() - start
import json
print(json.dumps({{"cpu": cpu}}))
"""

FIRST_ANSWER = """
import sys, time
sys.modules.update(dict.fromkeys({without}))
from {module} import {client} as Client
client = Client({url!r})
text = client.complete()
cpu = time.process_time()  # the start of the interpreter counts, too
from benchmarks.worker import digest
print(__import__("json").dumps({{"cpu": cpu, "digest": digest(text)}}))
"""

MEMORY = """
import resource, sys
from pathlib import Path
sys.modules.update(dict.fromkeys({without}))
def resident():
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1_024)
{imports}
imported = resident()
from {module} import {client} as Client
pieces = []
Client({url!r}).stream(pieces.append)
text = "".join(pieces)
streamed = resident()
from benchmarks.worker import digest
print(__import__("json").dumps({{"imported": imported, "streamed": streamed, "digest": digest(text)}}))
"""


def run(participant: Participant, *arguments: str, environment: Mapping[str, str] = ENVIRONMENT) -> Reply:
    """Run a participant's Python with these arguments, and return what it prints."""
    command = [participant.python, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchmarkError(f"{participant.name} failed: {done.stderr}")
    reply: Reply = json.loads(done.stdout)
    return reply


def script(text: str, participant: Participant, url: str = "") -> Reply:
    """Run one of the scripts above."""
    module, _, client = participant.client.partition(":")
    given = {"module": module, "client": client, "url": url, "imports": participant.imports}
    return run(participant, "-c", text.format(without=participant.without, **given))


def read(text: str, participant: Participant, bench: Bench, answer: str) -> Reply:
    """Run a script that reads an answer; raises BenchmarkError if it read another text than the server sent."""
    reply = script(text, participant, bench.url(answer))
    check(participant, answer, reply)
    return reply
