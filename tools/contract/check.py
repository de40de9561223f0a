"""Test a service against openapi.yaml with Schemathesis: with valid and invalid requests, including streams.

`make contract` runs it, in an environment of its own. Without `--base-url` the service is the stub, which then accepts
only one key: Schemathesis also checks that a wrong key is refused.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from tools.checkout import ROOT

from mistral_agents.testing import RecordedRequest, Reply, StubServer, json_reply

# Schemathesis writes the files for `st replay` to this folder; `make clean` removes it.
FOLDER = ROOT / ".cache" / "contract"
STUB_KEY = "the-key-of-the-stub"
# Requests for each operation, and sequences of operations. Schemathesis adds several thousand requests, each derived
# from one rule of the contract. All of them take two to three minutes with the stub.
MAX_EXAMPLES = 100
MAX_SEQUENCES = 1_000
# The settings are in a file, because every process on the machine can read the arguments of a command. Schemathesis
# replaces the variable by the key.
SETTINGS = f"""hooks = {str(Path(__file__).with_name("hooks.py"))!r}

[auth.openapi.ApiKey]
bearer = "${{MISTRAL_API_KEY}}"

[generation]
max-examples = {MAX_EXAMPLES}

[phases.stateful.generation]
max-examples = {MAX_SEQUENCES}

# Do not guess links between operations: the contract declares them.
[phases.stateful.inference]
algorithms = []

# A request may be valid by the contract, but not in its conversation: the result of a function that was never called
# gets status 400.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "400", "401", "403", "404", "409", "429", "5xx"]

# The bodies of these operations name an agent or an entry. If that does not exist, the service answers 404, although
# the path exists.
[[operations]]
include-operation-id = ["agents_complete", "conversations_restart"]
checks.ensure_resource_availability.enabled = false
"""


def one_key_alone(request: RecordedRequest) -> Reply | None:
    """Refuse every key but one, as a service does; without this function, the stub accepts any key."""
    if request.headers.get("authorization") == f"Bearer {STUB_KEY}":
        return None
    return json_reply({"detail": "Unauthorized"}, 401)


def command(base_url: str, seed: int | None = None) -> list[str]:
    """Return the command that checks the service at an address; start it in `FOLDER`."""
    schemathesis = str(Path(sys.executable).with_name("schemathesis"))
    arguments = ["run", str(ROOT / "openapi.yaml"), "--url", base_url, "--mode", "all"]
    arguments += ["--continue-on-failure", "--generation-database", "none"]
    return [schemathesis, *arguments, *([] if seed is None else ["--seed", str(seed)])]


def check(run: list[str], key: str) -> int:
    """Run what `command` returned, with a key; return its exit status: 0, or 1 if a check failed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "schemathesis.toml").write_text(SETTINGS, encoding="utf-8")
    return subprocess.run(run, cwd=FOLDER, env={**os.environ, "MISTRAL_API_KEY": key}, check=False).returncode


def main() -> int:
    """Check a service, by default the stub."""
    parser = argparse.ArgumentParser(prog="make contract", description="Test a service against openapi.yaml.")
    parser.add_argument(
        "--base-url", help="address of the service; its key is read from MISTRAL_API_KEY (default: the stub)"
    )
    parser.add_argument(
        "--confirm", metavar="HOST", help="the host of the service, again, because the test deletes agents there"
    )
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
        parser.error("MISTRAL_API_KEY is not set: it must contain a key that the service accepts")
    return check(command(arguments.base_url.rstrip("/").removesuffix("/v1"), arguments.seed), key)


if __name__ == "__main__":
    sys.exit(main())
