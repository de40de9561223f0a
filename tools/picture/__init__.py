"""Draw the overlay's rooms and the imports between them for docs/architecture.md, from the code itself."""
