"""The anchors: a file beside the database to which lines are only added. Each says how long a chain was at a time.

A line is: when, chain, count, signature of the last event, seal. The seal covers the line above too.
"""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Anchor:
    """One line; ``number`` is its place in the file, from 1."""

    number: int
    at: str
    chain: int
    count: int
    last: str
    seal: str
    before: str  # the seal of the line above; empty for the first


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that is none."""

    number: int


def read(file: Path) -> Iterator[Anchor | Unreadable]:
    """Every line, in order; nothing where there is no file yet."""
    if not file.exists():
        return
    before = ""
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            found = _parsed(number, line, before)
            before = found.seal if isinstance(found, Anchor) else before
            yield found


def _parsed(number: int, line: str, before: str) -> Anchor | Unreadable:
    try:
        at, chain, count, last, seal = line.split()
        return Anchor(number, at, int(chain), int(count), last, seal, before)
    except ValueError:
        return Unreadable(number)


@contextmanager
def alone_with(file: Path) -> Iterator[None]:
    """Nobody else adds lines meanwhile."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def add(file: Path, lines: Sequence[tuple[object, ...]]) -> None:
    """Add lines, surely on the disk; what a full disk cut off stays a line of its own."""
    text = "".join(" ".join(map(str, line)) + "\n" for line in lines).encode()
    with file.open("a+b") as out:
        if out.tell() and _ends_within_a_line(file):
            text = b"\n" + text
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def _ends_within_a_line(file: Path) -> bool:
    with file.open("rb") as content:
        content.seek(-1, os.SEEK_END)
        return content.read(1) != b"\n"
