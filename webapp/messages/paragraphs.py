"""A plain text as paragraphs, so that the same words can be laid out as HTML."""

import re

BLANKS = re.compile(r"[^\S\u00a0\u202f]+")  # breaks among them, whatever they are; not what holds words together


def paragraphs(text: str) -> list[str]:
    """The paragraphs of ``text``: each line that is not blank, without the blanks around it."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def one_line(text: str) -> str:
    """``text`` without line breaks, as a subject must be: a break would begin another header."""
    return BLANKS.sub(" ", text).strip()
