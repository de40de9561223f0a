"""Write the picture and the table of docs/architecture.md again, from the code's imports."""

from .page import write

write()
print("Wrote docs/images/architecture.svg and the table of docs/architecture.md.")
