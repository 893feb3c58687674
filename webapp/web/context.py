"""What a view may reach for: the database, the outside world, the time, and who is here."""

from datetime import datetime
from typing import Any, cast

from flask import abort, current_app, g
from flask_login import current_user
from sqlmodel import Session

from webapp.accounts import mandate_queries
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import Employer, LoginSession, User
from webapp.accounts.topics import NOTHING, Rights
from webapp.database import db as database
from webapp.formats import local_day
from webapp.ports import Outside


def db() -> Session:
    """This request's session."""
    return cast(Session, database.session)


def outside() -> Outside:
    """The gateways, the keys and the settings."""
    return cast(Outside, current_app.extensions["outside"])


def now() -> datetime:
    """The time of the server, aware, in UTC."""
    return outside().now()


def _whoever() -> Any:
    """The person or stranger behind ``current_user``, which would be looked up anew at each of its attributes."""
    return current_user._get_current_object()  # noqa: SLF001 -- so Werkzeug names it


def me_or_nobody() -> User | None:
    """Whoever has given at least a password."""
    someone = _whoever()
    return someone.user if someone.is_authenticated else None


def me() -> User:
    """Whoever has given at least a password; the doors see to it that there is somebody."""
    return me_or_nobody() or abort(401)


def my_session() -> LoginSession:
    """The session of whoever is here."""
    someone = _whoever()
    return cast(LoginSession, someone.session) if someone.is_authenticated else abort(401)


def level() -> int:
    """0: nobody is signed in, 1: with a password, 2: with a password and a second factor."""
    someone = _whoever()
    return someone.session.level if someone.is_authenticated else 0


def my_mandate() -> tuple[Mandate, Employer] | None:
    """The mandate with which the session goes on, and its company; None for one's own, or when it counts no more."""
    if "mandate" not in g:
        person, chosen = me_or_nobody(), None
        if person and (number := my_session().mandate_id):
            chosen = mandate_queries.chosen(db(), person, number, local_day(now()))
        g.mandate = chosen
    return cast("tuple[Mandate, Employer] | None", g.mandate)


def mandate_over() -> bool:
    """Whether the company that was chosen is open no more."""
    return me_or_nobody() is not None and my_session().mandate_id is not None and my_mandate() is None


def my_employer() -> Employer | None:
    """The company that the person is here for; None for the fund's clerks and strangers."""
    if "employer" not in g:
        person, chosen = me_or_nobody(), my_mandate()
        own = db().get(Employer, person.employer_id) if person and person.employer_id and not mandate_over() else None
        g.employer = chosen[1] if chosen else own
    return cast("Employer | None", g.employer)


def acting_from() -> Employer | None:
    """While one acts for another company by a mandate: one's own, to which login, letters and settings belong."""
    return mandate_queries.own_company(db(), me()) if my_mandate() else None


def my_rights() -> Rights:
    """What the person may do for the company that they are here for."""
    person, chosen = me_or_nobody(), my_mandate()
    if person is None or mandate_over():
        return NOTHING
    return chosen[0].rights if chosen else person.rights


def here() -> Employer:
    """The company that the person is here for; 404 for whoever has none."""
    return my_employer() or abort(404)
