"""The menu, as data."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _

from webapp.web.context import acting_from, level, me, me_or_nobody

LOGIN = "login_methods"
ADMINISTRATION = ("administration", "account", "upgrade", "letters", "activity", LOGIN)  # all that its menu leads to
OWN = ("account", "letters", "upgrade", LOGIN)  # one's own account, whichever company one is here for
CHOICE = ("account.companies", "account.choose_company")
DESK = ("desk", "account", "desk_users", "desk_orders", "letters", "activity")


@dataclass(frozen=True)
class Tab:
    """One entry of the main menu."""

    label: str
    url: str
    current: bool


def tabs() -> list[Tab]:
    """HOME, ADMINISTRATION and INFO for a company's users; the desk for the fund's clerks; nothing for strangers."""
    person = me_or_nobody()
    if person is None:
        return []
    if person.clerk:
        places = [(_("Desk"), "desk.overview", DESK), (_("Info"), "info.contact", ("info",))]
    else:
        places = [
            (_("Home"), "home.show", ("home",)),
            (_("Administration"), "administration.menu", ADMINISTRATION),
            (_("Info"), "info.contact", ("info",)),
        ]
    here = None if own_login() and request.blueprint == LOGIN else request.blueprint
    return [Tab(label, url_for(endpoint), current=here in slices) for label, endpoint, slices in places]


def menu() -> str:
    """The page from which somebody comes to their own account, and to which they go back."""
    return "desk.overview" if me().clerk else "administration.menu"


def own_login() -> Tab | None:
    """Beside one's name, for whoever is in PartnerWeb 2.0: the methods with which one signs in."""
    person = me_or_nobody()
    if person is None or not person.upgraded or level() < 2:
        return None
    return Tab(_("Login methods"), url_for("login_methods.shelf"), current=request.blueprint == LOGIN)


def own_account() -> str | None:
    """On a page of one's own account, while one acts for another company: the name of one's own."""
    own = request.endpoint not in CHOICE and (request.blueprint in OWN or request.endpoint == "activity.own")
    company = acting_from() if own else None
    return company.name if company else None
