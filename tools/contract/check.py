"""Run openapi.yaml against a service with Schemathesis: requests that fit and requests that do not, streams included.

`make contract` runs it, in an environment of its own. Without `--base-url` the service is the stub. It then takes one
key alone, so that no check has to be left out.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from mistral_agents.testing import RecordedRequest, Reply, StubServer, json_reply

ROOT = Path(__file__).resolve().parents[2]
# Schemathesis keeps here what `st replay` needs; `make clean` removes it.
FOLDER = ROOT / ".cache" / "contract"
STUB_KEY = "the-key-of-the-stub"
# Requests for each operation, and sequences of operations. On top of them come the several thousand requests that
# Schemathesis derives from the contract one by one; all of it against the stub takes two to three minutes.
MAX_EXAMPLES = 100
MAX_SEQUENCES = 1_000
# In a file, because every process on the machine can read an argument; Schemathesis puts in the variable itself.
SETTINGS = f"""hooks = {str(Path(__file__).with_name("hooks.py"))!r}

[auth.openapi.ApiKey]
bearer = "${{MISTRAL_API_KEY}}"

[generation]
max-examples = {MAX_EXAMPLES}

[phases.stateful.generation]
max-examples = {MAX_SEQUENCES}

# The contract says itself what leads where.
[phases.stateful.inference]
algorithms = []

# A request may fit the contract, and not the conversation: 400 for the result of a call that nobody made.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "400", "401", "403", "404", "409", "429", "5xx"]

# Their bodies name an agent, or an entry, which need not be there although the path is.
[[operations]]
include-operation-id = ["agents_complete", "conversations_restart"]
checks.ensure_resource_availability.enabled = false
"""


def one_key_alone(request: RecordedRequest) -> Reply | None:
    """Refuse every key but one, as a service does; the stub by itself takes any."""
    if request.headers.get("authorization") == f"Bearer {STUB_KEY}":
        return None
    return json_reply({"detail": "Unauthorized"}, 401)


def command(base_url: str, seed: int | None = None) -> list[str]:
    """Return the command that checks the service at an address; it is to be started in `FOLDER`."""
    schemathesis = str(Path(sys.executable).with_name("schemathesis"))
    arguments = ["run", str(ROOT / "openapi.yaml"), "--url", base_url, "--mode", "all"]
    arguments += ["--continue-on-failure", "--generation-database", "none"]
    return [schemathesis, *arguments, *([] if seed is None else ["--seed", str(seed)])]


def check(run: list[str], key: str) -> int:
    """Run a command of `command` with a key; return its status: 0, or 1 if anything did not hold."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "schemathesis.toml").write_text(SETTINGS, encoding="utf-8")
    return subprocess.run(run, cwd=FOLDER, env={**os.environ, "MISTRAL_API_KEY": key}, check=False).returncode


def main() -> int:
    """Check a service, by default the stub."""
    parser = argparse.ArgumentParser(prog="make contract", description="Hold a service against openapi.yaml.")
    parser.add_argument(
        "--base-url", help="address of the service, whose key is in MISTRAL_API_KEY (default: the stub)"
    )
    parser.add_argument("--confirm", metavar="HOST", help="the host of the service once more: agents there are deleted")
    parser.add_argument("--seed", type=int, help="repeat the run that printed this seed")
    arguments = parser.parse_args()
    if arguments.base_url is None:
        with StubServer(respond=one_key_alone) as stub:
            return check(command(stub.url, arguments.seed), STUB_KEY)
    host = urlsplit(arguments.base_url).hostname
    if arguments.confirm != host:
        parser.error(
            f"this creates, changes and deletes agents and conversations at {host}; confirm it with CONFIRM={host}"
        )
    key = os.environ.get("MISTRAL_API_KEY")
    if not key:
        parser.error("MISTRAL_API_KEY is not set: it has to hold a key that the service takes")
    return check(command(arguments.base_url.rstrip("/").removesuffix("/v1"), arguments.seed), key)


if __name__ == "__main__":
    sys.exit(main())
