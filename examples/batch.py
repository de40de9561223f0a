"""Answer a file of prompts, one per line, several at a time. If the program is killed, the next run continues.

It reads the key from MISTRAL_API_KEY and the agent's identifier from MISTRAL_AGENT_ID. To try it without a key, run
`python -m mistral_agents.testing`, set MISTRAL_SERVER_URL to the address that it prints, and the other two to any text.

    python examples/batch.py prompts.txt answers.jsonl --concurrency 20

The program writes each answer as a line of JSON as soon as it arrives, so answers are not in the order of the prompts.
If you run it again with the same files, it removes a half-written last line, skips the prompts that have an answer, and
sends the others. Each prompt gets one line, or two if it is in the file twice. If the program was killed when it
had sent a prompt and not yet written the answer, that prompt is sent, and paid for, again. Prompts that failed are in
answers.failed.jsonl with the reason, and the next run tries them again. Do not let two runs write to the same file.
"""

import argparse
import asyncio
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TextIO

from mistral_agents import Mistral, RetryConfig, text_of
from mistral_agents.errors import (
    AuthenticationError,
    InvalidArgumentError,
    MistralError,
    NotFoundError,
    PermissionDeniedError,
)

# A wrong key or a wrong agent: every prompt would fail in the same way.
_HOPELESS = (AuthenticationError, InvalidArgumentError, NotFoundError, PermissionDeniedError)
# A batch can wait, and most of its failures are rate limits, which are temporary.
_PATIENT = RetryConfig(max_attempts=6)
_BAR_CHARACTERS = 40


def read_prompts(path: Path) -> list[str]:
    """Return the lines of a file that are not empty."""
    with path.open(encoding="utf-8-sig") as file:  # skips the byte order mark that some editors write
        return [line.strip() for line in file if line.strip()]


def read_answered(path: Path) -> Counter[str]:
    """Count the answers that a file has for each prompt; remove a last line that was half written."""
    if not path.exists():
        return Counter()
    with path.open("rb+") as file:
        *lines, half_line = file.read().split(b"\n")
        try:
            answered = Counter(str(json.loads(line)["prompt"]) for line in lines)
        except (KeyError, TypeError, ValueError):
            sys.exit(f"{path} has lines that are not answers; nothing was changed.")
        file.seek(-len(half_line), os.SEEK_END)
        file.truncate()
    return answered


def write_line(file: TextIO, **fields: str) -> None:
    """Write a line of JSON, and flush it, so that nothing is lost if the program is killed."""
    file.write(json.dumps(fields) + "\n")
    file.flush()


class Progress:
    """A progress bar on stderr, which is drawn again at each percent."""

    def __init__(self, total: int, done: int) -> None:
        self._total, self._done, self._shown = total, done, -1

    def step(self, count: int = 1) -> None:
        """Count prompts that are done."""
        self._done += count
        percent = 100 * self._done // max(self._total, 1)
        if percent > self._shown:
            self._shown = percent
            bar = "#" * (percent * _BAR_CHARACTERS // 100)
            print(f"\r[{bar:<{_BAR_CHARACTERS}}] {percent:3} %", end="", file=sys.stderr, flush=True)


async def ask(client: Mistral, agent_id: str, prompt: str) -> str:
    """Return the text of the agent's answer."""
    answer = await client.agents.complete_async(agent_id=agent_id, messages=[{"role": "user", "content": prompt}])
    return "".join(text_of(choice.message) for choice in answer.choices)


async def run(prompts: list[str], answers: TextIO, failed: TextIO, concurrency: int, progress: Progress) -> int:
    """Ask all prompts, `concurrency` of them at a time; return how many failed."""
    waiting = iter(prompts)  # each worker takes its next prompt from it
    failures = 0

    async def work(client: Mistral, agent_id: str) -> None:
        nonlocal failures
        for prompt in waiting:
            try:
                write_line(answers, prompt=prompt, answer=await ask(client, agent_id, prompt))
            except _HOPELESS:
                raise
            except MistralError as error:
                failures += 1
                write_line(failed, prompt=prompt, error=str(error))
            progress.step()

    async with Mistral(retry_config=_PATIENT) as client, asyncio.TaskGroup() as workers:
        for _ in range(concurrency):
            workers.create_task(work(client, os.environ["MISTRAL_AGENT_ID"]))
    return failures


def main() -> int:
    """Answer the prompts that have no answer yet; return 1 if some of them failed."""
    parser = argparse.ArgumentParser(description="Answer a file of prompts, one per line.")
    parser.add_argument("prompts", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--concurrency", type=int, default=20, help="how many prompts to send at a time (default: 20)")
    arguments = parser.parse_args()
    if arguments.concurrency < 1:
        parser.error("--concurrency must be 1 or more")
    answers_path: Path = arguments.answers
    failed_path = answers_path.with_suffix(".failed.jsonl")

    wanted = Counter(read_prompts(arguments.prompts))
    remaining = list((wanted - read_answered(answers_path)).elements())
    progress = Progress(wanted.total(), wanted.total() - len(remaining))
    progress.step(0)
    with (
        answers_path.open("a", encoding="utf-8", newline="\n") as answers,
        failed_path.open("w", encoding="utf-8", newline="\n") as failed,
    ):
        try:
            failures = asyncio.run(run(remaining, answers, failed, arguments.concurrency, progress))
        except KeyboardInterrupt:
            sys.exit("\nStopped. Run it again to continue.")
        except ExceptionGroup as group:
            hopeless, others = group.split(_HOPELESS)
            if hopeless is None or others is not None:
                raise
            sys.exit(f"\n{hopeless.exceptions[0]}")
    print(f"\n{wanted.total()} prompts, {failures} without an answer", file=sys.stderr)
    if failures:
        print(f"{failed_path} has the reasons. Run the program again to retry these prompts.", file=sys.stderr)
    else:
        failed_path.unlink()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
