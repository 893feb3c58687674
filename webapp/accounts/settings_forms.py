"""The forms of one's settings and one's language."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectMultipleField, StringField, ValidationError
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.accounts.notices import Notice
from webapp.accounts.phone import as_kept
from webapp.config import SESSION_IDLE_LONG
from webapp.web.forms import PortalForm, needed, on_one_line
from webapp.web.languages import OWN_NAMES

LONGEST_NAME = 60
NOTICES = {
    Notice.LETTER_POSTED: _l("My letter with a code has been posted"),
    Notice.CODE_WISHED: _l("Somebody in my company asks for an upgrade code"),
}


class SettingsForm(PortalForm):
    """How somebody is called and reached, what comes by e-mail, and how things look."""

    shown_name = StringField(
        _l("Name as shown"),
        [Optional(), Length(max=LONGEST_NAME, message=_l("The name is too long: %(max)d characters at most."))],
        filters=[on_one_line],
        description=_l("On the pages only. Leave it empty to be called by your first and last name."),
        render_kw={"autocomplete": "nickname"},
    )
    phone = StringField(
        _l("Telephone for queries"),
        [Optional()],
        description=_l("So that the fund can call you. No codes are sent to this number."),
        render_kw={"type": "tel", "autocomplete": "tel"},
    )
    notices = SelectMultipleField(
        _l("E-mails that I want"),
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        description=_l("E-mails about changes to your login always come."),
    )
    low_rows = BooleanField(_l("Low rows in tables"), description=_l("More rows fit on one screen."))
    large_print = BooleanField(_l("Letters in large print"), description=_l("From the next letter on."))
    longer_session = BooleanField(
        _l("Longer session"),
        description=_l(
            "At each sign-in you get %(minutes)s minutes without doing anything.",
            minutes=int(SESSION_IDLE_LONG.total_seconds() // 60),
        ),
    )

    def validate_phone(self, field: StringField) -> None:
        """A number that can be called; it is kept as it is written internationally."""
        number = as_kept(field.data or "")
        if number is None:
            raise ValidationError(_l("This is not a telephone number. Enter it like 021 555 01 02."))
        field.data = number


def notices_for(administrator: bool) -> list[Notice]:  # noqa: FBT001 -- it is what decides
    """Those that may come to somebody."""
    return [notice for notice in NOTICES if administrator or notice is not Notice.CODE_WISHED]


class LanguageForm(PortalForm):
    """One of the four, each by its own name."""

    language: Any = RadioField(
        _l("Language"),
        [needed(_l("Choose a language."))],
        choices=[SelectChoice(code, name) for code, name in OWN_NAMES.items()],
    )
