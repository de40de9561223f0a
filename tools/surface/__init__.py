"""Compare what Python packages offer to those who import them; the code is read, never run."""
