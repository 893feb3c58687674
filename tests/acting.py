"""Somebody of one company acts for another one, as its administrator has let them."""

from collections.abc import Mapping
from datetime import date

from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from tests.doors import sign_in
from webapp.accounts.actions.mandating import choose_company, give_mandate
from webapp.accounts.mandate_days import Days
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import Employer, LoginSession, User
from webapp.accounts.topics import Level, Topic
from webapp.formats import local_day
from webapp.ports import Outside

READS: Mapping[Topic, Level] = dict.fromkeys(Topic, Level.READ)


def a_mandate(
    db: Session,
    outside: Outside,
    user: User,
    by: User,
    levels: Mapping[Topic, Level] = READS,
    first: date | None = None,
    last: date | None = None,
) -> Mandate:
    """``user`` may act for the company of ``by``, from today on if nothing else is said; committed."""
    company, days = db.get_one(Employer, by.employer_id), Days(first or local_day(outside.now()), last)
    assert give_mandate(db, outside, company, user, levels, days, by=by)
    given = select(Mandate).where(Mandate.user_id == user.id, Mandate.employer_id == company.id)
    return next(one for one in db.exec(given) if one.ended_at is None)


def acts_by(
    client: FlaskClient,
    db: Session,
    outside: Outside,
    user: User,
    mandate: Mandate | None,
    *,
    owes_method: bool = False,
) -> FlaskClient:
    """``client`` with a live session of ``user``, who has chosen this company; None: their own."""
    sign_in(client, db, outside, user, level=2, owes_method=owes_method)
    live = select(LoginSession).where(LoginSession.user_id == user.id, col(LoginSession.ended_at).is_(None))
    row = db.exec(live.order_by(col(LoginSession.id).desc())).first()
    assert row
    row.has_mandates = True
    choose_company(db, outside, user, row, mandate)
    return client
