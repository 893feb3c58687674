"""One's own e-mail address: another one is entered here, and activated with the code that goes there."""

from flask import Response
from flask_babel import gettext as _

from webapp.accounts import actions, queries
from webapp.accounts.forms import ActivationForm, EmailForm
from webapp.accounts.forms.mailed import why_paused, why_unopened
from webapp.accounts.forms.password import why_wrong
from webapp.accounts.views.blueprint import account
from webapp.web import redirects, sessions
from webapp.web.access import needs_fresh_proof, password_is_enough
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_session, now, outside
from webapp.web.navigation import menu
from webapp.web.pages import page


@account.get("/email")
@password_is_enough
@needs_fresh_proof
def email() -> Response:
    """Ask for the new address, and the password."""
    return _ask(EmailForm())


@account.post("/email")
@password_is_enough
@needs_fresh_proof
def wish_email() -> Response:
    """A code goes to the new address; the answer is the same whether or not it is somebody's."""
    form = EmailForm()
    if not form.validate():
        return _ask(form, 422)
    typed = {"current": form.current.data or "", "email": form.email.data or ""}
    refused = actions.wish_email(db(), outside(), me(), my_session(), **typed)
    if isinstance(refused, actions.Wrong):
        form.current.errors = [why_wrong(refused)]
        return _ask(form, 422)
    if refused:
        form.email.errors = [why_paused(refused)]
        return _ask(form, 422)
    announce(_("We have sent a code to the new address. Your address stays until you have activated it."), "success")
    return redirects.to(".activation")


@account.get("/email/activation")
@password_is_enough
@needs_fresh_proof
def activation() -> Response:
    """Type the code, have it sent again, or withdraw."""
    return _activation(ActivationForm())


@account.post("/email/activation")
@password_is_enough
@needs_fresh_proof
def activate_email() -> Response:
    """From now on the new address counts, for everything."""
    form = ActivationForm()
    if not form.validate():
        return _activation(form, 422)
    refused = actions.activate_email(db(), outside(), me(), my_session(), form.code.data or "")
    if isinstance(refused, actions.Taken):
        announce(_("This address belongs to another account. Enter another one, or call us."), "problem")
        return redirects.to(".email")
    if refused:
        form.code.errors = [why_paused(refused) if isinstance(refused, actions.Paused) else why_unopened(refused)]
        return _activation(form, 422)
    sessions.renew()
    announce(_("Your new e-mail address is active. You sign in with it from now on: %(email)s.", email=me().email))
    return redirects.to(menu())


@account.post("/email/activation/messages")
@password_is_enough
@needs_fresh_proof
def send_email_code_again() -> Response:
    """Another code, in place of the one before."""
    sent = actions.send_email_code_again(db(), outside(), me())
    if isinstance(sent, actions.Paused):
        announce(why_paused(sent), "problem")
    elif not sent:
        announce(_("No new address waits to be activated."))
    else:
        announce(_("We have sent a new code. Codes from earlier e-mails do not work any more."), "success")
    return redirects.to(".activation")


@account.post("/email/activation/withdrawal")
@password_is_enough
@needs_fresh_proof
def withdraw_email() -> Response:
    """The address stays as it is."""
    if actions.withdraw_email(db(), outside(), me()):
        announce(_("Your e-mail address stays as it is."), "success")
    else:
        announce(_("No new address waits to be activated."))
    return redirects.to(menu())


def _ask(form: EmailForm, status: int = 200) -> Response:
    waiting = queries.waiting_email(db(), me())
    return page("accounts/email.html", form=form, waiting=waiting, status=status)


def _activation(form: ActivationForm, status: int = 200) -> Response:
    waiting = queries.waiting_email(db(), me())
    expired = waiting is not None and now() >= waiting.expires_at
    context = {"form": form, "waiting": waiting, "expired": expired}
    return page("accounts/activation.html", status=status, **context)
