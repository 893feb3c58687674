"""What tells companies and people apart in the register: member number, UID, e-mail; and the hash of a password."""

import re

from webapp.accounts.email_address import as_kept, is_address
from webapp.register.cells import Refused, required, words

HASH = re.compile(
    r"\$argon2id\$v=19\$m=(?P<memory>\d{1,9}),t=(?P<time>\d{1,4}),p=\d{1,3}\$[A-Za-z0-9+/]{11,}\$[A-Za-z0-9+/]{22,}"
    r"|scrypt:(?P<cost>\d{1,9}):(?P<block>\d{1,3}):\d{1,3}\$[^$\s]+\$[0-9a-f]{64,}"
    r"|pbkdf2:sha(256|512|1):(?P<rounds>\d{1,9})\$[^$\s]+\$[0-9a-f]{40,}"
)


def compact_number(text: str) -> str:
    """A member number as two of them are compared: without blanks, dots and hyphens."""
    return re.sub(r"[\s.\-\u2010-\u2015]", "", text).casefold()


def member_number(text: str) -> str:
    """As the fund writes it; there is no public format, and no check digit."""
    if not compact_number(text := required(text)):
        raise Refused("The cell is empty.")
    if len(text) > 20:
        raise Refused("The number is longer than 20 characters.")
    return text


def uid(text: str) -> str | None:
    """CHE-123.456.788, or None where there is none. The check digit is looked at by ``uid_checks``."""
    if not (text := words(text)):
        return None
    found = re.fullmatch(r"(?:CHE)?(\d{3})(\d{3})(\d{3})(?:MWST|TVA|IVA|HR|RC)?", re.sub(r"[\s.\-]", "", text.upper()))
    if not found:
        raise Refused(f"“{text}” is no UID. It looks like CHE-123.456.788, or the cell stays empty.")
    return f"CHE-{found[1]}.{found[2]}.{found[3]}"


def uid_checks(written: str) -> bool:
    """Whether the last digit of CHE-123.456.788 follows from the eight before it (modulus 11)."""
    digits = [int(sign) for sign in written if sign.isdigit()]
    weighed = sum(weight * digit for weight, digit in zip((5, 4, 3, 2, 7, 6, 5, 4), digits, strict=False))
    return (11 - weighed % 11) % 11 == digits[8]


def email(text: str) -> str:
    """In lower case; an address that a mail server would take."""
    text = as_kept(required(text))
    if not is_address(text):
        raise Refused(f"“{text}” is no e-mail address.")
    return text


def password_hash(text: str) -> str | None:
    """A hash taken over from PartnerWeb 1.0 (Argon2id, scrypt or PBKDF2), or None; the sentence never shows it."""
    if not (text := text.strip()):
        return None
    found = HASH.fullmatch(text)
    if not found:
        raise Refused("This is no hash that can be taken over (Argon2id, scrypt or PBKDF2).")
    cost = {name: int(number) for name, number in found.groupdict(default="0").items()}
    kib = max(cost["memory"], cost["cost"] * cost["block"] // 8)
    if kib > 256 * 1024 or cost["time"] > 50 or cost["rounds"] > 5_000_000:
        raise Refused("This hash would take too long or too much memory at each sign-in.")
    return text
