"""Checks of the contract that `make check` runs: its form, its extensions, and what tools of others read in it."""
