"""Compare our contract with what others publish (`upstream`), and with what is seen on the wire (`wire`).

`additions` says what to add to openapi.yaml for what ours lacks; `known` reads the differences that were looked at.
"""
