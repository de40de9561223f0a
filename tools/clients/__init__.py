"""Point clients that are not ours at the stub."""
