"""A request as the stub received it, the reply to it, and notes about both."""
