"""Codes that people copy by hand: drawn from symbols that nobody takes for each other, with a check symbol."""

import secrets
import unicodedata
from enum import StrEnum

ALPHABET = "123456789BCDFGHJKMNPQRSTVWXYZ"  # 29, a prime: no vowel, no 0, no L
LONGEST = 28  # symbols: so many different weights are there modulo 29 besides 0
VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
READ_AS = str.maketrans({"I": "1", "L": "1"})
SEPARATORS = frozenset("-‐‑‒–—―−_.·•,/")  # what people put between groups, besides blanks


class Mistyped(StrEnum):
    """Why what was typed can't be a code, whatever code was sent."""

    EMPTY = "empty"
    LENGTH = "length"
    SYMBOL = "symbol"  # O, 0 or another symbol that no code contains
    CHECK = "check"  # one symbol is wrong, or two neighbours are swapped


def draw(length: int) -> str:
    """A new code: 4.86 random bits a symbol, and a check symbol at its end."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return drawn + check_symbol(drawn)


def check_symbol(drawn: str) -> str:
    """The last symbol: with the weights 1, 2, 3 … the sum is 0 modulo 29.

    All weights differ and none is 0 modulo the prime 29, so every single wrong symbol and every swap shows.
    """
    rest = sum(weight * VALUES[symbol] for weight, symbol in enumerate(drawn, start=1)) % 29
    return ALPHABET[-rest * pow(len(drawn) + 1, -1, 29) % 29]


def as_printed(code: str) -> str:
    """Groups of four are easier to copy than many letters in a row."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


def as_typed(text: str) -> str:
    """What the person meant: width, case, blanks, hyphens and dots do not count; I and L are read as 1."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(READ_AS)
    return "".join(symbol for symbol in plain if not (symbol.isspace() or symbol in SEPARATORS))


def mistake(code: str, length: int) -> Mistyped | None:
    """The first thing that is wrong with a code ``as_typed``; None when it could be one of this length."""
    if not code:
        return Mistyped.EMPTY
    if len(code) != length:
        return Mistyped.LENGTH
    if not set(code) <= set(ALPHABET):
        return Mistyped.SYMBOL
    return None if code[-1] == check_symbol(code[:-1]) else Mistyped.CHECK
