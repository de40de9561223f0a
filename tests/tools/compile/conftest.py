"""A fixture for the tests of the compile step."""

from __future__ import annotations

from pathlib import Path

import pytest

from compile.kinds import KINDS
from compiling import compile_document


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile the small documents, each into its own package; return the folder of the packages."""
    folder = tmp_path_factory.mktemp("kinds")
    for name, document in KINDS.items():
        compile_document(document, folder, f"kind_{name}")
    return folder
