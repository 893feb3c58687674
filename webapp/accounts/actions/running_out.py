"""A mandate comes to its last day: both sides are told before and after, each time once, whoever dies meanwhile.

An end that is marked as told is told in the same transaction. Another last day takes the marks away: see ``set_days``.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.actions.noting import note_about
from webapp.accounts.actions.writing import write_to
from webapp.accounts.mandate_days import NOTICE
from webapp.accounts.mandate_queries import holder_of
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import Employer
from webapp.accounts.queries import administrators_of, company_of
from webapp.audit.actions import note
from webapp.audit.events import Event
from webapp.formats import local_day
from webapp.jobs import scheduled
from webapp.ports import Outside

TOLD_AT_ONCE = 20  # mandates in one transaction: on SQLite everybody else waits meanwhile
ENDS_ON = col(Mandate.ends_on)


@scheduled("13 5 * * *")
def tell_of_ends(db: Session, outside: Outside) -> None:
    """Tell, once a day, of the mandates that have run out, and of those whose last day is near."""
    today = local_day(outside.now())
    _tell_all(db, outside, "run_out", "told_of_end_at", today > ENDS_ON)
    _tell_all(db, outside, "ending", "end_announced_at", ENDS_ON.between(today, today + NOTICE))


def _tell_all(db: Session, outside: Outside, what: str, mark: str, due: sa.ColumnElement[bool]) -> None:
    untold = (due, col(Mandate.ended_at).is_(None), col(getattr(Mandate, mark)).is_(None))
    while claimed := _claim(db, mark, untold, outside):
        for mandate in claimed:
            _tell(db, outside, mandate, what)
        db.commit()
    db.rollback()


def _claim(db: Session, mark: str, untold: tuple[sa.ColumnElement[bool], ...], outside: Outside) -> Sequence[Mandate]:
    """Some mandates that are not told of yet, held and marked; of two who claim at once the second gets the others."""
    some = select(Mandate).where(*untold).order_by(col(Mandate.id)).limit(TOLD_AT_ONCE)
    claimed = db.exec(some.with_for_update().execution_options(populate_existing=True)).all()
    for mandate in claimed:
        setattr(mandate, mark, outside.now())
    return claimed


def _tell(db: Session, outside: Outside, mandate: Mandate, what: str) -> None:
    """Whoever acts by it, if they may still sign in, and the company's administrators."""
    user, company = holder_of(db, mandate), db.get_one(Employer, mandate.employer_id)
    facts: dict[str, Any] = {"company": company.name, "last": mandate.ends_on}
    if user.active:
        write_to(db, outside, user, f"mandate_{what}", **facts)
    about = {"holder": user.full_name, "office": company_of(db, user), "mandate": mandate.public_id}
    for administrator in administrators_of(db, company.id):
        write_to(db, outside, administrator, f"mandate_{what}_here", **facts, **about)
    if what == "run_out":
        note(db, outside, Event.MANDATE_RUN_OUT, about=user.id, employer_id=company.id)
        note_about(db, outside, Event.MANDATE_RUN_OUT, user, by=None)
