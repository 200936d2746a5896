"""Fingerprints of articles as literals: the size, and after a colon the minima in base64, four bytes each."""

from __future__ import annotations

import binascii
import struct
from base64 import b64decode, b64encode

from kg.model import Fingerprint


def sketch_text(fingerprint: Fingerprint) -> str:
    """Give a fingerprint as text."""
    minima = fingerprint.minima
    return f"{fingerprint.size}:{b64encode(struct.pack(f'>{len(minima)}I', *minima)).decode()}"


def read_sketch(text: str) -> Fingerprint:
    """Give the fingerprint that `sketch_text` wrote; raises `ValueError` where `text` is none."""
    size, colon, code = text.partition(":")
    try:
        packed = b64decode(code, validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
    if not (colon and size.isascii() and size.isdecimal()) or len(packed) % 4:
        raise ValueError(text)
    return Fingerprint(int(size), struct.unpack(f">{len(packed) // 4}I", packed))
