"""The first page: general information, and the services that exist."""

from flask import Blueprint, Response

from webapp.formats import local_day
from webapp.login_methods.queries import will_owe
from webapp.upgrade import queries
from webapp.web import redirects
from webapp.web.access import password_is_enough
from webapp.web.context import db, me, my_session, now, outside
from webapp.web.pages import page

home = Blueprint("home", __name__)


@home.get("/")
@password_is_enough
def show() -> Response:
    """PartnerWeb 1.0 before the upgrade, 2.0 after it; the fund's clerks have their desk."""
    if me().clerk:
        return redirects.to("desk.overview")
    if me().factor_since and not me().upgraded:
        return redirects.to("login_methods.shelf")
    if my_session().has_mandates and my_session().chose_at is None:
        return redirects.to("account.companies")
    if me().upgraded:
        return page("home/portal.html", strong_from=will_owe(db(), outside().config, me(), local_day(now())))
    return page("home/before.html", letters=queries.letters_of(db(), me()))
