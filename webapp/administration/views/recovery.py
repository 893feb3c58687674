"""A letter for a new login, ordered for one person who has lost the second factor. It is started here, never finished.

The code is in the letter only, and counts only in the person's own account, after the person's own password.
"""

from flask import Response
from flask_babel import gettext as _

from webapp.administration.views.person import seen_from
from webapp.administration.views.way import COMPANY, EVERYBODY, Room, administration, desk_users
from webapp.letters.models import Reason
from webapp.upgrade.actions import ordering
from webapp.upgrade.forms import why_no_letter
from webapp.web import redirects
from webapp.web.access import administrators_only, clerks_only, for_the_upgraded
from webapp.web.announcements import announce
from webapp.web.context import db, me, outside
from webapp.web.pages import page


@administration.get("/users/<public_id>/recovery-letter")
@for_the_upgraded
@administrators_only
def recovery(public_id: str) -> Response:
    """Who, where to, and what it does: for somebody of the company."""
    return _ask(COMPANY, public_id)


@administration.post("/users/<public_id>/recovery-letter")
@for_the_upgraded
@administrators_only
def order_recovery(public_id: str) -> Response:
    """Order it."""
    return _order(COMPANY, public_id)


@desk_users.get("/users/<public_id>/recovery-letter", endpoint="recovery")
@clerks_only
def anybodys_recovery(public_id: str) -> Response:
    """The same for somebody of any company."""
    return _ask(EVERYBODY, public_id)


@desk_users.post("/users/<public_id>/recovery-letter", endpoint="order_recovery")
@clerks_only
def order_anybodys_recovery(public_id: str) -> Response:
    """Order it."""
    return _order(EVERYBODY, public_id)


def _ask(room: Room, public_id: str) -> Response:
    somebody = seen_from(room, public_id)
    why_not = why_no_letter(somebody.recovery, somebody.free_at) if somebody.recovery else None
    address = somebody.user.address(somebody.company.name)
    return page("administration/recovery.html", room=room, somebody=somebody, why_not=why_not, address=address)


def _order(room: Room, public_id: str) -> Response:
    somebody = seen_from(room, public_id)
    refusal = ordering.order_recovery(db(), outside(), somebody.user, by=me(), reason=Reason.FIRST)
    if refusal:
        announce(why_no_letter(refusal, seen_from(room, public_id).free_at), "problem")
    else:
        announce(_("The letter is ordered. %(name)s has been told by e-mail.", name=somebody.user.full_name), "success")
    return redirects.to(room.person, public_id=public_id)
