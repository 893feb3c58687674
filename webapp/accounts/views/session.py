"""The session's end, and how to put it off."""

from flask import Response
from flask_babel import gettext as _
from flask_login import current_user

from webapp.accounts.views.blueprint import sign_in
from webapp.web import redirects
from webapp.web.access import does_not_keep_alive, open_to_anyone
from webapp.web.announcements import announce
from webapp.web.context import my_session
from webapp.web.pages import page


@sign_in.get("/session/warning")
@open_to_anyone
@does_not_keep_alive
def warning() -> Response:
    """Shown two minutes before the end; asking for it does not put the end off."""
    row = my_session() if current_user.is_authenticated else None
    return page("accounts/session_warning.html", row=row)


@sign_in.post("/session/extension")
@open_to_anyone
def stay() -> Response:
    """One press to stay; by coming here the session was seen."""
    if not current_user.is_authenticated:
        return redirects.to("sign_in.form")
    announce(_("You stay signed in."), "success")
    return redirects.onward("home.show")
