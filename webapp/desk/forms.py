"""Which letters came back, and the words for those that can't have."""

import re
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import RadioField, SelectChoice, TextAreaField, ValidationError

from webapp.letters.reference import as_typed
from webapp.upgrade.returning import NotReturned
from webapp.web.forms import PortalForm, needed

MOST = 100  # at once
NAMED = 20  # wrong numbers in one sentence
MOVED, NOT_COLLECTED = "moved", "not_collected"


class ReturnedForm(PortalForm):
    """The numbers as somebody types or scans them, and what stands on the envelopes."""

    numbers = TextAreaField(
        _l("References of the letters"),
        [needed(_l("Enter at least one reference."))],
        description=_l("For example 26-000017. It stands at the top of the letter. One on each line, or with commas."),
        render_kw={"rows": 5, "autocomplete": "off", "spellcheck": "false"},
    )
    why = RadioField(
        _l("What stands on the envelopes?"),
        [needed(_l("Say why they came back."))],
        choices=[
            SelectChoice(MOVED, _l("Moved, or unknown at this address")),
            SelectChoice(NOT_COLLECTED, _l("Refused, or not collected")),
        ],
    )

    def validate_numbers(self, field: TextAreaField) -> None:
        """Each can be a number, and they are not too many."""
        typed = _typed(field.data or "")
        if len(typed) > MOST:
            raise ValidationError(_("%(most)s letters at once, please.", most=MOST))
        wrong = [one for one in typed if as_typed(one) is None]
        if wrong:
            sentence = ngettext("This is no reference: %(numbers)s.", "These are no references: %(numbers)s.",
                                len(wrong), numbers=_named(wrong))  # fmt: skip
            raise ValidationError(sentence)

    @property
    def read(self) -> list[str]:
        """Each number once, as it is printed."""
        return list(dict.fromkeys(filter(None, map(as_typed, _typed(self.numbers.data or "")))))

    @property
    def moved(self) -> bool:
        """Whether the address is wrong."""
        return self.why.data == MOVED

    def tell_unknown(self, numbers: Sequence[str]) -> None:
        """Name what no letter is called, so that it can be mended where it stands."""
        self.numbers.errors = [ngettext("There is no letter with this reference: %(numbers)s.",
                                        "There are no letters with these references: %(numbers)s.",
                                        len(numbers), numbers=_named(numbers))]  # fmt: skip


def why_not(reason: NotReturned) -> str:
    """Why nothing happens with a letter, in a few words."""
    words = {
        NotReturned.UNPOSTED: _("Not posted yet"),
        NotReturned.USED: _("Has arrived: its code was used"),
        NotReturned.ALREADY: _("Taken back already"),
    }
    return words[reason]


def _typed(text: str) -> list[str]:
    return [one for one in re.split(r"[\s,;]+", text) if one]


def _named(numbers: Sequence[str]) -> str:
    return ", ".join(number[:20] for number in numbers[:NAMED])
