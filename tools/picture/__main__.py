"""Write the pictures and tables of the rooms in docs/architecture.md again, from the code's imports."""

from .page import write

write()
print("Wrote docs/images/architecture.svg, docs/images/stub.svg and the tables of docs/architecture.md.")
