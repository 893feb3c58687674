"""Member numbers as somebody pastes them: from a list, a table or a letter."""

import re

MOST = 2000  # in one order


def read(text: str) -> list[str]:
    """Each number once, in the order of the text; blanks, line ends, commas and semicolons stand between them."""
    return list(dict.fromkeys(filter(None, re.split(r"[\s,;]+", text))))
