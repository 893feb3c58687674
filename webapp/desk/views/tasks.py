"""What waits for a clerk: addresses that seem wrong, and people who ask for a code."""

from flask import Response, abort
from flask_babel import gettext as _

from webapp.desk import queries
from webapp.desk.views.blueprint import desk
from webapp.letters import actions
from webapp.letters.models import AddressReport
from webapp.web import redirects
from webapp.web.access import clerks_only
from webapp.web.announcements import announce
from webapp.web.context import db, me, outside
from webapp.web.pages import page


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
