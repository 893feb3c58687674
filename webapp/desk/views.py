"""The fund's own pages: how the campaign goes, print runs, wrong addresses, wishes."""

from datetime import timedelta

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.desk import queries
from webapp.letters import actions
from webapp.letters.models import AddressReport, PrintRun
from webapp.letters.queries import Progress, how_many_wait, progress
from webapp.web import redirects
from webapp.web.access import clerks_only
from webapp.web.announcements import announce
from webapp.web.context import db, me, now, outside
from webapp.web.pages import page

desk = Blueprint("desk", __name__, url_prefix="/desk")
STALLED = timedelta(minutes=5)  # without a sign: somebody has to look at the worker
EVERY = 10  # seconds, where the person asked for it


@desk.get("")
@clerks_only
def overview() -> Response:
    """How many people are where, what can be printed, and the latest runs."""
    addresses, wishes = queries.open_tasks(db())
    return page(
        "desk/overview.html",
        campaign=queries.campaign(db(), now()),
        waiting=how_many_wait(db()),
        runs=queries.runs(db()),
        addresses=addresses,
        wishes=wishes,
    )


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


@desk.get("/addresses")
@clerks_only
def addresses() -> Response:
    """Addresses that are said to be wrong."""
    return page("desk/addresses.html", tasks=queries.wrong_addresses(db()))


@desk.post("/addresses/<int:number>/settlement")
@clerks_only
def settle(number: int) -> Response:
    """The register is right again."""
    report = db().get(AddressReport, number) or abort(404)
    if actions.settle_address(db(), outside(), report, me()):
        announce(_("Settled. A letter that was held is printed with the next run."), "success")
    else:
        announce(_("This was settled before."))
    return redirects.to("desk.addresses")


@desk.get("/wishes")
@clerks_only
def wishes() -> Response:
    """People who wait for their company's administrators."""
    return page("desk/wishes.html", wishes=queries.wishes(db()))


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
