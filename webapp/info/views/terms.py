"""The terms of use: the text in force, its earlier versions, and which one was accepted when."""

from datetime import date

from flask import Response, abort

from webapp.formats import local_day
from webapp.info.views.blueprint import info
from webapp.upgrade import queries
from webapp.upgrade.terms import current_version, published, template
from webapp.web.access import open_to_anyone
from webapp.web.context import db, me_or_nobody, now
from webapp.web.languages import language
from webapp.web.pages import page


@info.get("/terms")
@open_to_anyone
def terms() -> Response:
    """The terms of use in force today."""
    return _shown(current_version(local_day(now())))


@info.get("/terms/<version>")
@open_to_anyone
def terms_of(version: str) -> Response:
    """A version by its day, the earlier ones too."""
    if version not in published(local_day(now())):
        abort(404)
    return _shown(version)


def _shown(version: str) -> Response:
    today, person = local_day(now()), me_or_nobody()
    return page(
        "info/terms.html",
        text=template(version, language()),
        version=version,
        in_force=current_version(today),
        versions=published(today),
        days={one: date.fromisoformat(one) for one in published(today)},
        accepted=queries.accepted_terms(db(), person) if person else {},
    )
