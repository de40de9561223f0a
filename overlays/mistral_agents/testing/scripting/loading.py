"""Loads scripts from files. A script is Python that defines `respond`; it can be loaded again when the file changes."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import CodeType
from typing import Any

from .script import Respond, in_words

__all__ = ["ScriptError", "load", "script_error", "watch"]

# The time between two checks of a file. A person does not notice this time, and a check costs almost nothing.
_LOOK_SECONDS = 0.2


class ScriptError(Exception):
    """The script does not work; the message says where and why."""


def load(path: str) -> Respond:
    """Run a script, and return its `respond`.

    Raises:
        ScriptError: the script raises an error, or does not define `respond`.
    """
    try:
        respond: Respond | None = _run(path).get("respond")
    except (Exception, SystemExit) as error:
        raise script_error(path, error) from error
    if not callable(respond):
        raise ScriptError(f"{path}: it has to define `respond`: a function of a request, or in_turn(...)")
    return respond


class _Script(SourceFileLoader):
    """Compiles the file each time, because cached bytecode could come from an older version of the file."""

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002  # the signature is importlib's
        return self.source_to_code(self.get_data(self.path), self.path)


def _run(path: str) -> dict[str, Any]:
    """Run a script as a module, so that its tracebacks show their lines and its annotations can be evaluated."""
    name = f"<{path}>"  # no other module has such a name
    spec = spec_from_loader(name, _Script(name, path))
    assert spec is not None  # noqa: S101  # None is possible only for loaders that find packages
    module = sys.modules[name] = module_from_spec(spec)
    _Script(name, path).exec_module(module)
    return vars(module)


def watch(
    path: str, changed: Callable[[Respond], object], failed: Callable[[ScriptError], object]
) -> Callable[[], None]:
    """Load a script again whenever its file changes. Return a function that stops this.

    Args:
        path: the file.
        changed: a function that gets the new script.
        failed: a function that gets the error if the new script does not work; the old one stays in use.
    """
    ended = threading.Event()

    def look() -> None:
        before = _version(path)
        while not ended.wait(_LOOK_SECONDS):
            if (version := _version(path)) == before or version is None:
                continue  # an editor may take a file away for a moment
            before = version
            try:
                changed(load(path))
            except ScriptError as error:
                failed(error)
            except (TypeError, ValueError) as error:  # an operation that the contract has not
                failed(script_error(path, error))

    thread = threading.Thread(target=look, name="stub-watch", daemon=True)
    thread.start()

    def end() -> None:
        ended.set()
        thread.join()

    return end


def script_error(path: str, error: BaseException | None) -> ScriptError:
    """Return a ScriptError that says in which line of the script an error was raised."""
    causes = [each for each in (error, error and error.__cause__) if each is not None]
    frames = [frame for each in causes for frame in traceback.extract_tb(each.__traceback__) if frame.filename == path]
    where = f"{path}, line {frames[-1].lineno}" if frames else path
    return ScriptError(f"{where}: {in_words(error)}")


def _version(path: str) -> tuple[int, int] | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
