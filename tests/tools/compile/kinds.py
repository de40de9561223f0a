"""Small documents that together have every kind of schema and operation that the compile step knows, by their name."""

from __future__ import annotations

from compile.operation_kinds import ANSWERS, PAGES, REQUESTS, STREAMS
from compile.schema_kinds import FORMATS, MAPS, NAMES, RECURSIVE, SCALARS, UNIONS

KINDS = {
    "recursive": RECURSIVE,
    "unions": UNIONS,
    "maps": MAPS,
    "names": NAMES,
    "formats": FORMATS,
    "scalars": SCALARS,
    "answers": ANSWERS,
    "requests": REQUESTS,
    "streams": STREAMS,
    "pages": PAGES,
}
