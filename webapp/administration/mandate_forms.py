"""The form in which a mandate is given or changed: who, what, from which day on and until when."""

from datetime import date, datetime
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, StringField, ValidationError
from wtforms.validators import Optional

from webapp.accounts.mandate_days import Days, Unfit
from webapp.accounts.mandates import Mandate
from webapp.accounts.topics import Rights
from webapp.administration.topic_forms import TopicsForm
from webapp.formats import day
from webapp.web.forms import an_email_address, needed

WHY_NOT = {  # the field that it stands at, and the sentence
    Unfit.FIRST_IS_PAST: ("since", _l("The first day cannot lie in the past.")),
    Unfit.LAST_IS_PAST: ("until", _l("The last day cannot lie in the past.")),
    Unfit.LAST_BEFORE_FIRST: ("until", _l("The last day cannot lie before the first one.")),
}


def _day_of(text: str | None) -> date | None:
    """A day, as the Swiss write it; ValueError for what is none, None for nothing."""
    return datetime.strptime(text, "%d.%m.%Y").date() if text else None  # noqa: DTZ007 -- a day, not an instant


def _a_day(_form: Any, field: StringField) -> None:
    try:
        _day_of(field.data)
    except ValueError:
        raise ValidationError(_l("This is not a date. Enter it like 31.12.2027.")) from None


def _asks_for_a_day(label: Any, hint: Any) -> Any:
    plain = {"autocomplete": "off", "inputmode": "numeric"}
    return StringField(label, [Optional(), _a_day], description=hint, render_kw=plain)


class MandateForm(TopicsForm):
    """What somebody may do for the company, and on which days."""

    since = _asks_for_a_day(_l("From"), _l("For example 01.01.2027. Leave it empty for today."))
    until = _asks_for_a_day(
        _l("Until and including"), _l("For example 31.12.2027. Leave it empty if the mandate has no end.")
    )

    def days(self, today: date) -> Days:
        """The days that were typed."""
        return Days(_day_of(self.since.data) or today, _day_of(self.until.data))

    def fits(self, today: date, before: Days | None = None) -> bool:
        """Whether these days can be chosen, now that each is one; if not, the fields say why."""
        unfit = self.days(today).unfit(today, before)
        for name, sentence in (WHY_NOT[why] for why in sorted(unfit)):
            self[name].errors = [sentence]
        return not unfit

    @classmethod
    def about(cls, mandate: Mandate) -> Self:
        """Filled in with what is true of ``mandate``."""
        return cls.of(mandate.rights, since=day(mandate.days.first), until=day(mandate.days.last))


class NewMandateForm(MandateForm):
    """And who."""

    member_number = StringField(
        _l("Member number of the other company"),
        [needed(_l("Enter the member number."))],
        description=_l("Of the fiduciary, for example. It stands on its letters from the fund."),
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        _l("E-mail address of the person"),
        [needed(_l("Enter the e-mail address.")), an_email_address()],
        render_kw={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"},
    )

    @classmethod
    def beginning(cls, today: date) -> Self:
        """With what is usual, from today on."""
        return cls.of(Rights(), since=day(today))
