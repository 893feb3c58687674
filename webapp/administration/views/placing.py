"""Ordering letters for many people, the same for a company's administrators and for the fund's clerks."""

import re
import secrets
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from flask import Response, abort, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.administration import ordering
from webapp.administration.order_forms import why_not
from webapp.administration.queries import orders as queries
from webapp.administration.queries.selection import selected_ids
from webapp.administration.views.way import Room
from webapp.upgrade.actions.bulk import NotYours
from webapp.upgrade.eligibility import Refusal
from webapp.upgrade.forms import why_no_letter
from webapp.web import redirects
from webapp.web.announcements import announce
from webapp.web.context import db, me, now, outside
from webapp.web.pages import page

KEY = re.compile("[0-9a-f]{32}")
ON_ITS_WAY = (Refusal.LETTER_WAITING, Refusal.TOO_SOON)
EVERY = 10  # seconds, where the person asked for it


def as_if_unknown(view: Callable[..., Response]) -> Callable[..., Response]:
    """Answer for somebody of another company exactly as for somebody who does not exist; only the log tells."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Response:
        try:
            return view(*args, **kwargs)
        except NotYours:
            current_app.logger.warning("an order was refused: not everybody in it was there for %s", me().public_id)
            return abort(404)

    return answer


def preview(room: Room) -> Response:
    """Who would get a letter, and who not and why; nothing is ordered yet."""
    scope, named = room.scope(), request.args.getlist("user")
    ids = ordering.ids_of(db(), named, scope) if named else selected_ids(db(), me(), scope)
    found = queries.preview(db(), ids, me(), now())
    pages = max(1, -(-len(found.people) // queries.ON_A_PAGE))
    at = min(_page(), pages)
    return page(
        "administration/preview.html",
        found=found,
        shown=queries.shown(db(), found, at, now()),
        at=at,
        pages=pages,
        named=named,
        key=secrets.token_hex(16),
        seen=ordering.fingerprint(ids),
        room=room,
        why_not=why_not,
        why_no_letter=why_no_letter,
        now=now(),
    )


def order(room: Room) -> Response:
    """Order for those who were on the page; sent again, it is the same order."""
    key, seen, named = request.form.get("key", ""), request.form.get("seen", ""), request.form.getlist("user")
    if not KEY.fullmatch(key):
        abort(400)
    place = partial(ordering.order_named, public_ids=named) if named else partial(ordering.order_selected, seen=seen)
    outcome = place(db(), outside(), by=me(), scope=room.scope(), key=key)
    if outcome is None:
        announce(
            _("Since you looked, other people were selected. Nothing is ordered yet: please look again."), "problem"
        )
        return redirects.to(".preview")
    placed, new = outcome
    if new:
        _tell_what_was_ordered(queries.placed(db(), placed))
    else:
        announce(_("You had placed this order already. Nobody gets a second letter."))
    return redirects.to(".ordered", public_id=placed.public_id)


def _tell_what_was_ordered(brought: queries.Placed) -> None:
    told = []
    if brought.letters:
        told.append(ngettext("%(num)s letter is ordered.", "%(num)s letters are ordered.", brought.letters))
    else:
        told.append(_("No letter was ordered: nobody in this order may have one now."))
    if before := sum(brought.refused.get(why, 0) for why in ON_ITS_WAY):
        told.append(
            ngettext(
                "For %(num)s person a letter was ordered before: nobody gets it twice.",
                "For %(num)s people a letter was ordered before: nobody gets it twice.",
                before,
            )
        )
    announce(" ".join(told), "success" if brought.letters else "problem")


def remove(room: Room) -> Response:
    """Leave one person out; the others stay."""
    ordering.remove(db(), chooser=me(), scope=room.scope(), public_id=request.form.get("user", ""))
    announce(_("The person is left out."))
    return redirects.to(".preview", page=request.form.get("page", 1, type=int), _anchor="selected")


def ordered(room: Room, public_id: str) -> Response:
    """What an order has brought, and how far it is; left and come back to at any time."""
    found = queries.order_with(db(), public_id, room.scope()) or abort(404)
    brought = queries.placed(db(), found)
    _tell_quarter(brought)
    pages = max(1, -(-brought.everybody // queries.ON_A_PAGE))
    at = min(_page(), pages)
    response = page(
        "administration/ordered.html",
        brought=brought,
        lines=queries.lines(db(), found, at),
        at=at,
        pages=pages,
        here=url_for(".ordered", public_id=public_id, page=at, seen=_quarter(brought)),
        auto="auto" in request.args,
        room=room,
        why_not=why_not,
    )
    if "auto" in request.args and not brought.done:
        response.headers["Refresh"] = str(EVERY)
    return response


def orders(room: Room) -> Response:
    """The latest orders."""
    return page("administration/orders.html", orders=queries.orders(db(), room.scope()), room=room)


def _page() -> int:
    return max(1, min(request.args.get("page", 1, type=int), 1_000_000))


def _quarter(brought: queries.Placed) -> int:
    return 4 if brought.done else brought.told * 4 // max(brought.letters, 1)


def _tell_quarter(brought: queries.Placed) -> None:
    """Each quarter once: whoever listens hears four sentences, and not every number."""
    seen = request.args.get("seen", type=int)
    if seen is None or _quarter(brought) <= seen:
        return
    if brought.done:
        announce(_("Everybody was told by e-mail."), "success")
    else:
        announce(_("%(told)s of %(all)s people were told by e-mail.", told=brought.told, all=brought.letters))
