"""The contract as the stub reads it: operations, checks of values, and values made from schemas."""
