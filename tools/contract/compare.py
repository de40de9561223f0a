"""Compare two contracts: what differs, and whom that breaks.

`python -m tools.contract.compare OLD NEW` takes any two OpenAPI documents, 3.1 or 3.0, and does not compile them. Exits
with 0 if nothing breaks or all breaks are accepted, with 1 if a break is not accepted, and with 2 if the documents
cannot be compared.

We wrote this ourselves, because no package from PyPI or npm does it without a further download. oasdiff and
openapi-changes are Go programs that are downloaded as binaries. openapi-diff reads OpenAPI 3.0 only. api-smart-diff
reads 3.1 and distinguishes requests from answers. But it takes `type: [string, 'null']` for a change of the type, and
reports two harmless changes as breaks: a union that is only written differently, and a new value in an open enum.
breakwatch does not classify changes of schemas, and api-diff-sentinel ignores schemas.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .accepted import read_accepted
from .calls import OperationComparison, compare_service_calls
from .differences import NARROWER, SAME, WIDER, Difference, Direction
from .keywords import NOTES, WORDS, ContractError, as_schema, as_text
from .model import Document, read
from .operations import operations, servers_of, webhooks
from .references import COMPONENTS
from .report import FORMATS, Report, add_options, today
from .schemas import SchemaComparison
from .servers import compare_servers

_IMPORTS = "code that imports the Python model by this name fails"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.contract.compare", description=__doc__)
    parser.add_argument("old", type=Path, metavar="OLD", help="the older document, a file")
    parser.add_argument("new", type=Path, metavar="NEW", help="the newer document, a file")
    add_options(parser)
    options = parser.parse_args(arguments)
    try:
        old, new = (read(path.read_bytes(), str(path)) for path in (options.old, options.new))
        accepted = read_accepted(options.accept, today())
        report = Report(old.name, new.name, {"The contract": compare(old, new)}, accepted)
    except OSError as error:
        print(f"compare: {error.filename} cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    except ContractError as error:
        print(f"compare: {error}", file=sys.stderr)
        return 2
    print(FORMATS[options.format](report))
    return report.status


def compare(old: Document, new: Document) -> list[Difference]:
    """Return the differences in what is sent and in the names of models; differences in descriptions are ignored."""
    schemas = SchemaComparison(old, new)
    for step in compare_servers(servers_of(old), servers_of(new)):
        reason = step.reason
        schemas.findings.add(
            Difference("servers", step.what, step.change, step.effect, Direction.REQUEST, reason, rule=step.rule)
        )
    olds, news = ({each.key: each for each in operations(document)} for document in (old, new))
    for key, operation in olds.items():
        if key in news:
            OperationComparison(operation, news[key], schemas).compare()
        else:
            reason = "calls of it fail"
            schemas.findings.add(Difference(operation.name, "endpoint", "removed", NARROWER, Direction.REQUEST, reason))
    for key, operation in news.items():
        if key not in olds:
            schemas.findings.add(Difference(operation.name, "endpoint", "added", WIDER, Direction.REQUEST))
    compare_service_calls("webhook", webhooks(old), webhooks(new), schemas, added=SAME)
    _compare_models(schemas)
    return sorted(schemas.findings, key=lambda each: (not each.breaking, each.where, each.what))


def _compare_models(schemas: SchemaComparison) -> None:
    """Compare the names of the components that compile to a Python model, whether or not an operation uses them."""
    lost, gained = (
        {name: one.components[name] for name in one.components.keys() - other.components.keys() if _is_model(one, name)}
        for one, other in ((schemas.old, schemas.new), (schemas.new, schemas.old))
    )
    shapes = {_shape(schema): name for name, schema in gained.items()}
    for name, schema in sorted(lost.items()):
        renamed = schemas.renamed.get(name) or shapes.get(_shape(schema))
        what = f"{renamed} instead of {name}" if renamed else "model"
        reason = f"{_IMPORTS}; requests and answers stay the same" if renamed else _IMPORTS
        schemas.findings.add(
            Difference(
                renamed or name,
                what,
                "changed" if renamed else "removed",
                reason=reason,
                python=True,
                rule="model-name" if renamed else "model",
            )
        )
        gained.pop(renamed or "", None)
    for name in sorted(gained):
        schemas.findings.add(Difference(name, "model", "added", SAME, reason="nobody had it"))


def _is_model(document: Document, name: str) -> bool:
    """Tell whether a component compiles to a class or a named enum: whether it is one object, or lists its values."""
    found = document.alternatives({"$ref": f"{COMPONENTS}{name}"}, heirs=False)
    return len(found) == 1 and (found[0].type == "object" or found[0].values is not None)


def _shape(schema: object) -> str:
    """Return a text that is equal for components that differ only in descriptions and notes."""
    return as_text({key: value for key, value in as_schema(schema).items() if key not in WORDS | NOTES})


if __name__ == "__main__":
    sys.exit(main())
