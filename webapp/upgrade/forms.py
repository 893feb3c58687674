"""The forms of the upgrade, and the sentence for each refusal."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from webapp.codes import Mistyped, as_typed
from webapp.config import LETTERS_AT_MOST, LETTERS_COUNTED_OVER
from webapp.formats import clock, day, moment
from webapp.letters.models import Reason
from webapp.upgrade.code import LENGTH, mistake
from webapp.upgrade.eligibility import Refusal
from webapp.upgrade.redemption import Outcome, Redemption
from webapp.upgrade.standing import Standing
from webapp.web.codes import HINTS, why_no_code
from webapp.web.forms import PortalForm, needed, ticked


def code_field(label: Any) -> StringField:
    """The field into which a letter's code is copied."""
    return StringField(
        label,
        [needed(_l("Enter the code from your letter."))],
        description=_l("12 letters and digits, for example 4KTT 78ZD TZ6M. Blanks and hyphens do not matter."),
        render_kw=HINTS,
    )


class LetterCodeForm(PortalForm):
    """A code from a letter; the forms of each purpose name it ``code``."""

    def validate_code(self, field: StringField) -> None:
        """What can be no code is said at once; it cost no try and stays in the field to be mended."""
        code = as_typed(field.data or "")
        mistyped = mistake(code)
        if mistyped:
            raise ValidationError(why_mistyped(mistyped, len(code)))


class CodeForm(LetterCodeForm):
    """The code from the letter, and the terms of use."""

    code = code_field(_l("Registration / upgrade code"))
    accepted = BooleanField(_l("I accept the terms of use in force"), [ticked(_l("Accept the terms of use to go on."))])


class OrderForm(PortalForm):
    """The first letter: nothing to say but yes."""


class OrderAgainForm(PortalForm):
    """Another letter: why decides what becomes of the earlier code."""

    reason = RadioField(
        _l("Why do you need another letter?"),
        [needed(_l("Say why you need another letter."))],
        choices=[
            SelectChoice(Reason.NOT_ARRIVED.value, _l("It has not arrived yet")),
            SelectChoice(Reason.LOST.value, _l("It is lost, or someone else may have seen it")),
        ],
    )


def order_form(standing: Standing) -> PortalForm:
    """The form with which a letter is ordered now."""
    return OrderAgainForm() if standing.asks_why else OrderForm()


class AddressReportForm(PortalForm):
    """The address is wrong; the fund corrects it."""

    remark = TextAreaField(
        _l("What is wrong?"),
        [Optional(), Length(max=500, message=_l("500 characters at most, please."))],
        description=_l("For example: we moved to Rue Neuve 3 in May. The fund will correct its register."),
        render_kw={"rows": 3},
    )


def why_mistyped(mistake: Mistyped | None, length: int) -> str:
    """What is wrong with what was typed, whatever code was sent."""
    if mistake is Mistyped.CHECK:
        return _(
            "One character seems mistyped, or two are swapped. "
            "Compare with the letter: S and 5, Z and 2, B and 8, G and 6."
        )
    return (why_no_code(mistake, length, LENGTH) if mistake else None) or _("Enter the code from your letter.")


def why_refused(redemption: Redemption) -> str:
    """The true sentence for each refusal of a code."""
    outcome = redemption.outcome
    if outcome is Outcome.MISTYPED:
        return why_mistyped(redemption.mistake, redemption.length)
    if outcome is Outcome.WRONG:
        return ngettext(
            "This is not your code. You have %(num)s more try.",
            "This is not your code. You have %(num)s more tries.",
            redemption.left,
        )
    if outcome is Outcome.PAUSED:
        return _("Too many wrong codes. You can try again at %(time)s.", time=clock(redemption.free_at))
    if outcome is Outcome.REPLACED and redemption.at:
        sentence = _(
            "This code was replaced by a newer letter, ordered on %(day)s. Use the newer code.", day=day(redemption.at)
        )
        return str(sentence)
    sentences = {
        Outcome.REPLACED: _("This code is not valid any more. Order a new letter."),
        Outcome.EXPIRED: _("This code expired on %(day)s. Order a new letter.", day=day(redemption.at)),
        Outcome.USED: _("This code has been used already. A new letter brings a new code."),
        Outcome.ALL_VOIDED: _(
            "Too many wrong codes. To protect you, no code sent so far is valid any more. Order a new letter."
        ),
    }
    return sentences[outcome]


def why_no_letter(refusal: Refusal, free: datetime | None) -> str:
    """Why no letter goes now, and from when on one may."""
    free_at = moment(free)
    sentences = {
        Refusal.INACTIVE: _("This account is not active."),
        Refusal.ALREADY_UPGRADED: _("This person already uses a multi-factor login."),
        Refusal.NOT_UPGRADED: _("This person has no multi-factor login yet. An upgrade code is what is needed."),
        Refusal.FUND_STAFF: _("Who works at the fund is handed a new login method there, not by post."),
        Refusal.ADDRESS_INCOMPLETE: _("The postal address in the register is incomplete. Please call the fund."),
        Refusal.ADDRESS_REPORTED: _("The postal address was reported as wrong. The fund corrects it."),
        Refusal.LETTER_WAITING: _("A letter is already ordered. It will be printed next."),
        Refusal.TOO_SOON: _(
            "A letter was ordered less than a day ago. Another one is possible from %(moment)s.", moment=free_at
        ),
        Refusal.TOO_MANY: _(
            "%(most)s letters in %(days)s days are the most. Another one is possible from %(moment)s.",
            most=LETTERS_AT_MOST,
            days=LETTERS_COUNTED_OVER.days,
            moment=free_at,
        ),
        Refusal.DAY_FULL: _("The letters that a company may order in a day are used up. Please order again tomorrow."),
    }
    return sentences[refusal]
