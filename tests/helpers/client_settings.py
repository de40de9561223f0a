"""Settings of the clients that tests make: the key, the retries, and no certificates."""

import ssl

from mistral_agents import BackoffStrategy, RetryConfig

KEY = "the-secret-key"
ANY_KEY = {"Authorization": "Bearer any"}
"""The header of requests to a stub that are made without a client of ours."""
AT_ONCE = RetryConfig(backoff=BackoffStrategy(initial_interval=0))
"""The default retries, without waits."""
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For connections that encrypt nothing: httpx would otherwise load the system's certificates for each client."""
