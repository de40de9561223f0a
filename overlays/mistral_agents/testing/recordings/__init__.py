"""Records what a real service answers, and replays it."""
