"""The file that a recorder writes. At any time, all exchanges in it are complete."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["RecordingFile"]


class RecordingFile:
    """A file that is created when the first exchange is added.

    Raises:
        FileExistsError: it exists.
        FileNotFoundError: its folder does not exist.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        if os.path.lexists(self._path):  # also a link that leads nowhere
            raise FileExistsError(f"{path} exists; a recording goes into a new file. Delete it, or choose another name")
        if not self._path.parent.is_dir():
            raise FileNotFoundError(f"{self._path.parent} is not a folder")
        self.count = 0
        """The number of exchanges in the file."""

    def add(self, head: bytes, exchange: bytes) -> None:
        """Add a whole exchange, or nothing of it. `head` is written before the first exchange.

        Raises:
            OSError: it cannot be written, or somebody else has created or removed the file.
        """
        with self._path.open("r+b" if self.count else "xb", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            left = memoryview(exchange if self.count else head + exchange)
            try:
                while left:
                    left = left[file.write(left) :]
            except OSError:
                file.truncate(end)
                if not self.count:
                    self._path.unlink()
                raise
        self.count += 1
