"""The fund's clerk orders letters: for whole companies by their member numbers, or for whoever is ticked."""

from flask import Response

from webapp.administration import ordering
from webapp.administration.member_numbers import read
from webapp.administration.order_forms import CompaniesForm
from webapp.administration.views import placing
from webapp.administration.views.way import EVERYBODY, desk_orders
from webapp.web import redirects
from webapp.web.access import clerks_only
from webapp.web.context import db, me
from webapp.web.pages import page


@desk_orders.get("/new")
@clerks_only
def new() -> Response:
    """Which companies."""
    return page("administration/companies.html", form=CompaniesForm())


@desk_orders.post("/new")
@clerks_only
def tick() -> Response:
    """Tick everybody of these companies, and look at them first."""
    form = CompaniesForm()
    if form.validate():
        unknown = ordering.tick_companies(db(), chooser=me(), numbers=read(form.numbers.data))
        if not unknown:
            return redirects.to(".preview")
        form.tell_unknown(unknown)
    return page("administration/companies.html", form=form, status=422)


@desk_orders.get("/preview")
@clerks_only
@placing.as_if_unknown
def preview() -> Response:
    """Who would get a letter."""
    return placing.preview(EVERYBODY)


@desk_orders.post("/preview/removals")
@clerks_only
@placing.as_if_unknown
def remove() -> Response:
    """Leave one person out."""
    return placing.remove(EVERYBODY)


@desk_orders.get("")
@clerks_only
def orders() -> Response:
    """The latest orders, of clerks and of companies."""
    return placing.orders(EVERYBODY)


@desk_orders.post("")
@clerks_only
@placing.as_if_unknown
def order() -> Response:
    """Order the letters."""
    return placing.order(EVERYBODY)


@desk_orders.get("/<public_id>")
@clerks_only
def ordered(public_id: str) -> Response:
    """What an order has brought."""
    return placing.ordered(EVERYBODY, public_id)
