"""One's own password, changed by whoever knows the present one."""

from flask import Response
from flask_babel import gettext as _

from webapp.accounts import actions
from webapp.accounts.forms import PasswordForm
from webapp.accounts.forms.password import why_weak, why_wrong
from webapp.accounts.views.blueprint import account
from webapp.web import redirects, sessions
from webapp.web.access import needs_fresh_proof, password_is_enough
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_session, outside
from webapp.web.navigation import menu
from webapp.web.pages import page


@account.get("/password")
@password_is_enough
@needs_fresh_proof
def password() -> Response:
    """Ask for the present password and a new one."""
    return _show(PasswordForm())


@account.post("/password")
@password_is_enough
@needs_fresh_proof
def change_password() -> Response:
    """The new one counts; everywhere else the person is signed out."""
    form = PasswordForm()
    if not form.validate():
        return _show(form, 422)
    typed = {"current": form.current.data or "", "new": form.new.data or ""}
    refused = actions.change_password(db(), outside(), me(), my_session(), **typed)
    if isinstance(refused, actions.Wrong):
        form.current.errors = [why_wrong(refused)]
        return _show(form, 422)
    if refused:
        form.new.errors = [why_weak(refused)]
        return _show(form, 422)
    sessions.renew()
    announce(_("Your password has been changed. On every other device, you are signed out."), "success")
    return redirects.to(menu())


def _show(form: PasswordForm, status: int = 200) -> Response:
    return page("accounts/password.html", form=form, status=status)
