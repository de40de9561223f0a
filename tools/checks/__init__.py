"""Checks of the contract that `make check` runs: its form, its extensions, and how tools of other people read it."""
