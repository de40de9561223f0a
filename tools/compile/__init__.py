"""Compile the contract into a Python package: `python -m tools.compile`, or `make generate`.

    document → (openapi-python-client) → shapes → plans → templates → package

`document` prepares what the generator reads, `shapes` says what a value is in Python, `models` and `operations` turn the
generator's parse into the frozen objects of `plans`, and `package` prints them with overlays/templates.
"""
