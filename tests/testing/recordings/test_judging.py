"""The events of a recorded stream, as the recorder checks them."""

import pytest

from mistral_agents.testing.recordings.judging import read_events

EVENTS = [{"data": "{}", "event": "note.changed", "id": "7"}, {"data": "two\nlines"}]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(end: str) -> None:
    """A stream has the same events, whichever line ends it has; what has no data, or is cut off, is skipped."""
    lines = ["event: note.changed", "id: 7", "data: {}", "", ": ping", "", "data: two", "data:lines", "", "data: cut"]
    assert list(read_events(end.join(lines).encode())) == EVENTS
