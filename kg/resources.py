"""Where the shipped data lie, and what the package is made of."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource_dir(name: str) -> Path:
    """Give the folder of shipped data `name` (`ontology` or `queries`).

    In a wheel it lies inside the package, in a checkout beside it.
    """
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def source_hash(*parts: str) -> str:
    """Give a hash of the source of parts of this package, such as `text` and `pipeline.py`, with the data in them.

    It tells whether something was made by what is installed now.
    """
    import hashlib

    digest = hashlib.sha256()
    for part in parts:
        path = _PACKAGE / part
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.relative_to(_PACKAGE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
