"""Whether somebody may come in: deactivated after a page that says what follows, and activated again."""

from flask import Response
from flask_babel import gettext as _

from webapp.accounts.actions.admitting import activate as let_in
from webapp.accounts.actions.admitting import deactivate as shut_out
from webapp.accounts.queries import why_not_deactivate
from webapp.administration.person_forms import why_not_done
from webapp.administration.views.person import user_from
from webapp.administration.views.way import COMPANY, EVERYBODY, Room, administration, desk_users
from webapp.web import redirects
from webapp.web.access import administrators_only, clerks_only, for_the_upgraded, needs_fresh_proof
from webapp.web.announcements import announce
from webapp.web.context import db, me, outside
from webapp.web.pages import page


@administration.get("/users/<public_id>/deactivation")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def deactivation(public_id: str) -> Response:
    """What follows, for somebody of the company."""
    return _ask(COMPANY, public_id)


@administration.post("/users/<public_id>/deactivation")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def deactivate(public_id: str) -> Response:
    """Do it."""
    return _deactivate(COMPANY, public_id)


@administration.post("/users/<public_id>/activation")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def activate(public_id: str) -> Response:
    """Take it back."""
    return _activate(COMPANY, public_id)


@desk_users.get("/users/<public_id>/deactivation", endpoint="deactivation")
@clerks_only
@needs_fresh_proof
def deactivation_of_anybody(public_id: str) -> Response:
    """The same for somebody of any company."""
    return _ask(EVERYBODY, public_id)


@desk_users.post("/users/<public_id>/deactivation", endpoint="deactivate")
@clerks_only
@needs_fresh_proof
def deactivate_anybody(public_id: str) -> Response:
    """Do it."""
    return _deactivate(EVERYBODY, public_id)


@desk_users.post("/users/<public_id>/activation", endpoint="activate")
@clerks_only
@needs_fresh_proof
def activate_anybody(public_id: str) -> Response:
    """Take it back."""
    return _activate(EVERYBODY, public_id)


def _ask(room: Room, public_id: str) -> Response:
    user = user_from(room, public_id)
    objection = why_not_deactivate(db(), [user.id or 0], me()).get(user.id or 0)
    why_not = why_not_done(objection, user.full_name) if objection else None
    return page("administration/deactivation.html", room=room, user=user, why_not=why_not)


def _deactivate(room: Room, public_id: str) -> Response:
    user = user_from(room, public_id)
    objection = shut_out(db(), outside(), user, by=me())
    if objection:
        announce(why_not_done(objection, user.full_name), "problem")
    else:
        announce(_("%(name)s can no longer sign in, and is told by e-mail.", name=user.full_name), "success")
    return redirects.to(room.person, public_id=public_id)


def _activate(room: Room, public_id: str) -> Response:
    user = user_from(room, public_id)
    objection = let_in(db(), outside(), user, by=me())
    if objection:
        announce(why_not_done(objection, user.full_name))
    else:
        announce(_("%(name)s can sign in again, and is told by e-mail.", name=user.full_name), "success")
    return redirects.to(room.person, public_id=public_id)
