"""The list of people: what is shown, and one form whose every press keeps the ticks."""

from flask import Response, abort, current_app, request
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.administration import actions, queries
from webapp.administration.views import words
from webapp.administration.views.way import COMPANY, EVERYBODY, Room, administration, desk_users
from webapp.administration.wanted import SIZES, Wanted
from webapp.web import redirects
from webapp.web.access import administrators_only, clerks_only, password_is_enough
from webapp.web.announcements import announce
from webapp.web.context import db, me, now
from webapp.web.pages import fragment_wanted, page

PLACES = ("first", "previous", "next", "last")


@administration.get("/users")
@administrators_only
@password_is_enough
def users() -> Response:
    """The people of the company."""
    return _show(COMPANY)


@administration.post("/users")
@administrators_only
@password_is_enough
def change_users() -> Response:
    """Sort, turn the page, tick."""
    return _press(COMPANY)


@desk_users.get("/users", endpoint="users")
@clerks_only
def all_users() -> Response:
    """The people of all companies."""
    return _show(EVERYBODY)


@desk_users.post("/users", endpoint="change_users")
@clerks_only
def change_all_users() -> Response:
    """Sort, turn the page, tick."""
    return _press(EVERYBODY)


def _show(room: Room) -> Response:
    wanted, scope = Wanted.read(request.args), room.scope()
    rows = queries.one_page(db(), wanted, scope, me(), now()) or abort(404)
    return page(
        "administration/users.html",
        room=room,
        wanted=wanted,
        rows=rows,
        found=queries.count_of(db(), wanted, scope, now()),
        asking=_asking(scope, wanted),
        cap=queries.CAP,
        ticked=queries.how_many_ticked(db(), me(), scope),
        sizes=SIZES,
        words=words,
        may_order=room.preview in current_app.view_functions,
    )


def _asking(scope: int | None, wanted: Wanted) -> int:
    """How many ask an administrator for a code; only where everybody is shown."""
    return 0 if wanted.filtered else queries.count_of(db(), Wanted(asked="yes"), scope, now())


def _press(room: Room) -> Response:
    """Keep the ticks whatever was pressed, then do it; the answer is the list again."""
    scope, seen = room.scope(), request.form.getlist("seen")
    if not actions.keep_ticks(db(), chooser=me(), scope=scope, seen=seen, ticked=request.form.getlist("user")):
        abort(404)
    action, _colon, of = request.form.get("action", "").partition(":")
    wanted = _shown()
    match action:
        case "show":
            wanted = Wanted.read(request.form)
        case "all":
            actions.select_all(db(), chooser=me(), scope=scope, wanted=wanted, now=now())
        case "none":
            actions.clear(db(), chooser=me())
        case "order":
            return redirects.to(room.preview)
        case "sort":
            wanted = Wanted.read(wanted.sorted_by(of).args())
        case "page" if of in PLACES:
            wanted = wanted.at(of, seen)
    if fragment_wanted():  # said, and in sight already; without htmx the count itself has the focus
        announce(_told(room, wanted, action), "unseen")
    return redirects.to(room.people, **wanted.args(), _anchor="count")


def _shown() -> Wanted:
    """What the page showed that the button stood on, whatever was typed into the filters since."""
    told = {name.removeprefix("shown-"): value for name, value in request.form.items() if name.startswith("shown-")}
    return Wanted.read(told)


def _told(room: Room, wanted: Wanted, action: str) -> str:
    """The one sentence that is read out."""
    if action in ("show", "sort", "page"):
        found = queries.count_of(db(), wanted, room.scope(), now())
        return ngettext("%(num)s person found", "%(num)s people found", found)
    ticked = queries.how_many_ticked(db(), me(), room.scope())
    if not ticked:
        return _("Nobody is selected")
    return ngettext("%(num)s person selected", "%(num)s people selected", ticked)
