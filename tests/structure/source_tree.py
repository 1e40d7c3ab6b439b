"""The files of a checkout, without what was built, fetched or left by a run."""

import os
import pathlib
from typing import Iterator

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
NOT_OURS = {".git", "build", "var", "node_modules", "__pycache__", ".env"}
CPP = {".cpp", ".hpp"}


def files_of(root: pathlib.Path) -> Iterator[pathlib.Path]:
    """Every file of ours below root, as a path relative to it."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(set(folders) - NOT_OURS)
        for name in sorted(set(names) - NOT_OURS):
            yield (pathlib.Path(folder) / name).relative_to(root)


def cpp_files_of(root: pathlib.Path) -> Iterator[pathlib.Path]:
    return (file for file in files_of(root) if file.suffix in CPP)
