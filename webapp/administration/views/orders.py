"""An administrator orders letters for the company's people."""

from flask import Response

from webapp.accounts.topics import Level, Topic
from webapp.administration.views import placing
from webapp.administration.views.way import COMPANY, administration
from webapp.web.access import administrators_only, needs, password_is_enough


@administration.get("/upgrade-letters/preview")
@password_is_enough
@administrators_only
@placing.as_if_unknown
def preview() -> Response:
    """Who would get a letter."""
    return placing.preview(COMPANY)


@administration.post("/upgrade-letters/preview/removals")
@password_is_enough
@administrators_only
@placing.as_if_unknown
def remove() -> Response:
    """Leave one person out."""
    return placing.remove(COMPANY)


@administration.get("/upgrade-letters")
@password_is_enough
@needs(Topic.ADMINISTRATION, Level.READ)
def orders() -> Response:
    """The company's latest orders."""
    return placing.orders(COMPANY)


@administration.post("/upgrade-letters")
@password_is_enough
@administrators_only
@placing.as_if_unknown
def order() -> Response:
    """Order the letters."""
    return placing.order(COMPANY)


@administration.get("/upgrade-letters/<public_id>")
@password_is_enough
@needs(Topic.ADMINISTRATION, Level.READ)
def ordered(public_id: str) -> Response:
    """What an order has brought."""
    return placing.ordered(COMPANY, public_id)
