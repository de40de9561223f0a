"""Compare two OpenAPI documents, and check whether a service follows our contract (`check`).

`model` reads a document, `alternatives` lists what a schema allows, and `compare` finds the differences between two
documents. `breaking` and `changelog` compare two versions of this project; `breaking` includes the Python packages.
"""
