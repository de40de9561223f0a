"""A first program of a user who has installed the wheel; `check` runs it and checks its types in a new environment.

The arguments are the expected version, and `--stub` if the extra `testing` is installed.
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import os
import pickle
import pkgutil
import subprocess
import sys
import sysconfig
from importlib import metadata, resources
from pathlib import Path

import mistral_agents
import mistral_agents_api
from mistral_agents import Mistral, text_of
from mistral_agents.errors import RateLimitError
from mistral_agents.models import ChatCompletionResponse, UserMessage, UserMessageDict

PACKAGES = (mistral_agents, mistral_agents_api)
# Modules that need more than a user may have: the extra `testing`, pytest, a command line.
NOT_ALONE = ("mistral_agents.testing", "mistral_agents.__main__")
QUESTION = "What is the capital of France?"


def main() -> None:
    look_around(sys.argv[1])
    if "--stub" in sys.argv:
        call_the_stub()


def look_around(version: str) -> None:
    """Check the version, the typing marker and the contract, and import every module, all from the wheel."""
    expect("version", mistral_agents.__version__, version)
    expect("version of the distribution", metadata.version("mistral-agents"), version)
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(NOT_ALONE):
                importlib.import_module(module.name)
        expect(f"py.typed of {package.__name__}", (resources.files(package) / "py.typed").is_file(), expected=True)
    expect("contract", (resources.files(mistral_agents_api) / "openapi.yaml").is_file(), expected=True)
    installed = Path(sysconfig.get_path("purelib")).resolve()
    ours = [module for name, module in sys.modules.items() if name.startswith("mistral_agents")]
    elsewhere = [each.__file__ for each in ours if installed not in Path(each.__file__ or "").resolve().parents]
    expect("modules from elsewhere", elsewhere[:1], [])
    commands = ["mistral_agents.testing"] if "--stub" in sys.argv else []
    commands += ["mistral_agents"] if importlib.util.find_spec("mistral_agents.__main__") else []
    for command in commands:
        done = subprocess.run([sys.executable, "-I", "-m", command, "--help"], capture_output=True, check=False)
        expect(f"python -m {command} --help", (done.returncode, done.stderr), (0, b""))


def call_the_stub() -> None:
    """Get an answer and a stream, blocking and async, with models and with dicts; catch an error; pickle objects."""
    from mistral_agents.testing import StubServer, completion, in_turn, json_reply  # noqa: PLC0415  # an extra

    os.environ["MISTRAL_API_KEY"] = "any"
    said: UserMessageDict = {"role": "user", "content": QUESTION}
    with StubServer(respond=in_turn(completion("Paris."))) as stub, Mistral(server_url=stub.url) as client:
        answer: ChatCompletionResponse = client.agents.complete(messages=[said], agent_id="any", max_tokens=16)
        expect("answer", text_of(answer.choices[0].message), "Paris.")
        expect("pickled answer", pickle.loads(pickle.dumps(answer)), answer)  # noqa: S301  # made on this line
        messages: list[UserMessage | UserMessageDict] = [UserMessage(content=QUESTION), said]
        with client.agents.stream(messages=messages, agent_id="any") as stream:
            expect("stream", "".join(stream.text()), "Paris.")
        with pickle.loads(pickle.dumps(client)) as copy:  # noqa: S301  # made on this line
            again: ChatCompletionResponse = copy.agents.complete(messages=[said], agent_id="any")
            expect("answer to a copy of the client", text_of(again.choices[0].message), "Paris.")
        expect("asynchronous stream", asyncio.run(stream_async(stub.url)), "Paris.")
        stub.respond = in_turn(json_reply({"detail": "Slow down."}, 429))
        try:
            client.agents.complete(messages=[said], agent_id="any", retries=None)
        except RateLimitError as error:
            expect("status of an error", pickle.loads(pickle.dumps(error)).status_code, 429)  # noqa: S301  # made on this line
        else:
            expect("error", None, RateLimitError)


async def stream_async(url: str) -> str:
    async with Mistral(server_url=url) as client:
        stream = await client.agents.stream_async(messages=[UserMessage(content=QUESTION)], agent_id="any")
        return "".join([text async for text in stream.text()])


def expect(what: str, found: object, expected: object) -> None:
    if found != expected:
        sys.exit(f"{what}: {found!r}, but {expected!r} was expected")


if __name__ == "__main__":
    main()
