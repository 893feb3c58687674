"""Where one is signed in, and signing out there."""

from flask import Response, abort
from flask_babel import gettext as _

from webapp.accounts import actions, queries
from webapp.accounts.views.blueprint import account
from webapp.web import redirects
from webapp.web.access import password_is_enough
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_session, now, outside
from webapp.web.pages import page


@account.get("/sessions")
@password_is_enough
def sessions() -> Response:
    """Each device with the time of its last use; this one is marked."""
    return page("accounts/sessions.html", sessions=queries.sessions_of(db(), me(), now()), here=my_session())


@account.post("/sessions/others/end")
@password_is_enough
def end_others() -> Response:
    """Sign out everywhere else."""
    actions.sign_out_elsewhere(db(), outside(), me(), my_session())
    announce(_("You are signed out everywhere else."), "success")
    return redirects.to("account.sessions")


@account.post("/sessions/<int:number>/end")
@password_is_enough
def end_one(number: int) -> Response:
    """Sign out on one other device; twice is as good as once."""
    if number == my_session().id or not actions.end_one_session(db(), outside(), me(), number):
        abort(404)
    announce(_("You are signed out on that device."), "success")
    return redirects.to("account.sessions")
