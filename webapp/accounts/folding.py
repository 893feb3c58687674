"""Names as they are looked for: without accents, in small letters."""

import re
import unicodedata

UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "’": "'"})
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
MOST_WORDS = 8  # of what somebody types


def fold(text: str) -> str:
    """``text`` in small letters, without accents, with single blanks: "  MÜLLER " and "muller" are the same."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).casefold().translate(UNDECOMPOSED))
    return " ".join("".join(part for part in parts if not unicodedata.combining(part)).split())


def searchable(last_name: str, first_name: str, email: str) -> str:
    """What a person is found and sorted by; Müller is found as "muller" and as "mueller"."""
    names = unicodedata.normalize("NFC", f"{last_name} {first_name}").casefold()
    german = names.translate(GERMAN)
    spelt = [names, email, *([german] if german != names else [])]
    return fold(" ".join(spelt))


def words_of(text: str) -> list[str]:
    """The words that must all be found, folded; punctuation between them does not count, save in addresses."""
    return [word for word in re.split(r"[\s,;]+", fold(text)) if word][:MOST_WORDS]
