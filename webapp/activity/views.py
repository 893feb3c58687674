"""Three pages of the same kind: what happened on one's own account, in one's company, and everywhere."""

from flask import Blueprint, Response, abort, request
from flask_babel import gettext as _

from webapp.accounts.topics import Level, Topic
from webapp.activity import queries, words
from webapp.activity.queries import Happened
from webapp.activity.wanted import Wanted, page_in
from webapp.web.access import clerks_only, for_the_upgraded, needs, password_is_enough
from webapp.web.context import db, here, me
from webapp.web.pages import page

activity = Blueprint("activity", __name__)


@activity.get("/account/activity")
@password_is_enough
def own() -> Response:
    """What happened on one's own account."""
    return _show(_("What happened on my account"), queries.on_account(db(), me(), page_in(request.args)))


@activity.get("/administration/activity")
@for_the_upgraded
@needs(Topic.ADMINISTRATION, Level.READ)
def company() -> Response:
    """What happened in the company."""
    return _show(
        _("What happened in the company"), queries.in_company(db(), here().id or abort(404), page_in(request.args))
    )


@activity.get("/desk/activity")
@clerks_only
def everywhere() -> Response:
    """What happened, as far as a clerk wants to know."""
    wanted = Wanted.read(request.args)
    return _show(_("What happened"), queries.everywhere(db(), wanted), wanted)


def _show(title: str, happened: Happened, wanted: Wanted | None = None) -> Response:
    return page(
        "activity/list.html",
        title=title,
        happened=happened,
        wanted=wanted,
        words=words,
        whose=request.endpoint != "activity.own",
        args=wanted.args() if wanted else {},
    )
