"""The address behind the envelope's window: as large as the window allows, whichever way the sheet slips in it."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

POINT = 25.4 / 72  # millimetres
SENDER = 2.4  # mm that the sender's line takes, at the top of the block
LINES_AT_MOST = 6  # the Post reads three to six
SIZES = tuple(half / 2 for half in range(21, 11, -1))  # 10.5 down to 6 pt
LEADING = 1.2  # times the size, where there is room


@dataclass(frozen=True)
class Block:
    """What shows through the window of a C5 envelope wherever the sheet lies; millimetres from the sheet's corner."""

    left: float
    top: float
    width: float
    height: float


BLOCKS = {"right": Block(122, 52, 71, 19.5), "left": Block(22, 52, 78, 31)}
Side = Literal["left", "right"]

# Widths of Letter Sans in ems, each group by its widest; accents add nothing to their letter.
WIDTHS = {
    character: width
    for width, group in {
        0.26: " ',.:;ijl|·ı’",
        0.31: "!()I[]f{}¡ł",
        0.36: "-/\\rtª°",
        0.43: '"*?sz«²³¹º»',
        0.48: "JYcvxy–",
        0.51: "#$+0123456789<=>FL^_aegkĿŁ",
        0.55: "AESTVXZ`hnouðø",
        0.6: "BCKPRbdpqµÞßþđ",
        0.66: "&DGHNUÐĐŊ",
        0.72: "OQwØ",
    }.items()
    for character in group
}
WIDEST = 0.86


@dataclass(frozen=True)
class Typeset:
    """An address ready for the window: lines, their size and the distance between them in points."""

    lines: tuple[str, ...]
    size: float
    leading: float


def width_of(line: str, size: float) -> float:
    """How long ``line`` is at most when set at ``size`` points; millimetres."""
    letters = (unicodedata.normalize("NFD", character)[0] for character in line)
    return sum(WIDTHS.get(letter, WIDEST) for letter in letters) * size * POINT


def typeset(lines: tuple[str, ...], side: str) -> Typeset:
    """Set an address as large as its block allows; what is too long breaks at a blank, if it can within six lines.

    A word that is too long for any size breaks too; only what does not even so find room is cut.
    """
    block, words = BLOCKS[side], tuple(line.split() for line in lines)
    for at_most in (LINES_AT_MOST, len(lines) + LINES_AT_MOST):
        for size in SIZES:
            broken = _broken(words, size, block.width)
            if len(broken) <= at_most and _leading(broken, size, block) >= size and _narrow(broken, size, block):
                return Typeset(broken, size, _leading(broken, size, block))
    for size in SIZES:
        broken = _broken(tuple(_pieces(line, size, block.width) for line in words), size, block.width)
        if _leading(broken, size, block) >= size:
            return Typeset(broken, size, _leading(broken, size, block))
    smallest = SIZES[-1]
    cut = tuple(_cut(line, smallest, block.width) for line in lines)
    return Typeset(cut, smallest, _leading(cut, smallest, block))


def _leading(lines: tuple[str, ...], size: float, block: Block) -> float:
    room = (block.height - SENDER) / POINT
    return round(min(size * LEADING, room / len(lines)) - 0.005, 2)


def _narrow(lines: tuple[str, ...], size: float, block: Block) -> bool:
    return all(width_of(line, size) <= block.width for line in lines)


def _pieces(words: list[str], size: float, width: float) -> list[str]:
    """The words, each that is wider than the block in pieces that are not."""
    found: list[str] = []
    for word in words:
        found.append("")
        for letter in word:
            if width_of(found[-1] + letter, size) > width:
                found.append("")
            found[-1] += letter
    return found


def _broken(lines: tuple[list[str], ...], size: float, width: float) -> tuple[str, ...]:
    found: list[str] = []
    for words in lines:
        current = ""
        for word in words:
            if current and width_of(f"{current} {word}", size) > width:
                found.append(current)
                current = word
            else:
                current = f"{current} {word}".strip()
        found.append(current)
    return tuple(found)


def _cut(line: str, size: float, width: float) -> str:
    while width_of(line, size) > width:
        line = line.rstrip("…")[:-1].rstrip() + "…"
    return line
