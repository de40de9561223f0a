"""The summary's former place, for `make generate`."""

from .contract.summary import summarize

__all__ = ["summarize"]
