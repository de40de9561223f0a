"""Compare contracts, of any OpenAPI document, and hold a service against ours.

`model` reads a document, `alternatives` what its schemas allow, `compare` says what differs between two of them.
`breaking` and `changelog` do that for two versions of this project, the Python packages included.
"""
