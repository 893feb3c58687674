"""Which companies letters are ordered for, and the few words for each reason why somebody gets none."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import TextAreaField, ValidationError

from webapp.administration.member_numbers import MOST, read
from webapp.upgrade.eligibility import Refusal
from webapp.web.forms import PortalForm, needed

NAMED = 20  # unknown numbers in one sentence


class CompaniesForm(PortalForm):
    """A whole company, or a list of them."""

    numbers = TextAreaField(
        _l("Member numbers"),
        [needed(_l("Enter at least one member number."))],
        description=_l("One on each line, or with commas between them. Everybody of these companies is looked at."),
        render_kw={"rows": 8, "autocomplete": "off", "spellcheck": "false"},
    )

    def validate_numbers(self, field: TextAreaField) -> None:
        """Not more than one order can hold."""
        if len(read(field.data or "")) > MOST:
            raise ValidationError(_("%(most)s numbers at most, please.", most=MOST))

    def tell_unknown(self, numbers: Sequence[str]) -> None:
        """Name what no company has, so that it can be mended where it stands."""
        named = ", ".join(number[:40] for number in numbers[:NAMED])
        more = len(numbers) - NAMED
        sentences = [ngettext("No company has this number: %(numbers)s.", "No company has these numbers: %(numbers)s.",
                              len(numbers), numbers=named)]  # fmt: skip
        if more > 0:
            sentences.append(ngettext("%(num)s more is unknown.", "%(num)s more are unknown.", more))
        self.numbers.errors = [" ".join(sentences)]


def why_not(refusal: Refusal) -> str:
    """Why somebody gets no letter, in a few words."""
    words = {
        Refusal.INACTIVE: _("Account not active"),
        Refusal.ALREADY_UPGRADED: _("Already upgraded"),
        Refusal.NOT_UPGRADED: _("No multi-factor login yet"),
        Refusal.FUND_STAFF: _("Works at the fund"),
        Refusal.ADDRESS_INCOMPLETE: _("Address incomplete"),
        Refusal.ADDRESS_REPORTED: _("Address reported as wrong"),
        Refusal.LETTER_WAITING: _("Letter already ordered"),
        Refusal.TOO_SOON: _("Letter ordered less than a day ago"),
        Refusal.TOO_MANY: _("Too many letters in 30 days"),
        Refusal.DAY_FULL: _("The company’s letters for today are used up"),
    }
    return words[refusal]
