"""The fund's colour as a style sheet, its logo, and what a watchman asks."""

from flask import Blueprint, Response, make_response, send_file

from webapp.web.access import open_to_anyone
from webapp.web.brand import brand_css
from webapp.web.context import db, outside

web = Blueprint("web", __name__)


@web.get("/brand.css")
@open_to_anyone
def brand() -> Response:
    """One colour, light and dark."""
    response = make_response(brand_css(outside().config.fund.accent))
    response.mimetype = "text/css"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@web.get("/logo")
@open_to_anyone
def logo() -> Response:
    """The fund's logo, from the settings."""
    response = send_file(outside().config.fund.logo, max_age=3600)
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@web.get("/healthz")
@open_to_anyone
def alive() -> Response:
    """Whether this process answers."""
    return Response("ok\n", mimetype="text/plain")


@web.get("/readyz")
@open_to_anyone
def ready() -> Response:
    """Whether the database answers too, and how many jobs wait."""
    backlog = outside().jobs.backlog(db())
    return Response(f"ok\njobs waiting: {backlog.waiting}\njobs failed: {backlog.failed}\n", mimetype="text/plain")
