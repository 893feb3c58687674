"""What one holds, what can be registered, and help with each."""

from flask import Response, abort

from webapp.formats import local_day
from webapp.login_methods import queries
from webapp.login_methods.rights import elsewhere, open_ticket
from webapp.login_methods.shelf import shelf as all_methods
from webapp.login_methods.views.blueprint import login_methods
from webapp.web.access import open_to_anyone, part_of_enrolment
from webapp.web.context import db, me, my_session, now, outside
from webapp.web.pages import page


@login_methods.get("")
@part_of_enrolment
def shelf() -> Response:
    """The methods that one holds, and those that can be registered."""
    inside = my_session().level > 1
    ticket = open_ticket()
    if not inside and not ticket:
        return elsewhere()
    config, today = outside().config, local_day(now())
    held = queries.held_by(db(), me()) if inside else []
    return page(
        "login_methods/shelf.html",
        methods=all_methods(),
        offered=queries.offered(config, today),
        strong_from=queries.will_owe(db(), config, me(), today),
        held=held,
        ticket=ticket,
        owes=my_session().owes_method,
        first=queries.asked_for(db(), config, me(), today)[0].id if held else None,
    )


@login_methods.get("/<slug>/help")
@open_to_anyone
def help_(slug: str) -> Response:
    """What to do when the method gives trouble."""
    return page(f"login_methods/{slug}_help.html", method=all_methods().get(slug) or abort(404), slug=slug)
