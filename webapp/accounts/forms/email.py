"""The forms of a new e-mail address."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, ValidationError

from webapp.accounts.email_address import as_kept
from webapp.accounts.forms.mailed import MailedCodeForm, mailed_code_field
from webapp.accounts.forms.password import present_password_field
from webapp.web.context import me
from webapp.web.forms import PortalForm, an_email_address, needed


class EmailForm(PortalForm):
    """Another address, by whoever knows the password."""

    email = EmailField(
        _l("New e-mail address"),
        [needed(_l("Enter the new e-mail address.")), an_email_address()],
        render_kw={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"},
    )
    current = present_password_field()

    def validate_email(self, field: EmailField) -> None:
        """Another one than now."""
        if as_kept(field.data or "") == me().email:
            raise ValidationError(_("This is your present address. Enter another one."))


class ActivationForm(MailedCodeForm):
    """The code that went to the new address."""

    code = mailed_code_field()
