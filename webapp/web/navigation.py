"""The menu, as data."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _

from webapp.web.context import me_or_nobody

ADMINISTRATION = ("administration", "upgrade", "letters", "login_methods")  # all that its menu leads to
DESK = ("desk", "desk_users", "desk_orders")


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
    return [Tab(label, url_for(endpoint), current=request.blueprint in slices) for label, endpoint, slices in places]
