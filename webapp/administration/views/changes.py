"""Names and language of a person are set right, at the company or at the fund."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from webapp.accounts.actions.correcting import correct
from webapp.accounts.actions.readdressing import Readdressed, readdress
from webapp.accounts.models import User
from webapp.administration.person_forms import PersonForm, what_of_the_email
from webapp.administration.views.person import user_from
from webapp.administration.views.way import COMPANY, EVERYBODY, Room, administration, desk_users
from webapp.web import redirects
from webapp.web.access import administrators_only, clerks_only, needs_fresh_proof, password_is_enough
from webapp.web.announcements import announce
from webapp.web.context import db, level, me, outside
from webapp.web.pages import page


@administration.get("/users/<public_id>/changes")
@password_is_enough
@administrators_only
@needs_fresh_proof
def changes(public_id: str) -> Response:
    """Somebody of the company, as is."""
    return _ask(COMPANY, public_id)


@administration.post("/users/<public_id>/changes")
@password_is_enough
@administrators_only
@needs_fresh_proof
def change(public_id: str) -> Response:
    """Set it right."""
    return _change(COMPANY, public_id)


@desk_users.get("/users/<public_id>/changes", endpoint="changes")
@clerks_only
@needs_fresh_proof
def changes_of_anybody(public_id: str) -> Response:
    """The same for somebody of any company."""
    return _ask(EVERYBODY, public_id)


@desk_users.post("/users/<public_id>/changes", endpoint="change")
@clerks_only
@needs_fresh_proof
def change_anybody(public_id: str) -> Response:
    """Set it right."""
    return _change(EVERYBODY, public_id)


def _ask(room: Room, public_id: str) -> Response:
    user = user_from(room, public_id)
    return _show(room, user, _form(user, obj=user))


def _form(user: User, **known: Any) -> PersonForm:
    """With the e-mail address for whoever has proved both factors; one's own is changed in one's own account."""
    form = PersonForm(**known)
    if level() < 2 or user.id == me().id:
        del form.email
    return form


def _change(room: Room, public_id: str) -> Response:
    user = user_from(room, public_id)
    form = _form(user)
    if not form.validate():
        return _show(room, user, form, 422)
    became = Readdressed.SAME
    if "email" in form:
        became = readdress(db(), outside(), user, by=me(), email=form.email.data or "")
    if became in (Readdressed.TAKEN, Readdressed.TOO_OFTEN):
        form.email.errors = [what_of_the_email(became)]
        return _show(room, user, form, 422)
    if became is not Readdressed.SAME:
        announce(what_of_the_email(became), "success")
    told = {"first_name": form.first_name.data or "", "last_name": form.last_name.data or ""}
    if correct(db(), outside(), user, by=me(), language=form.language.data, **told):
        announce(_("The changes are saved. %(name)s is told by e-mail.", name=user.full_name), "success")
    elif became is Readdressed.SAME:
        announce(_("Nothing was changed."))
    return redirects.to(room.person, public_id=user.public_id)


def _show(room: Room, user: User, form: PersonForm, status: int = 200) -> Response:
    return page("administration/changes.html", room=room, user=user, form=form, status=status)
