"""Run the clients of other people against the stub."""
