"""A QR code as one SVG path: it needs no picture file, no style and no script."""

from dataclasses import dataclass, field
from itertools import groupby

import segno

MASK = 4  # fixed: trying all eight costs five times as much and helps no camera


@dataclass(frozen=True)
class Square:
    """A QR code as one SVG path of horizontal strokes; ``size`` modules wide, without its quiet zone."""

    size: int
    path: str = field(repr=False)


def draw(text: str) -> Square:
    """The QR code that a camera reads as ``text``, error correction M."""
    modules = segno.make(text, error="m", mask=MASK, boost_error=False, micro=False).matrix
    strokes = []
    for y, row in enumerate(modules):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                strokes.append(f"M{x} {y}.5h{length}")
            x += length
    return Square(len(modules), "".join(strokes))
