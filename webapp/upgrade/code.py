"""The code in the letter: drawn, typed, and hashed with a pepper."""

import hashlib
import hmac

from webapp import codes

LENGTH = 12  # eleven drawn, the last one a check symbol


def draw() -> str:
    """A new code: 53 random bits and a check symbol."""
    return codes.draw(LENGTH)


def mistake(code: str) -> codes.Mistyped | None:
    """The first thing that is wrong with a code as it was typed; None when it could be one."""
    return codes.mistake(code, LENGTH)


def peppered(code: str, pepper: str) -> str:
    """What is hashed: worthless to whoever holds only the database (HMAC-SHA256, hex)."""
    return hmac.new(pepper.encode(), code.encode(), hashlib.sha256).hexdigest()
