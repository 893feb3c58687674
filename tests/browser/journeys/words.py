"""What an English sentence of the pages says in another language, as the catalogues have it."""

import re
from collections.abc import Iterator
from functools import cache

from babel.messages.pofile import read_po

from webapp.config import ROOT

PLACE = re.compile(r"%\((\w+)\)[sd]")


@cache
def _catalogue(language: str) -> list[tuple[str, str]]:
    """Every sentence in English and in ``language``; of those for one and for many, both."""
    with (ROOT / f"webapp/translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        return [pair for message in read_po(file) if message.id for pair in _pairs(message.id, message.string)]


def _pairs(english: object, spoken: object) -> Iterator[tuple[str, str]]:
    for one, other in zip(
        english if isinstance(english, tuple) else (english,),
        spoken if isinstance(spoken, tuple) else (spoken,),
        strict=True,
    ):
        yield str(one), str(other)


@cache
def said_in(language: str, text: str) -> str:
    """``text`` in ``language``: a sentence of ours with what is filled in, or a part of one; anything else as it is.

    Of a part the longest piece without anything filled in is told; before a colon that stands alone, a name may follow.
    """
    if language == "en" or not re.search(r"[A-Za-z]{3}", text):
        return text
    head, colon, name = text.partition(" : ")
    if colon:
        told = (said_in(language, one) if _known(language, one) else one for one in name.split(", "))
        return f"{said_in(language, head)} : {', '.join(told)}"
    pairs = _catalogue(language)
    whole = [spoken for english, spoken in pairs if english == text]
    usual = sorted(pairs, key=lambda pair: -len(PLACE.sub("", pair[0])))  # what leaves least to fill in
    filled = [spoken % _each(language, found) for english, spoken in usual if (found := _filled_in(english, text))]
    part = [max(PLACE.split(spoken)[::2], key=len).strip() for english, spoken in pairs if text in english]
    return ([*whole, *filled, *part] or [text])[0]


def _each(language: str, found: dict[str, str]) -> dict[str, str]:
    return {name: said_in(language, value) if _known(language, value) else value for name, value in found.items()}


def _known(language: str, text: str) -> bool:
    return any(text == english or _filled_in(english, text) for english, _spoken in _catalogue(language))


def _filled_in(english: str, text: str) -> dict[str, str] | None:
    """What ``text`` has where ``english`` leaves places; None where it is another sentence, or nothing but places."""
    pieces = PLACE.split(english)
    if len(pieces) == 1 or not re.search(r"[A-Za-z]{3}", "".join(pieces[::2])):
        return None
    pattern = "".join(f"(?P<{piece}>.+)" if number % 2 else re.escape(piece) for number, piece in enumerate(pieces))
    found = re.fullmatch(pattern, text) if len(set(pieces[1::2])) == len(pieces[1::2]) else None
    return found.groupdict() if found else None
