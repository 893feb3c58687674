"""The sign-in form."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, PasswordField

from webapp.config import SESSION_IDLE, SESSION_IDLE_LONG
from webapp.web.forms import PortalForm, needed

MINUTE = timedelta(minutes=1)


class SignInForm(PortalForm):
    """E-mail address and password, as in PartnerWeb 1.0."""

    email = EmailField(
        _l("E-mail address"),
        [needed(_l("Enter your e-mail address."))],
        render_kw={"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"},
    )
    password = PasswordField(
        _l("Password"), [needed(_l("Enter your password."))], render_kw={"autocomplete": "current-password"}
    )
    longer = BooleanField(
        _l("I need more time"),
        description=_l(
            "You stay signed in for up to %(long)s minutes without doing anything, instead of %(short)s.",
            long=SESSION_IDLE_LONG // MINUTE,
            short=SESSION_IDLE // MINUTE,
        ),
    )
