"""Several people changed together: looked at, made fewer, done once, and what became of each."""

import re
import secrets
from typing import Any

from flask import Response, abort, request
from flask_babel import gettext as _

from webapp.accounts.topic_words import in_words, moved
from webapp.accounts.topics import Levels
from webapp.administration import ordering
from webapp.administration import several as actions
from webapp.administration.change import Change
from webapp.administration.queries import several as queries
from webapp.administration.queries.selection import selected_ids
from webapp.administration.several_forms import Choice, chosen_for, why_left_out, words_for
from webapp.administration.views.placing import as_if_unknown
from webapp.administration.views.way import COMPANY, EVERYBODY, Room, administration, desk_users
from webapp.web import redirects
from webapp.web.access import administrators_only, clerks_only, for_the_upgraded, needs_fresh_proof
from webapp.web.announcements import announce
from webapp.web.context import db, me, now, outside
from webapp.web.pages import page

KEY = re.compile("[0-9a-f]{32}")


@administration.get("/several/<what>")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def several(what: str) -> Response:
    """What would become of whoever is ticked."""
    return _preview(COMPANY, _change(what))


@administration.post("/several/<what>")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def change_several(what: str) -> Response:
    """Do it."""
    return _do(COMPANY, _change(what))


@administration.post("/several/<what>/selection/removals")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
@as_if_unknown
def leave_out(what: str) -> Response:
    """Leave one person out."""
    return _leave_out(COMPANY, _change(what))


@administration.get("/several/<what>/<public_id>")
@for_the_upgraded
@administrators_only
def several_done(what: str, public_id: str) -> Response:
    """What became of them."""
    return _done(COMPANY, _change(what), public_id)


@desk_users.get("/several/<what>", endpoint="several")
@clerks_only
@needs_fresh_proof
def several_of_all(what: str) -> Response:
    """The same over all companies."""
    return _preview(EVERYBODY, _change(what))


@desk_users.post("/several/<what>", endpoint="change_several")
@clerks_only
@needs_fresh_proof
def change_several_of_all(what: str) -> Response:
    """Do it."""
    return _do(EVERYBODY, _change(what))


@desk_users.post("/several/<what>/selection/removals", endpoint="leave_out")
@clerks_only
@needs_fresh_proof
@as_if_unknown
def leave_out_of_all(what: str) -> Response:
    """Leave one person out."""
    return _leave_out(EVERYBODY, _change(what))


@desk_users.get("/several/<what>/<public_id>", endpoint="several_done")
@clerks_only
def several_of_all_done(what: str, public_id: str) -> Response:
    """What became of them."""
    return _done(EVERYBODY, _change(what), public_id)


def _change(what: str) -> Change:
    return Change(what) if what in set(Change) else abort(404)


def _preview(room: Room, change: Change) -> Response:
    choice = chosen_for(change, request.args)
    if not choice.sent or not choice.validate():
        return _ask(room, change, choice)
    ids = selected_ids(db(), me(), room.scope())
    found = queries.several(db(), change, ids, me(), now(), choice.chosen)
    more = {"choice": choice, "moved": moved, "key": secrets.token_hex(16), "seen": ordering.fingerprint(ids)}
    return _page("several", room, change, found, levels=choice.chosen, **more)


def _ask(room: Room, change: Change, choice: Choice) -> Response:
    """What is to be chosen for all of them; nobody is looked at before."""
    number = len(selected_ids(db(), me(), room.scope()))
    known: dict[str, Any] = {"room": room, "change": change, "words": words_for(change), "number": number}
    status = 422 if choice.errors else 200
    return page("administration/several_topics.html", status=status, choice=choice, **known)


def _do(room: Room, change: Change) -> Response:
    key, seen, choice = request.form.get("key", ""), request.form.get("seen", ""), chosen_for(change, request.form)
    if not KEY.fullmatch(key):
        abort(400)
    if not choice.validate():
        return _ask(room, change, choice)
    given: dict[str, Any] = {"by": me(), "scope": room.scope(), "key": key, "seen": seen, "levels": choice.chosen}
    outcome = actions.change_selected(db(), outside(), change, **given)
    if outcome is None:
        announce(_("Since you looked, other people were selected. Nothing is done yet: please look again."), "problem")
        return redirects.to(room.of("several"), what=change, **choice.answers)
    done, new = outcome
    if not new:
        announce(_("You had done this already. Nothing was done twice."))
    return redirects.to(room.of("several_done"), what=done.change, public_id=done.public_id)


def _leave_out(room: Room, change: Change) -> Response:
    ordering.remove(db(), chooser=me(), scope=room.scope(), public_id=request.form.get("user", ""))
    announce(_("The person is left out."))
    at, answers = request.form.get("page", 1, type=int), chosen_for(change, request.args).answers
    return redirects.to(room.of("several"), what=change, page=at, **answers, _anchor="selected")


def _done(room: Room, change: Change, public_id: str) -> Response:
    done = queries.change_with(db(), change, public_id, room.scope()) or abort(404)
    found, reached = queries.became(db(), done), queries.told(db(), done)
    return _page("several_done", room, change, found, done=done, reached=reached, levels=done.levels)


def _page(name: str, room: Room, change: Change, found: queries.Several, levels: Levels, **more: Any) -> Response:
    pages = max(1, -(-len(found.people) // queries.ON_A_PAGE))
    at = max(1, min(request.args.get("page", 1, type=int), pages))
    words = words_for(change)
    shown = queries.shown(db(), found, at)
    known: dict[str, Any] = {"room": room, "change": change, "found": found, "shown": shown, "at": at, "pages": pages}
    known |= {"words": words, "why_not": why_left_out, "levels": levels, "in_words": in_words}
    return page(f"administration/{name}.html", **known, **more)
