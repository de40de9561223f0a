"""Writes the picture and the table of docs/architecture.md anew, from the imports of the code."""

from .page import write

write()
print("Wrote docs/images/architecture.svg and the table of docs/architecture.md.")
