"""How long a test waits for something that should happen at once; after that it fails."""

PATIENCE_SECONDS = 10
