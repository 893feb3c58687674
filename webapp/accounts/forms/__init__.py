"""The forms of signing in, and of one's own password and e-mail address."""

from webapp.accounts.forms.email import ActivationForm, EmailForm
from webapp.accounts.forms.password import ForgottenForm, NewPasswordForm, PasswordForm
from webapp.accounts.forms.signing_in import SignInForm

__all__ = ["ActivationForm", "EmailForm", "ForgottenForm", "NewPasswordForm", "PasswordForm", "SignInForm"]
