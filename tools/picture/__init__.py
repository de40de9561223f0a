"""Draws the rooms of the overlay and the imports between them for docs/architecture.md, from the code itself."""
