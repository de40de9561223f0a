"""What tests write: scripts, and short functions that make answers and faults."""
