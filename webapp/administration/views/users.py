"""The list of people: what is shown, and one form whose every press keeps the ticks."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from flask import Response, abort, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.accounts.topics import Level, Topic
from webapp.administration import actions, queries
from webapp.administration.change import Change
from webapp.administration.views import words
from webapp.administration.views.way import COMPANY, EVERYBODY, Room, administration, desk_users
from webapp.administration.wanted import SIZES, Wanted
from webapp.web import redirects
from webapp.web.access import clerks_only, needs, password_is_enough
from webapp.web.announcements import announce
from webapp.web.context import db, me, now
from webapp.web.pages import fragment_wanted, page

NOBODY = "0" * 32  # stands in an address where a public id will
PLACES = ("first", "previous", "next", "last")


@administration.get("/users")
@needs(Topic.ADMINISTRATION, Level.READ)
@password_is_enough
def users() -> Response:
    """The people of the company."""
    return _show(COMPANY)


@administration.post("/users")
@needs(Topic.ADMINISTRATION, Level.READ)
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


class Listed:
    """What the page shows; asked of the database when it is drawn, for a box of the page shows less than the page."""

    def __init__(self, room: Room, wanted: Wanted) -> None:
        self.wanted, self._scope = wanted, room.scope()
        self.everywhere = self._scope is None
        self._person = room.person

    @cached_property
    def rows(self) -> queries.Rows:
        """The page of the list."""
        return queries.one_page(db(), self.wanted, self._scope, me(), now()) or abort(404)

    @cached_property
    def counts(self) -> queries.Counts:
        """How many match, and how many ask."""
        return queries.counts(db(), self.wanted, self._scope, now())

    @cached_property
    def ticked(self) -> int:
        """How many are selected, on this page or not."""
        return queries.how_many_ticked(db(), me(), self._scope)

    def lines(self) -> Iterator[tuple[str, bool, str, str, words.Line]]:
        """For each person the public id, whether ticked, the address of the details, the member number, the words."""
        args: dict[str, Any] = {"public_id": NOBODY, **self.wanted.args()}
        before, _one, after = url_for(self._person, **args).partition(NOBODY)
        read = words.reader(with_company=self.everywhere)
        for row in self.rows.people:
            public_id, number = row.public_id, row.member_number if self.everywhere else ""
            yield public_id, row.ticked, f"{before}{public_id}{after}", number, read(row)


def _show(room: Room) -> Response:
    listed = Listed(room, Wanted.read(request.args))
    if not queries.is_there(db(), listed.wanted, room.scope()):
        abort(404)
    return page(
        "administration/users.html",
        room=room,
        listed=listed,
        wanted=listed.wanted,
        cap=queries.CAP,
        sizes=SIZES,
        words=words,
    )


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
        case "several" if of in set(Change):
            return redirects.to(room.of("several"), what=of)
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
