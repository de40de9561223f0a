"""Compile the contract into a Python package: `python -m tools.compile`, or `make generate`.

    document → (openapi-python-client) → schemas → shapes → plans → templates → package

`document` prepares the contract for the generator, `schemas` answers questions about the generator's parse, and
`shapes` decides how a value looks in Python. From these, `models`, `operations` and `resources` make the frozen
objects of `plans`, and `package` prints them with overlays/templates.
"""
