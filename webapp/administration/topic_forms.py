"""The form in which somebody's permissions are chosen, and the words for topics and levels."""

from datetime import date, datetime
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import Optional

from webapp.accounts.topics import GIVEN, Level, Rights, Topic, level_of
from webapp.web.forms import PortalForm, an_email_address, needed

TOPICS = {
    Topic.SALARIES: _l("Salaries"),
    Topic.EMPLOYEES: _l("Employees"),
    Topic.ALLOWANCES: _l("Family allowances"),
    Topic.DOCUMENTS: _l("Documents"),
    Topic.ACCOUNTING: _l("Accounting"),
    Topic.ADMINISTRATION: _l("Administration"),
}
LEVELS = {
    Level.NONE: _l("None"),
    Level.READ: _l("Read"),
    Level.EDIT: _l("Read and edit"),
    Level.TRANSMIT: _l("Read, edit and transmit"),
}


def _levels(topic: Topic) -> Any:
    choices = [SelectChoice(level.word, LEVELS[level]) for level in GIVEN[topic]]
    return SelectField(TOPICS[topic], choices=choices)


class TopicsForm(PortalForm):
    """A level for each topic."""

    salaries = _levels(Topic.SALARIES)
    employees = _levels(Topic.EMPLOYEES)
    allowances = _levels(Topic.ALLOWANCES)
    documents = _levels(Topic.DOCUMENTS)
    accounting = _levels(Topic.ACCOUNTING)
    administration = _levels(Topic.ADMINISTRATION)

    @property
    def chosen(self) -> dict[Topic, Level]:
        """What was chosen."""
        return {topic: level_of(self[topic].data) for topic in Topic}

    @classmethod
    def of(cls, rights: Rights, **more: object) -> Self:
        """Filled in with what is true now."""
        return cls(data={topic.value: rights.level(topic).word for topic in Topic} | more)


class MandateForm(TopicsForm):
    """What somebody may do for the company, and until when."""

    until = StringField(
        _l("Until and including"),
        [Optional()],
        description=_l("For example 31.12.2027. Leave it empty if the mandate has no end."),
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )

    def validate_until(self, field: StringField) -> None:
        """A day, as the Swiss write it."""
        try:
            datetime.strptime(field.data or "", "%d.%m.%Y")  # noqa: DTZ007 -- a day, not an instant
        except ValueError:
            raise ValidationError(_l("This is not a date. Enter it like 31.12.2027.")) from None

    @property
    def last_day(self) -> date | None:
        """The day that was typed."""
        return datetime.strptime(self.until.data, "%d.%m.%Y").date() if self.until.data else None  # noqa: DTZ007


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


def listed(rights: Rights) -> list[tuple[Any, Any]]:
    """Topic and level in words, for the page of a person."""
    return [(TOPICS[topic], LEVELS[rights.level(topic)]) for topic in Topic]
