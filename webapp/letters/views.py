"""The person's own letters: what became of each, and its copy, on which the code is blacked out."""

from flask import Blueprint, Response, abort, make_response

from webapp.formats import local_day
from webapp.letters import queries
from webapp.letters.printing import without_code
from webapp.web.access import part_of_the_upgrade
from webapp.web.context import db, me, now, outside
from webapp.web.pages import page

letters = Blueprint("letters", __name__, url_prefix="/letters")
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@letters.get("")
@part_of_the_upgrade
def history() -> Response:
    """My letters, newest first."""
    mine = queries.history(db(), me(), outside().config.fund.canton, local_day(now()))
    return page("letters/history.html", letters=mine)


@letters.get("/<public_id>")
@part_of_the_upgrade
def copy(public_id: str) -> Response:
    """One of my letters as PDF, without its code."""
    letter = queries.printed_letter(db(), me(), public_id) or abort(404)
    response = make_response(without_code(db(), outside(), letter))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{letter.number}.pdf"'
    response.headers["Content-Security-Policy"] = PDF_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response
