"""The picture of the README: the page that `make demo` leaves, as it opens, in a PNG of few colours and so of few bytes."""

from __future__ import annotations

import base64
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
from page import CHROMIUM, FLAGS
from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1360, 800
# How many colours the picture keeps, how many of them come first whatever they are, and how far apart the others are in
# each of red, green and blue.
COLOURS, EXACT, SHADES = 256, 24, 24
# Pixels of a PNG, read by the browser, which has a decoder.
PIXELS = """async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const bytes = context.getImageData(0, 0, image.width, image.height).data;
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}"""


def shot(file: Path) -> npt.NDArray[np.uint8]:
    """Give the pixels (rows, columns, red green blue) of a page as it opens."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        tab.goto(file.resolve().as_uri())
        tab.wait_for_selector("html[data-ready]")
        tab.wait_for_timeout(500)
        picture = base64.b64encode(tab.screenshot()).decode()
        tab.goto("about:blank")
        pixels = base64.b64decode(tab.evaluate(PIXELS, f"data:image/png;base64,{picture}"))
        browser.close()
    return np.frombuffer(pixels, np.uint8).reshape(HEIGHT, WIDTH, 4)[..., :3]


def png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """Give a PNG with the most frequent colours, of those that are nearly alike only one, each other one as the nearest."""
    colours, place, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    _, first = np.unique(colours[order] // SHADES, axis=0, return_index=True)
    kept = np.unique(np.concatenate([np.arange(EXACT), np.sort(first)]))[:COLOURS]
    palette = colours[order[kept]].astype(np.int32)
    nearest = ((colours.astype(np.int32)[:, None] - palette[None]) ** 2).sum(axis=2).argmin(axis=1)
    rows = nearest[place.reshape(-1)].astype(np.uint8).reshape(pixels.shape[:2])
    head = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, 3, 0, 0, 0)
    lines = np.pad(rows, ((0, 0), (1, 0))).tobytes()  # each row begins with the number of its filter: none
    parts = (
        (b"IHDR", head),
        (b"PLTE", palette.astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_bytes(png(shot(source)))
    print(f"wrote {target}: {target.stat().st_size:,} bytes")
