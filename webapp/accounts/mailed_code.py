"""The code in an e-mail: it opens by itself, so it is long; a link carries it, and it can be copied by hand."""

from webapp import codes

LENGTH = 28  # twenty-seven drawn, the last one a check symbol


def draw() -> str:
    """A new code: 131 random bits and a check symbol."""
    return codes.draw(LENGTH)


def mistake(code: str) -> codes.Mistyped | None:
    """The first thing that is wrong with a code as it was typed; None when it could be one."""
    return codes.mistake(code, LENGTH)
