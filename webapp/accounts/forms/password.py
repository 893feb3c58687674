"""The forms of a new password, with the present one or with a code from an e-mail."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField
from wtforms.validators import EqualTo

from webapp.accounts.actions import Wrong
from webapp.accounts.forms.mailed import MailedCodeForm, mailed_code_field
from webapp.accounts.password_strength import LONGEST, Weakness
from webapp.config import PASSWORD_LENGTH
from webapp.formats import clock
from webapp.web.forms import PortalForm, an_email_address, needed


def present_password_field() -> PasswordField:
    """The password that one has, once more."""
    return PasswordField(
        _l("Present password"),
        [needed(_l("Enter your present password."))],
        render_kw={"autocomplete": "current-password"},
    )


def new_password_field() -> PasswordField:
    """The password that one wants."""
    return PasswordField(
        _l("New password"),
        [needed(_l("Enter the new password."))],
        description=_l(
            "At least %(least)s characters. Best are four words that have nothing to do with each other or with you.",
            least=PASSWORD_LENGTH,
        ),
        render_kw={"autocomplete": "new-password"},
    )


def once_more_field() -> PasswordField:
    """The same, since it is not shown."""
    return PasswordField(
        _l("New password once more"),
        [EqualTo("new", _l("The two new passwords are not the same. Type the new one twice."))],
        render_kw={"autocomplete": "new-password"},
    )


class PasswordForm(PortalForm):
    """Another password, by whoever knows the present one."""

    current = present_password_field()
    new = new_password_field()
    again = once_more_field()


class ForgottenForm(PortalForm):
    """Who has forgotten it."""

    email = EmailField(
        _l("E-mail address"),
        [needed(_l("Enter your e-mail address.")), an_email_address()],
        render_kw={"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"},
    )


class NewPasswordForm(MailedCodeForm):
    """A password, with the code from an e-mail."""

    code = mailed_code_field()
    new = new_password_field()
    again = once_more_field()


def why_wrong(wrong: Wrong) -> str:
    """Why the present password does not count."""
    if wrong.paused_until:
        return _("Too many wrong passwords. You can try again at %(time)s.", time=clock(wrong.paused_until))
    return _("This is not your present password.")


def why_weak(weakness: Weakness) -> str:
    """Why a password can't be taken, and what to do instead."""
    sentences: dict[Weakness, Any] = {
        Weakness.TOO_SHORT: _(
            "The password needs at least %(least)s characters. Add another word.", least=PASSWORD_LENGTH
        ),
        Weakness.TOO_LONG: _("The password may have %(most)s characters at most.", most=LONGEST),
        Weakness.OWN_WORDS: _(
            "This password consists of your name, your address, your company or the portal. "
            "Take words that have nothing to do with you."
        ),
        Weakness.COMMON: _("This password consists of words that many people take. Take more words, or rarer ones."),
        Weakness.GUESSABLE: _(
            "Repetitions, rows of letters or keys, and dates are quickly guessed. Take words without a pattern."
        ),
        Weakness.SAME_AS_BEFORE: _("This is your present password. Choose another one."),
    }
    return str(sentences[weakness])
