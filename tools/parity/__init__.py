"""Compare this client with Mistral's own SDK: `python -m tools.parity`, or `make parity`.

Both clients get the same arguments and the same answers. What they send is compared, and what a caller reads.

    methods → cases (completions, agents, conversations) → run → report
    contract, samples → answers → service ↗

`methods` has the facts about the SDK. `service` gives the answers and keeps the requests; `clients` asks by either
client. `reading` turns what came back into plain values, `compare` finds what differs, and `known` lists what may.
"""
