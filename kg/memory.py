"""How this process deals with memory: the collector of cycles, and what is given back to the C library."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# The parameters of mallopt. The values are about those that glibc goes up to by itself, where nothing has set them.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_FREE_AT_MOST, _LARGEST_KEPT = 64 << 20, 32 << 20


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector from looking through all that is in memory again and again, as what is there piles up.

    What nobody uses is freed all the same, unless it is in a cycle. It is a decorator, too.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def keep_freed_memory() -> None:
    """Keep up to 64 MB of what is freed for what comes next, also where the environment says otherwise.

    Reading makes arrays of some MB and frees them, over and over. The workers of a Dask cluster are told to return all that
    is free to the system at once, and to get it back page by page takes them a fifth of their time. Where the C library
    is not glibc, nothing happens.
    """
    import ctypes

    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    mallopt(_TRIM_THRESHOLD, _FREE_AT_MOST)
    mallopt(_MMAP_THRESHOLD, _LARGEST_KEPT)
