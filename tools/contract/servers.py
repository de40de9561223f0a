"""Compare the servers of two contracts, and the ways to authenticate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .differences import NARROWER, SAME, WIDER
from .keywords import Schema
from .operations import Operation
from .steps import Step

_REFUSED = "callers that use it are refused"
_ERROR = "calls of it fail"


def compare_servers(olds: Sequence[Schema], news: Sequence[Schema]) -> Iterator[Step]:
    """Yield the addresses that were added or removed, and the differences of their variables."""
    before, after = ({str(each.get("url")).rstrip("/") or "/": each for each in side} for side in (olds, news))
    for url in before:
        if url not in after:
            yield Step("removed", url, NARROWER, reason=_ERROR, rule="server")
    for url, new in after.items():
        if url in before:
            yield from _variables(before[url].get("variables", {}), new.get("variables", {}))
        else:
            yield Step("added", url, WIDER, rule="server")


def _variables(olds: Schema, news: Schema) -> Iterator[Step]:
    for name in [*dict.fromkeys([*olds, *news])]:
        old, new = olds.get(name, {}), news.get(name, {})
        before, after = (each.get("enum") for each in (old, new))
        if before is None and after is not None:
            yield Step("changed", f"{name} must be one of {', '.join(after)}", NARROWER, rule="server-variable")
        elif before is not None and after is None:
            yield Step("changed", f"{name} may be anything", WIDER, rule="server-variable")
        elif before is not None and after is not None:
            for value in [value for value in before if value not in after]:
                yield Step("removed", f"{name} {value}", NARROWER, reason=_ERROR, rule="server-variable")
            for value in [value for value in after if value not in before]:
                yield Step("added", f"{name} {value}", WIDER, rule="server-variable")
        if old.get("default") != new.get("default"):
            what = f"default of {name} {new.get('default')} instead of {old.get('default')}"
            reason = "callers that leave it out call another address"
            yield Step("changed", what, NARROWER, reason=reason, rule="server-variable-default")


def compare_security(old: Operation, new: Operation) -> Iterator[Step]:
    """Yield the ways to authenticate that were added or removed, and the differences in how tokens are issued."""
    before, after = ({way.name: way for way in each.ways()} for each in (old, new))
    for name in sorted(before.keys() - after.keys()):
        if not any(before[name].is_enough_for(way) for way in after.values()):
            yield Step("removed", f"security {name}", NARROWER, reason=_REFUSED, rule="security")
    for name in sorted(after.keys() - before.keys()):
        yield Step("added", f"security {name}", WIDER, rule="security")
    flows, now = old.flows(), new.flows()
    shared = {sent for sent, _ in flows} & {sent for sent, _ in now}  # the loops above report the other schemes
    for sent, name in [each for each in flows if each[0] in shared]:
        if (sent, name) in now:
            yield from _addresses(name, flows[sent, name], now[sent, name])
        else:
            yield Step("removed", f"{sent} flow {name}", NARROWER, reason=_REFUSED, rule="security-flow")
    for sent, name in now:
        if sent in shared and (sent, name) not in flows:
            yield Step("added", f"{sent} flow {name}", WIDER, rule="security-flow")


def _addresses(name: str, old: Schema, new: Schema) -> Iterator[Step]:
    for key in ("authorizationUrl", "tokenUrl", "refreshUrl"):
        before, after = old.get(key), new.get(key)
        if before != after:
            what = f"{key} {after} instead of {before} ({name})"
            effect = NARROWER if before is not None else SAME
            yield Step("changed", what, effect, reason="callers get their tokens there", rule="security-url")
