"""Where the shipped data lie, and what the package is made of."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # that of `typing` takes longer to import than a small query takes
if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120


def resource_path(name: str) -> str:
    """Give the folder of shipped data `name` (`ontology` or `queries`).

    In a wheel it lies inside the package, in a checkout beside it.
    """
    inside = os.path.join(_PACKAGE, name)  # noqa: PTH118
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(_PACKAGE), name)  # noqa: PTH112, PTH118, PTH120


def resource_dir(name: str) -> Path:
    """Give the same as a path."""
    from pathlib import Path

    return Path(resource_path(name))


def source_hash(*parts: str) -> str:
    """Give a hash of the source of parts of this package, such as `text` and `pipeline.py`, with the data in them.

    It tells whether something was made by what is installed now.
    """
    import hashlib
    from pathlib import Path

    digest = hashlib.sha256()
    for part in parts:
        path = Path(_PACKAGE) / part
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.relative_to(_PACKAGE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
