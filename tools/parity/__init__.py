"""Compares this client with Mistral's own SDK: `python -m tools.parity`, in an environment that has both.

Both clients get the same arguments and the same answers. What they send is compared, and what a caller reads. Modules:
`methods` (the SDK's methods), `case` (what a case is), `completions`, `agents` and `conversations` (the cases), `answers` (what is
answered), `service` (who answers, and records), `clients` (who asks), `reading` (what is read), `compare` and `known` (the differences).
"""
