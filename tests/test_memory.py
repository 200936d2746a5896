"""The collector of cycles rests where it is told to, and no longer; freed memory stays where it is used again."""

from __future__ import annotations

import gc
import platform
import subprocess
import sys

import pytest

from kg.memory import uncollected

# Page faults of taking and freeing 1 MB a hundred times, where the environment has all that is free returned.
FAULTS = """
import ctypes, resource, sys
from kg.memory import keep_freed_memory
if sys.argv[1] == "keep":
    keep_freed_memory()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(100):
    place = libc.malloc(1 << 20)
    ctypes.memset(place, 1, 1 << 20)
    libc.free(place)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def test_it_rests_inside_alone() -> None:
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_an_error() -> None:
    @uncollected()
    def fail() -> None:
        assert not gc.isenabled()
        raise ValueError

    with pytest.raises(ValueError):
        fail()
    assert gc.isenabled()


def test_who_has_turned_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told")
def test_freed_memory_is_kept_though_the_environment_wants_it_returned() -> None:
    faults = {}
    for how in ("keep", "return"):
        command, wanted = [sys.executable, "-c", FAULTS, how], {"MALLOC_TRIM_THRESHOLD_": "65536"}
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=wanted)
        faults[how] = int(done.stdout)
    assert faults["return"] > 20_000
    assert faults["keep"] < 2_000
