"""The menu, as data."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _

from webapp.web.context import me_or_nobody


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
        places = [(_("Desk"), "desk.overview", "desk"), (_("Info"), "info.contact", "info")]
    else:
        places = [
            (_("Home"), "home.show", "home"),
            (_("Administration"), "administration.menu", "administration"),
            (_("Info"), "info.contact", "info"),
        ]
    return [
        Tab(label, url_for(endpoint), (request.blueprint or "").startswith(slice_))
        for label, endpoint, slice_ in places
    ]
