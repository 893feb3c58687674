"""The square on the letter (a QR code) that opens the page where the code is typed."""

from webapp.square import Square, draw


def address_of(portal: str, code: str) -> str:
    """What the camera reads; the code rides behind the #, which no server ever sees."""
    return f"{portal.rstrip('/')}/upgrade/code#{code}"


def square(portal: str, code: str) -> Square:
    """The QR code for ``code``."""
    return draw(address_of(portal, code))
