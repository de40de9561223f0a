"""Compare this client with Mistral's own SDK: `python -m tools.parity`, or `make parity`.

Both clients get the same arguments and the same answers. The comparison covers what they send and what a caller reads.

    methods → cases (completions, agents, conversations) → run → report
    contract, samples → answers → service ↗

`methods` has facts about the SDK. `service` gives the answers and keeps the requests; `clients` calls both clients.
`reading` turns answers into plain values, `compare` finds differences, and `known` lists the expected ones.
"""
