"""The list as shown, as a file: the same filters and order, all pages."""

from collections.abc import Iterator

from flask import Response, make_response, request
from flask_babel import gettext as _

from webapp.accounts.topics import Level, Topic
from webapp.administration import queries
from webapp.administration.sheets import Line
from webapp.administration.sheets import as_csv as csv_of
from webapp.administration.sheets import as_xlsx as xlsx_of
from webapp.administration.views import words
from webapp.administration.views.way import COMPANY, EVERYBODY, Room, administration, desk_users
from webapp.administration.wanted import Wanted
from webapp.formats import local_day
from webapp.web.access import clerks_only, needs, password_is_enough
from webapp.web.context import db, me, now

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@administration.get("/users.csv")
@needs(Topic.ADMINISTRATION, Level.READ)
@password_is_enough
def as_csv() -> Response:
    """The people of the company, for any program."""
    return _csv(COMPANY)


@administration.get("/users.xlsx")
@needs(Topic.ADMINISTRATION, Level.READ)
@password_is_enough
def as_xlsx() -> Response:
    """The people of the company, as a workbook."""
    return _xlsx(COMPANY)


@desk_users.get("/users.csv", endpoint="as_csv")
@clerks_only
def all_as_csv() -> Response:
    """The people of all companies, for any program."""
    return _csv(EVERYBODY)


@desk_users.get("/users.xlsx", endpoint="as_xlsx")
@clerks_only
def all_as_xlsx() -> Response:
    """The people of all companies, as a workbook."""
    return _xlsx(EVERYBODY)


def _lines(room: Room) -> Iterator[Line]:
    wanted, scope = Wanted.read(request.args), room.scope()
    everywhere = scope is None
    yield [*(heading for _column, heading in words.columns(with_company=everywhere)), _("Asked on")]
    read = words.reader(with_company=everywhere)
    for row in queries.all_rows(db(), wanted, scope, me(), now()):
        name, company, *cells = read(row)
        yield [name, company, *cells] if everywhere else [name, *cells]


def _csv(room: Room) -> Response:
    return _file(csv_of(_lines(room)), "text/csv; charset=utf-8", "csv")


def _xlsx(room: Room) -> Response:
    return _file(xlsx_of(_lines(room), _("Users")), WORKBOOK, "xlsx")


def _file(content: bytes, kind: str, ending: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="partnerweb-{local_day(now()):%Y-%m-%d}.{ending}"'
    return response
