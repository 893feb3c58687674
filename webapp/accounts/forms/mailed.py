"""The field for a code from an e-mail, and the sentence for each code that opens nothing."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError

from webapp.accounts.actions import Paused, Unopened
from webapp.accounts.mailed_code import LENGTH, mistake
from webapp.codes import Mistyped, as_typed
from webapp.formats import clock
from webapp.web.codes import HINTS, why_no_code
from webapp.web.forms import PortalForm, needed


def mailed_code_field() -> StringField:
    """Where the code from an e-mail is copied to; a script fills it in when the link of the e-mail was followed."""
    return StringField(
        _l("Code from the e-mail"),
        [needed(_l("Enter the code from the e-mail."))],
        description=_l(
            "%(length)s letters and digits. You can copy and paste them. Blanks do not matter.", length=LENGTH
        ),
        render_kw={**HINTS, "class": "code long", "data-symbols": str(LENGTH)},
    )


class MailedCodeForm(PortalForm):
    """A code from an e-mail; the forms of each purpose name it ``code``."""

    def validate_code(self, field: StringField) -> None:
        """What can be no code is said at once, and stays in the field to be mended."""
        code = as_typed(field.data or "")
        mistyped = mistake(code)
        if mistyped:
            raise ValidationError(_why_mistyped(mistyped, len(code)))


def _why_mistyped(mistyped: Mistyped, typed: int) -> str:
    if mistyped is Mistyped.CHECK:
        return _("One character seems mistyped, or two are swapped. Copy the code from the e-mail once more.")
    return why_no_code(mistyped, typed, LENGTH) or _("Enter the code from the e-mail.")


def why_unopened(refused: Unopened) -> str:
    """Why a code opens nothing, and what to do."""
    sentences: dict[Unopened, Any] = {
        Unopened.UNKNOWN: _("This code does not fit. Take the one from the newest e-mail."),
        Unopened.EXPIRED: _("This code has expired. Have a new one sent to you."),
        Unopened.USED: _("This code has been used already. Have a new one sent to you if you need one."),
        Unopened.WITHDRAWN: _("This code is not valid any more. Take the one from the newest e-mail."),
    }
    return str(sentences[refused])


def why_paused(paused: Paused) -> str:
    """From when on it may be tried again."""
    return _("Too many tries. You can try again at %(time)s.", time=clock(paused.until))
