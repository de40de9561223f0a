"""Compare our contract with a document of others (`upstream`), or with recorded requests and answers (`wire`).

`additions` writes the parts that openapi.yaml lacks. `known` reads the list of differences that are already explained.
"""
