"""What somebody may do in each part of the portal."""

from flask import Response
from flask_babel import gettext as _

from webapp.accounts.actions import permitting
from webapp.administration.topic_forms import TopicsForm
from webapp.administration.views.person import user_from
from webapp.administration.views.way import COMPANY, EVERYBODY, Room, administration, desk_users
from webapp.web import redirects
from webapp.web.access import administrators_only, clerks_only, for_the_upgraded, needs_fresh_proof
from webapp.web.announcements import announce
from webapp.web.context import db, me, outside
from webapp.web.pages import page


@administration.get("/users/<public_id>/permissions")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def permissions(public_id: str) -> Response:
    """What somebody of the company may do."""
    return _ask(COMPANY, public_id)


@administration.post("/users/<public_id>/permissions")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def permit(public_id: str) -> Response:
    """Keep it."""
    return _permit(COMPANY, public_id)


@desk_users.get("/users/<public_id>/permissions", endpoint="permissions")
@clerks_only
@needs_fresh_proof
def anybodys_permissions(public_id: str) -> Response:
    """The same for somebody of any company."""
    return _ask(EVERYBODY, public_id)


@desk_users.post("/users/<public_id>/permissions", endpoint="permit")
@clerks_only
@needs_fresh_proof
def permit_anybody(public_id: str) -> Response:
    """The same for somebody of any company."""
    return _permit(EVERYBODY, public_id)


def _ask(room: Room, public_id: str) -> Response:
    user = user_from(room, public_id)
    return page("administration/topics.html", room=room, user=user, form=TopicsForm.of(user.rights))


def _permit(room: Room, public_id: str) -> Response:
    user, form = user_from(room, public_id), TopicsForm()
    if not form.validate():
        return page("administration/topics.html", room=room, user=user, form=form, status=422)
    name = user.full_name
    if permitting.permit(db(), outside(), user, form.chosen, by=me()):
        announce(_("The permissions of %(name)s are as they were.", name=name))
    else:
        announce(_("The permissions of %(name)s have been changed. They are told by e-mail.", name=name), "success")
    return redirects.to(room.person, public_id=public_id)
