"""Draws the rooms of the overlay and of the stub, and the imports between them, for docs/architecture.md."""
