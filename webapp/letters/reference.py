"""What a letter is called on paper and on the pages: 26-000017. It tells nothing about the person or the code."""

import re
from datetime import datetime

TYPED = re.compile(r"(\d\d)[-–—]?(\d{6,9})", re.ASCII)


def reference(ordered_at: datetime, letter_id: int) -> str:
    """The number of a letter: the year of its order, and a count."""
    return f"{ordered_at:%y}-{letter_id:06d}"


def as_typed(text: str) -> str | None:
    """The number that somebody typed or scanned, with or without its hyphen; None for what can be none."""
    found = TYPED.fullmatch(text)
    return f"{found[1]}-{found[2]}" if found else None


def count_in(number: str) -> int:
    """The count in a number as ``reference`` writes it."""
    return int(number[3:])
