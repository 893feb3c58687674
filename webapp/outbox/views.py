"""The pages of the outbox. The application registers them in development only."""

from flask import Blueprint, Response, abort, make_response

from webapp.messages.paragraphs import paragraphs
from webapp.outbox import left
from webapp.web.access import open_to_anyone
from webapp.web.context import outside
from webapp.web.pages import page

outbox = Blueprint("outbox", __name__, url_prefix="/outbox")

MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox"
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@outbox.get("")
@open_to_anyone
def everything() -> Response:
    """Every message and letter that left, newest first."""
    config = outside().config
    return page("outbox/everything.html", everything=left.everything(config.outbox, config.letters))


@outbox.get("/messages/<name>")
@open_to_anyone
def message(name: str) -> Response:
    """One text message or e-mail, in full."""
    found = _message(name)
    return page("outbox/message.html", message=found, paragraphs=paragraphs(found.text))


@outbox.get("/messages/<name>/html")
@open_to_anyone
def html(name: str) -> Response:
    """An e-mail as a mail program shows it: a document of its own that may do nothing but look."""
    response = make_response(_message(name).html or abort(404))
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


@outbox.get("/letters/<path:name>")
@open_to_anyone
def letter(name: str) -> Response:
    """One file of letters."""
    found = left.letter(outside().config.letters, name) or abort(404)
    response = Response(found.read_bytes(), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=found.name)
    response.headers["Content-Security-Policy"] = PDF_POLICY
    return response


def _message(name: str) -> left.Left:
    return left.message(outside().config.outbox, name) or abort(404)
