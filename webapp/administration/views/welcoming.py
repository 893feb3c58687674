"""The welcome e-mail is sent again, or for the first time, to somebody who has never had a password."""

from flask import Response
from flask_babel import gettext as _

from webapp.administration.person_forms import why_not_welcomed
from webapp.administration.views.person import user_from
from webapp.administration.views.way import COMPANY, EVERYBODY, Room, administration, desk_users
from webapp.upgrade.actions.inviting import welcome_again
from webapp.web import redirects
from webapp.web.access import administrators_only, clerks_only, for_the_upgraded, needs_fresh_proof
from webapp.web.announcements import announce
from webapp.web.context import db, me, outside


@administration.post("/users/<public_id>/welcome-email")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def welcome(public_id: str) -> Response:
    """To somebody of the company."""
    return _welcome(COMPANY, public_id)


@desk_users.post("/users/<public_id>/welcome-email", endpoint="welcome")
@clerks_only
@needs_fresh_proof
def welcome_anybody(public_id: str) -> Response:
    """To somebody of any company."""
    return _welcome(EVERYBODY, public_id)


def _welcome(room: Room, public_id: str) -> Response:
    user = user_from(room, public_id)
    reason = welcome_again(db(), outside(), user, by=me())
    if reason:
        announce(why_not_welcomed(reason, user.full_name), "problem")
    else:
        announce(_("The welcome e-mail is on its way to %(email)s.", email=user.email), "success")
    return redirects.to(room.person, public_id=public_id)
