"""Small documents, one for each kind of thing that the compile step knows; each becomes a package of its own."""

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
