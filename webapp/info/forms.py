"""The form by which somebody tells of a barrier."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from webapp.web.forms import PortalForm, an_email_address, needed, on_one_line

LONGEST, LONGEST_PLACE = 4000, 200


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=_l("The text is too long: %(max)d characters at most."))


class BarrierForm(PortalForm):
    """What went wrong, where, and whether an answer is wanted."""

    words = TextAreaField(
        _l("What did you want to do, and what kept you from it?"),
        [
            needed(_l("Describe what kept you from it.")),
            _at_most(LONGEST),
        ],
        description=_l("Please write no passwords, codes or insurance numbers."),
        render_kw={"rows": "6"},
    )
    where = StringField(
        _l("On which page?"),
        [Optional(), _at_most(LONGEST_PLACE)],
        filters=[on_one_line],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        _l("E-mail address for the answer"),
        [Optional(), an_email_address()],
        description=_l("Leave it empty if you need no answer."),
        render_kw={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"},
    )
