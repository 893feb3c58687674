"""Print runs: started, watched, brought to the post."""

from datetime import timedelta

from flask import Response, abort, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.desk import queries
from webapp.desk.views.blueprint import desk
from webapp.letters import actions
from webapp.letters.models import PrintRun
from webapp.letters.queries import Progress, progress
from webapp.web import redirects
from webapp.web.access import clerks_only
from webapp.web.announcements import announce
from webapp.web.context import db, me, now, outside
from webapp.web.pages import page

STALLED = timedelta(minutes=5)  # without a sign: somebody has to look at the worker
EVERY = 10  # seconds, where the person asked for it


@desk.post("/print-runs")
@clerks_only
def print_letters() -> Response:
    """Print every waiting letter."""
    run = actions.start_run(db(), outside(), me().id)
    if run is None:
        announce(_("No letter is waiting to be printed."))
        return redirects.to("desk.overview")
    announce(_("The print run has started."), "success")
    return redirects.to("desk.run", public_id=run.public_id)


@desk.get("/print-runs/<public_id>")
@clerks_only
def run(public_id: str) -> Response:
    """How far a run is; it tells each quarter once, and refreshes itself where the person asked for it."""
    far = progress(db(), _run(public_id))
    _tell(far)
    stalled = not far.done and now() - far.last_sign > STALLED
    here = url_for(".run", public_id=public_id, seen=_quarter(far))
    response = page("desk/run.html", far=far, stalled=stalled, here=here, auto="auto" in request.args)
    if "auto" in request.args and not far.done:
        response.headers["Refresh"] = str(EVERY)
    return response


@desk.post("/print-runs/<public_id>/posting")
@clerks_only
def post(public_id: str) -> Response:
    """The letters were brought to the post."""
    count = actions.post_run(db(), outside(), _run(public_id), me().id)
    if count is None:
        announce(_("This run was posted before, or is not printed yet."), "problem")
    else:
        sentence = ngettext(
            "%(num)s letter is in the post. The person is told by e-mail.",
            "%(num)s letters are in the post. The people are told by e-mail.",
            count,
        )
        announce(sentence, "success")
    return redirects.to("desk.run", public_id=public_id)


@desk.post("/print-runs/<public_id>/new-try")
@clerks_only
def try_again(public_id: str) -> Response:
    """Put what is not finished back to work."""
    actions.resume(db(), outside())
    announce(_("The run is tried again."))
    return redirects.to("desk.run", public_id=public_id)


def _run(public_id: str) -> PrintRun:
    return queries.run_with(db(), public_id) or abort(404)


def _quarter(far: Progress) -> int:
    return 4 if far.done else far.ready * 4 // max(far.letters, 1)


def _tell(far: Progress) -> None:
    seen = request.args.get("seen", type=int)
    if seen is None or _quarter(far) <= seen:
        return
    if far.done:
        announce(_("The print run is complete."), "success")
    else:
        announce(_("%(ready)s of %(all)s letters are ready.", ready=far.ready, all=far.letters))
