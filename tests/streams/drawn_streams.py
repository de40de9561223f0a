"""Event streams of random tokens, and random ways to cut a stream."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from hypothesis import strategies as st
from tools.stress.event_streams import TOKENS

random_streams = st.lists(st.sampled_from(TOKENS), max_size=40).map(b"".join)
random_sizes = st.lists(st.integers(0, 12), max_size=60)


def chunked(stream: bytes, sizes: Iterable[int]) -> list[bytes]:
    """Cut a stream into chunks of these sizes; the rest is the last chunk."""
    ends = list(itertools.takewhile(lambda end: end <= len(stream), itertools.accumulate(sizes)))
    return [stream[start:end] for start, end in itertools.pairwise([0, *ends, len(stream)])]
