"""A service on loopback that keeps the contract, for demonstrations and for tests of code that calls agents.

It needs the extra `testing`: `pip install "mistral-agents[testing]"`.
"""

from .server import RecordedRequest, StubServer
from .wire import Reply

__all__ = ["RecordedRequest", "Reply", "StubServer"]
