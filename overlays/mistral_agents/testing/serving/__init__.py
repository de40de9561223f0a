"""Answers that the stub makes itself: from its state, from scripts, and from the contract."""
