"""Ask an agent about every item of a dataset, on all cores of a machine or on many machines, with Dask.

MISTRAL_API_KEY and MISTRAL_AGENT_ID say whose agent it is. To try it without a key, run
`python -m mistral_agents.testing`, give the address it prints in MISTRAL_SERVER_URL, and anything in the other two.
It needs dask and distributed. MISTRAL_API_KEY has to be set where the workers run, too: the key does not travel.

    python examples/dataset.py prompts.txt > answers.jsonl

Processes of this machine do the work, or those of the cluster whose scheduler DASK_SCHEDULER_ADDRESS names.
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

# Enough to pay for the connection that each partition opens, few enough that what is lost with a worker is little.
_PARTITION_PROMPTS = 25


def ask_all(prompts: Iterable[str], client: Mistral, agent_id: str) -> list[ChatCompletionResponse | MistralError]:
    """Return the answer to each prompt of a partition, or why there is none."""
    with client:  # it was pickled on its way here, so its connections are this partition's own
        return [ask(prompt, client, agent_id) for prompt in prompts]


def ask(prompt: str, client: Mistral, agent_id: str) -> ChatCompletionResponse | MistralError:
    """Return the answer, or the error: one prompt that fails is no reason to lose the others."""
    try:
        return client.agents.complete(agent_id=agent_id, messages=[UserMessage(content=prompt)])
    except MistralError as error:
        return error


def row(prompt: str, answer: ChatCompletionResponse | MistralError) -> dict[str, str]:
    """Return what is written of an answer."""
    if isinstance(answer, MistralError):
        return {"prompt": prompt, "error": str(answer)}
    return {"prompt": prompt, "answer": "".join(text_of(choice.message) for choice in answer.choices)}


def main() -> None:
    """Print a line of JSON for each prompt of a file, in order, and the tokens that all of them took."""
    prompts = [line for line in Path(sys.argv[1]).read_text(encoding="utf-8").split("\n") if line.strip()]
    client = Mistral()
    # Several threads for each process, since all they do is wait. A dashboard would take a port of its own.
    with Client(n_workers=2, threads_per_worker=8, dashboard_address=None):  # type: ignore[no-untyped-call]  # Dask's
        dataset = dask.bag.from_sequence(prompts, partition_size=_PARTITION_PROMPTS)  # type: ignore[no-untyped-call]  # the same
        answers = dataset.map_partitions(ask_all, client, os.environ["MISTRAL_AGENT_ID"]).compute()
    for prompt, answer in zip(prompts, answers, strict=True):
        print(json.dumps(row(prompt, answer)))
    usages = [answer.usage for answer in answers if isinstance(answer, ChatCompletionResponse)]
    print(sum(usage.total_tokens or 0 for usage in usages if usage), "tokens", file=sys.stderr)


if __name__ == "__main__":
    main()
