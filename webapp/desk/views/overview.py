"""How the campaign goes, and what there is to do."""

from flask import Response

from webapp.accounts.queries import waiting_email
from webapp.desk import queries
from webapp.desk.views.blueprint import desk
from webapp.letters.queries import how_many_wait
from webapp.login_methods.queries import held_by
from webapp.login_methods.shelf import shelf
from webapp.web.access import clerks_only
from webapp.web.context import db, me, now
from webapp.web.pages import page


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
        held=held_by(db(), me()),
        methods=shelf(),
        waiting_email=waiting_email(db(), me()),
    )
