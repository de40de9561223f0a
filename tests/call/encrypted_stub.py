"""A stub that speaks TLS, and an authority that issues its certificate."""

from __future__ import annotations

import socket
import ssl
import threading
from pathlib import Path
from typing import Any, Self

import trustme
from attrs import frozen

from mistral_agents.testing import StubServer
from proxy import HOST


class EncryptedStub(StubServer):
    """A stub that speaks TLS, and counts the handshakes that clients begin."""

    def __init__(self, certificate: trustme.LeafCert, **options: Any) -> None:
        super().__init__(**options)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(self._tls)
        self.handshakes = 0

    @property
    def url(self) -> str:
        """The address to give to a client."""
        return super().url.replace("http:", "https:")

    def _serve(self, sock: socket.socket, number: int, stopping: threading.Event) -> None:
        self.handshakes += 1
        # TLS gets a copy of the socket, because the listener shuts the connection down through the original.
        with self._tls.wrap_socket(sock.dup(), server_side=True) as encrypted:
            super()._serve(encrypted, number, stopping)


@frozen
class Authority:
    """A certificate authority that no client trusts by default."""

    file: str
    """The file with its own certificate."""
    certificate: trustme.LeafCert
    """A certificate that it issued, for the services of these tests."""

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make an authority, with its certificate in this folder."""
        made, file = trustme.CA(), str(folder / "authority.pem")
        made.cert_pem.write_to_path(file)
        return cls(file, made.issue_cert(HOST, "127.0.0.1"))
