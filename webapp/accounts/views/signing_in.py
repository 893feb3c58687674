"""Signing in with a password, and out again."""

from datetime import timedelta

from flask import Response, request
from flask_babel import gettext as _
from flask_login import current_user

from webapp.accounts import actions
from webapp.accounts.forms import SignInForm
from webapp.accounts.models import User
from webapp.accounts.views.blueprint import sign_in, then
from webapp.config import SESSION_IDLE, SESSION_IDLE_LONG, SESSION_WARNING
from webapp.formats import clock
from webapp.web import redirects, sessions
from webapp.web.access import open_to_anyone
from webapp.web.announcements import announce
from webapp.web.context import db, outside
from webapp.web.pages import page


@sign_in.get("/sign-in")
@open_to_anyone
def form() -> Response:
    """The door; who is in already goes on."""
    if current_user.is_authenticated:
        return redirects.onward("home.show")
    return _show(SignInForm())


@sign_in.post("/sign-in")
@open_to_anyone
def with_password() -> Response:
    """The password; the second factor is asked for next, where there is one."""
    answers = SignInForm()
    if not answers.validate():
        return _show(answers, 422)
    result = actions.check_password(
        db(),
        outside(),
        email=answers.email.data or "",
        password=answers.password.data or "",
        address=request.remote_addr or "",
    )
    if result.paused_until:
        answers.password.errors = [
            _("Too many tries from here. You can try again at %(time)s.", time=clock(result.paused_until))
        ]
        return _show(answers, 422)
    if result.user is None:
        answers.password.errors = [_("E-mail address and password do not match an active account.")]
        return _show(answers, 422)
    come_in(result.user, longer=bool(answers.longer.data))
    return redirects.onward("upgrade.question")


def come_in(user: User, *, longer: bool = False) -> None:
    """Begin a session of whoever has given the password, and ask for the second factor where there is one."""
    longer = (longer or user.longer_session) and outside().config.long_sessions
    minutes = (SESSION_IDLE_LONG if longer else SESSION_IDLE) // timedelta(minutes=1)
    sessions.sign_in(user, idle_minutes=minutes)
    for follow_up in then:
        follow_up()


@sign_in.get("/sign-in/help")
@open_to_anyone
def help_() -> Response:
    """What to do when signing in fails."""
    return page("accounts/help.html")


@sign_in.post("/sign-out")
@open_to_anyone
def sign_out() -> Response:
    """The end, on the server."""
    sessions.sign_out()
    announce(_("You are signed out."), "success")
    response = redirects.to("sign_in.form")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _show(answers: SignInForm, status: int = 200) -> Response:
    if not outside().config.long_sessions:
        del answers.longer
    return page("accounts/sign_in.html", form=answers, warning=SESSION_WARNING, status=status)
