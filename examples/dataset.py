"""Ask an agent about every item of a dataset, in several processes or on many machines, with Dask.

It reads the key from MISTRAL_API_KEY and the agent's identifier from MISTRAL_AGENT_ID. To try it without a key, run
`python -m mistral_agents.testing`, set MISTRAL_SERVER_URL to the address that it prints, and the other two to any text.
It needs dask and distributed. Set MISTRAL_API_KEY on the machines of the workers, too, because the key is not pickled.

    python examples/dataset.py prompts.txt > answers.jsonl

The work is done by processes on this machine, or by the cluster whose scheduler DASK_SCHEDULER_ADDRESS names.
"""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import dask.bag
from distributed import Client

from mistral_agents import Mistral, text_of
from mistral_agents.errors import MistralError
from mistral_agents.models import ChatCompletionResponse, UserMessage

# Each partition opens a connection: with fewer prompts per partition, there would be more connections to open.
# If a worker is lost, its partitions are sent again: with more prompts per partition, more would be sent again.
_PARTITION_PROMPTS = 25


def ask_all(prompts: Iterable[str], client: Mistral, agent_id: str) -> list[ChatCompletionResponse | MistralError]:
    """Return the answer to each prompt of a partition, or the error if there is none."""
    with client:  # a copy, because the client was pickled on the way here; only this partition uses its connections
        return [ask(prompt, client, agent_id) for prompt in prompts]


def ask(prompt: str, client: Mistral, agent_id: str) -> ChatCompletionResponse | MistralError:
    """Return the answer, or the error, so that one failed prompt does not end the others."""
    try:
        return client.agents.complete(agent_id=agent_id, messages=[UserMessage(content=prompt)])
    except MistralError as error:
        return error


def row(prompt: str, answer: ChatCompletionResponse | MistralError) -> dict[str, str]:
    """Return the line of the output for an answer."""
    if isinstance(answer, MistralError):
        return {"prompt": prompt, "error": str(answer)}
    return {"prompt": prompt, "answer": "".join(text_of(choice.message) for choice in answer.choices)}


def main() -> None:
    """Print a line of JSON for each prompt of a file, in order, and the number of tokens of all answers."""
    prompts = [line for line in Path(sys.argv[1]).read_text(encoding="utf-8").split("\n") if line.strip()]
    client = Mistral()
    # Several threads per process, because they mostly wait. No dashboard, because it would need another port.
    with Client(n_workers=2, threads_per_worker=8, dashboard_address=None):  # type: ignore[no-untyped-call]  # Dask has no types
        dataset = dask.bag.from_sequence(prompts, partition_size=_PARTITION_PROMPTS)  # type: ignore[no-untyped-call]  # Dask has no types
        answers = dataset.map_partitions(ask_all, client, os.environ["MISTRAL_AGENT_ID"]).compute()
    for prompt, answer in zip(prompts, answers, strict=True):
        print(json.dumps(row(prompt, answer)))
    usages = [answer.usage for answer in answers if isinstance(answer, ChatCompletionResponse)]
    print(sum(usage.total_tokens or 0 for usage in usages if usage), "tokens", file=sys.stderr)


if __name__ == "__main__":
    main()
