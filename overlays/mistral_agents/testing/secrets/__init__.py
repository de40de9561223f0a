"""Finds and masks secrets, such as keys, in what the stub notes and records."""
