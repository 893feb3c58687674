"""A field for a code that is copied by hand, and what is said of what can be none."""

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.codes import Mistyped

HINTS = {
    "autocomplete": "off",
    "autocapitalize": "characters",
    "autocorrect": "off",
    "spellcheck": "false",
    "class": "code",
}


def why_no_code(mistyped: Mistyped, typed: int, length: int) -> str | None:
    """What is wrong with so many symbols ``typed``; None where it depends on where the code was sent."""
    if mistyped is Mistyped.LENGTH:
        return ngettext(
            "The code has %(length)s characters. You typed %(num)s.",
            "The code has %(length)s characters. You typed %(num)s.",
            typed,
            length=length,
        )
    if mistyped is Mistyped.SYMBOL:
        return _("The code has only digits and consonants. It never contains the letter O or the digit 0.")
    return None
