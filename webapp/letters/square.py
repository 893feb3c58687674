"""The square on the letter (a QR code) that opens the page where the code is typed."""

from dataclasses import dataclass, field
from itertools import groupby

import segno

MASK = 4  # fixed: trying all eight costs five times as much and helps no camera


@dataclass(frozen=True)
class Square:
    """A QR code as one SVG path of horizontal strokes; ``size`` modules wide, without its quiet zone."""

    size: int
    path: str = field(repr=False)


def address_of(portal: str, code: str) -> str:
    """What the camera reads; the code rides behind the #, which no server ever sees."""
    return f"{portal.rstrip('/')}/upgrade/code#{code}"


def square(portal: str, code: str) -> Square:
    """The QR code for ``code``, error correction M."""
    modules = segno.make(address_of(portal, code), error="m", mask=MASK, boost_error=False, micro=False).matrix
    strokes = []
    for y, row in enumerate(modules):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                strokes.append(f"M{x} {y}.5h{length}")
            x += length
    return Square(len(modules), "".join(strokes))
