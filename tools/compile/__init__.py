"""Compile the contract into a Python package: `python -m tools.compile`, or `make generate`.

    document → (openapi-python-client) → schemas → shapes → plans → templates → package

`document` prepares what the generator reads, `schemas` answers questions about its parse, and `shapes` says what a
value is in Python. `models`, `operations` and `resources` make the frozen objects of `plans` from them, and `package`
prints these with overlays/templates.
"""
