"""Administrator rights, given and taken after a page that says what they are."""

from flask import Response
from flask_babel import gettext as _

from webapp.accounts.actions import admitting
from webapp.accounts.queries import why_not_change_rights
from webapp.administration.person_forms import why_not_done
from webapp.administration.views.person import user_from
from webapp.administration.views.way import COMPANY, EVERYBODY, Room, administration, desk_users
from webapp.web import redirects
from webapp.web.access import administrators_only, clerks_only, for_the_upgraded, needs_fresh_proof
from webapp.web.announcements import announce
from webapp.web.context import db, me, outside
from webapp.web.pages import page


@administration.get("/users/<public_id>/administrator-rights")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def administrator_rights(public_id: str) -> Response:
    """What follows for somebody of the company."""
    return _ask(COMPANY, public_id)


@administration.post("/users/<public_id>/administrator-rights")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def give_rights(public_id: str) -> Response:
    """Give them."""
    return _change(COMPANY, public_id, give=True)


@administration.post("/users/<public_id>/administrator-rights/removal")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def take_rights(public_id: str) -> Response:
    """Take them."""
    return _change(COMPANY, public_id, give=False)


@desk_users.get("/users/<public_id>/administrator-rights", endpoint="administrator_rights")
@clerks_only
@needs_fresh_proof
def anybodys_rights(public_id: str) -> Response:
    """The same for somebody of any company."""
    return _ask(EVERYBODY, public_id)


@desk_users.post("/users/<public_id>/administrator-rights", endpoint="give_rights")
@clerks_only
@needs_fresh_proof
def give_anybody_rights(public_id: str) -> Response:
    """Give them."""
    return _change(EVERYBODY, public_id, give=True)


@desk_users.post("/users/<public_id>/administrator-rights/removal", endpoint="take_rights")
@clerks_only
@needs_fresh_proof
def take_anybodys_rights(public_id: str) -> Response:
    """Take them."""
    return _change(EVERYBODY, public_id, give=False)


def _ask(room: Room, public_id: str) -> Response:
    user = user_from(room, public_id)
    objection = why_not_change_rights(db(), user, me(), give=not user.administrator)
    why_not = why_not_done(objection, user.full_name) if objection else None
    return page("administration/rights.html", room=room, user=user, why_not=why_not)


def _change(room: Room, public_id: str, *, give: bool) -> Response:
    user = user_from(room, public_id)
    act = admitting.give_rights if give else admitting.take_rights
    objection = act(db(), outside(), user, by=me())
    if objection:
        announce(why_not_done(objection, user.full_name), "problem")
    elif give:
        announce(_("%(name)s has administrator rights now, and is told by e-mail.", name=user.full_name), "success")
    else:
        announce(_("%(name)s has no administrator rights any more, and is told.", name=user.full_name), "success")
    return redirects.to(room.person, public_id=public_id)
