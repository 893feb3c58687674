"""The forgotten password, and the first one: with a code from an e-mail. It never takes a second factor's place."""

from flask import Response, request
from flask_babel import gettext as _

from webapp.accounts import actions
from webapp.accounts.forms import ForgottenForm, NewPasswordForm
from webapp.accounts.forms.mailed import why_paused, why_unopened
from webapp.accounts.forms.password import why_weak
from webapp.accounts.models import User
from webapp.accounts.password_strength import Weakness
from webapp.accounts.views.blueprint import sign_in
from webapp.accounts.views.signing_in import come_in
from webapp.formats import clock
from webapp.web import redirects
from webapp.web.access import open_to_anyone
from webapp.web.announcements import announce
from webapp.web.context import db, outside
from webapp.web.pages import page


@sign_in.get("/sign-in/forgotten")
@open_to_anyone
def forgotten() -> Response:
    """Ask for the e-mail address."""
    return page("accounts/forgotten.html", form=ForgottenForm())


@sign_in.post("/sign-in/forgotten")
@open_to_anyone
def ask_for_new_password() -> Response:
    """One answer for every address; an e-mail goes only where there is an active account."""
    form = ForgottenForm()
    if not form.validate():
        return page("accounts/forgotten.html", form=form, status=422)
    given = {"email": form.email.data or "", "address": request.remote_addr or ""}
    free_at = actions.ask_for_new_password(db(), outside(), **given)
    if free_at:
        form.email.errors = [_("Too many codes were asked for. You can ask again at %(time)s.", time=clock(free_at))]
        return page("accounts/forgotten.html", form=form, status=422)
    announce(_("If there is an active account with this address, an e-mail is on its way to it."))
    return redirects.to(".new_password")


@sign_in.get("/sign-in/new-password")
@open_to_anyone
def new_password() -> Response:
    """Type the code and a password."""
    return _show(NewPasswordForm())


@sign_in.post("/sign-in/new-password")
@open_to_anyone
def choose_password() -> Response:
    """As far in as with a password: whoever has a second factor is asked for it next."""
    form = NewPasswordForm()
    if not form.validate():
        return _show(form, 422)
    typed = {"code": form.code.data or "", "new": form.new.data or ""}
    chosen = actions.choose_password(db(), outside(), address=request.remote_addr or "", **typed)
    if isinstance(chosen, User):
        come_in(chosen)
        announce(_("Your new password is set. On every other device, you are signed out."), "success")
        return redirects.to("upgrade.question")
    if isinstance(chosen, Weakness):
        form.new.errors = [why_weak(chosen)]
    else:
        form.code.errors = [why_paused(chosen) if isinstance(chosen, actions.Paused) else why_unopened(chosen)]
    return _show(form, 422, unopened=isinstance(chosen, actions.Unopened))


def _show(form: NewPasswordForm, status: int = 200, *, unopened: bool = False) -> Response:
    return page("accounts/new_password.html", form=form, unopened=unopened, status=status)
