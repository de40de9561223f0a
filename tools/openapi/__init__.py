"""Read an OpenAPI document that is plain data: follow its references, and list its operations and their parameters.

This is the lowest room of `tools/`. All others that read a contract import it, so that they see the same operations.
"""
