"""Opens connections of blocking calls within their time limit, which includes the name lookup and all addresses.

httpcore connects with `socket.create_connection`. That waits for the system's resolver without a limit, and allows the
whole limit again for each address. Here a thread looks up the name, so that the caller can stop waiting for it, and the
addresses share the time. Async calls do not need this: their event loop can abandon a lookup.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

import httpcore

from ._clock import LATE

_Stream = httpcore.NetworkStream
# If the resolver is stuck, each look-up keeps its thread. Further threads would only be stuck as well.
_MAX_LOOKUPS = 16


class _Lookups:
    """The threads of this process that look up names."""

    def __init__(self) -> None:
        self._places = threading.Semaphore(_MAX_LOOKUPS)

    def addresses(self, host: str, port: int, seconds: float | None) -> list[str]:
        """Return the addresses of a host, or raise httpcore's error."""
        found: SimpleQueue[list[str] | OSError | UnicodeError] = SimpleQueue()
        places, began = self._places, time.monotonic()

        def look_up() -> None:
            try:
                infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                found.put(list(dict.fromkeys(str(info[4][0]) for info in infos)))
            except (OSError, UnicodeError) as error:
                found.put(error)
            finally:
                places.release()

        if not places.acquire(timeout=seconds):
            raise httpcore.ConnectTimeout(f"{_MAX_LOOKUPS} names are being looked up already")
        try:
            threading.Thread(target=look_up, name="mistral_agents: look up", daemon=True).start()
        except RuntimeError:  # the interpreter ends, and Python 3.12 starts no more threads
            look_up()
        try:
            left = None if seconds is None else max(began + seconds - time.monotonic(), 0)
            addresses = found.get(timeout=left)
        except Empty:
            raise httpcore.ConnectTimeout(f"the name {host!r} was not found in time") from None
        if not isinstance(addresses, list):
            raise httpcore.ConnectError(str(addresses)) from addresses
        return addresses


_lookups = _Lookups()


def _forget_lookups() -> None:
    global _lookups  # noqa: PLW0603  # the threads are the parent's
    _lookups = _Lookups()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_lookups)


class Dialing(httpcore.NetworkBackend):
    """Opens connections within one limit for the lookup and all addresses."""

    def __init__(self, inner: Any, now: Callable[[], float] = time.monotonic) -> None:
        self._inner, self._now = inner, now

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *rest: Any, **options: Any) -> _Stream:
        """Try the addresses of a host one after another. Each gets an equal share of the time that is left."""
        ends = None if timeout is None else self._now() + timeout
        addresses = [host] if _is_address(host) else _lookups.addresses(host, port, timeout)
        failure: Exception = httpcore.ConnectError(f"{host!r} has no address")
        for number, address in enumerate(addresses):
            share = None if ends is None else (ends - self._now()) / (len(addresses) - number)
            if share is not None and share <= 0:
                raise httpcore.ConnectTimeout(LATE) from failure
            try:
                stream: _Stream = self._inner.connect_tcp(address, port, share, *rest, **options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return stream
        raise failure

    def connect_unix_socket(self, *arguments: Any, **options: Any) -> _Stream:
        stream: _Stream = self._inner.connect_unix_socket(*arguments, **options)
        return stream

    def sleep(self, seconds: float) -> None:
        """Wait. httpcore does this only between several attempts to connect, and our clients make one."""
        self._inner.sleep(seconds)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
