"""What stands in one cell of the register: each reader gives the value meant, or raises Refused with a sentence."""

import re
import unicodedata

from webapp.config import LANGUAGES
from webapp.register.columns import plain

LONGEST = 200  # characters of any cell but a hash
INVISIBLE = str.maketrans("", "", "\ufeff\u00ad\u200b\u200c\u200d")  # pasted along, meant by nobody
LANGUAGE_WORDS = {
    "fr": "f fr fra fre french francais franzosisch francese",
    "de": "a d de deu ger german deutsch allemand tedesco",
    "it": "i it ita italian italiano italienisch italien",
    "en": "e en eng english englisch anglais inglese",
}
YES = {"yes", "y", "oui", "o", "ja", "j", "si", "s", "x", "1", "true", "vrai", "wahr", "vero"}
NO = {"", "no", "n", "non", "nein", "0", "false", "faux", "falsch", "falso"}
_LANGUAGES = {word: language for language in LANGUAGES for word in LANGUAGE_WORDS[language].split()}


class Refused(ValueError):
    """The cell cannot be meant; the sentence says why."""


def words(text: str) -> str:
    """Text as it will be printed: composed accents, single blanks; refuses what no printer prints."""
    text = " ".join(unicodedata.normalize("NFC", text.translate(INVISIBLE)).split())
    if len(text) > LONGEST:
        raise Refused(f"The text is longer than {LONGEST} characters.")
    if text.startswith("#") and text.rstrip("!?").isupper():
        raise Refused(f"The cell holds an error of the spreadsheet, “{text}”.")
    if not text.isprintable() or "\ufffd" in text:
        raise Refused("The cell holds a character that cannot be printed.")
    return text


def required(text: str) -> str:
    """Text that must be there."""
    if not (text := words(text)):
        raise Refused("The cell is empty.")
    return text


def address_line(text: str) -> str:
    """One line between the person and the town, as it will be printed; may be empty."""
    text = words(text)
    if text.isdigit():
        raise Refused(f"“{text}” is only a number. Write the line as it is to be printed, like “Postfach {text}”.")
    return text


def postcode(text: str) -> str:
    """Four digits: letters with a code go to addresses in Switzerland and Liechtenstein only."""
    text = required(text)
    bare = re.sub(r"^(CH|FL|LI)[\s-]*", "", text.upper())
    if not re.fullmatch(r"[1-9]\d{3}", bare):
        raise Refused(f"“{text}” is no postcode of Switzerland or Liechtenstein (four digits, 1000 to 9999).")
    return bare


def full_name(text: str) -> tuple[str, str]:
    """Last name and first name out of "Last, First"."""
    last, comma, first = (part.strip() for part in required(text).partition(","))
    if not (comma and last and first) or "," in first:
        raise Refused(f"“{text}” is not written “Last name, first name”.")
    return last, first


def language(text: str) -> str:
    """fr, de, it or en; the guide's F, A (allemand), I and E are understood."""
    text = required(text)
    if (found := _LANGUAGES.get(plain(text)) or _LANGUAGES.get(text.lower()[:2] if "-" in text else "")) is None:
        raise Refused(f"“{text}” is none of F, A, I, E (or fr, de, it, en).")
    return found


def yes_or_no(text: str) -> bool:
    """Yes, oui, ja, sì, x, 1 … or no; an empty cell is no."""
    if (word := plain(words(text))) not in YES | NO:
        raise Refused(f"“{text}” is neither yes nor no.")
    return word in YES
