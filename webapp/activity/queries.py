"""What happened, newest first, with the names of those whom it is about and of those who did it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from webapp.accounts.models import Employer, User
from webapp.activity.wanted import Wanted
from webapp.audit.events import Event
from webapp.audit.models import AuditEvent

ON_A_PAGE = 25
OF_MANDATES = (Event.MANDATE_GIVEN, Event.MANDATE_CHANGED, Event.MANDATE_ENDED, Event.MANDATE_RUN_OUT)
ABOUT, BY = aliased(User), aliased(User)
NEWEST_FIRST = (col(AuditEvent.at).desc(), col(AuditEvent.chain).desc(), col(AuditEvent.position).desc())
SHOWN: tuple[Any, ...] = (
    AuditEvent.at,
    AuditEvent.chain,
    AuditEvent.event,
    AuditEvent.details,
    AuditEvent.about_id,
    col(ABOUT.first_name).label("first_name"),
    col(ABOUT.last_name).label("last_name"),
    AuditEvent.by_id,
    col(BY.first_name).label("by_first_name"),
    col(BY.last_name).label("by_last_name"),
    col(BY.clerk).label("by_the_fund"),
    Employer.name.label("company"),  # type: ignore[attr-defined]
    Employer.member_number,
)


@dataclass(frozen=True)
class Happened:
    """One page, and whether there is an older one."""

    rows: Sequence[sa.Row[Any]]
    page: int
    older: bool


def on_account(db: Session, user: User, page: int) -> Happened:
    """What happened on one's own account, in whichever company; of a mandate once, as its company sees it."""
    copied = sa.and_(col(AuditEvent.chain) == user.employer_id, col(AuditEvent.event).in_(OF_MANDATES))
    return _some(db, page, col(AuditEvent.about_id) == user.id, sa.not_(copied))


def in_company(db: Session, employer_id: int, page: int) -> Happened:
    """What happened in one company."""
    return _some(db, page, col(AuditEvent.chain) == employer_id)


def everywhere(db: Session, wanted: Wanted) -> Happened:
    """Whatever happened, as far as it is wanted."""
    conditions = [col(AuditEvent.event) == wanted.event] if wanted.event else []
    if wanted.company:
        company = sa.select(col(Employer.id)).where(col(Employer.member_number) == wanted.company)
        conditions.append(col(AuditEvent.chain).in_(company))
    return _some(db, wanted.page, *conditions)


def _some(db: Session, page: int, *conditions: sa.ColumnElement[bool]) -> Happened:
    found = (
        sa.select(*SHOWN)
        .select_from(AuditEvent)
        .outerjoin(ABOUT, col(ABOUT.id) == col(AuditEvent.about_id))
        .outerjoin(BY, col(BY.id) == col(AuditEvent.by_id))
        .outerjoin(Employer, col(Employer.id) == col(AuditEvent.chain))
        .where(*conditions)
        .order_by(*NEWEST_FIRST)
    )
    rows = db.execute(found.limit(ON_A_PAGE + 1).offset((page - 1) * ON_A_PAGE)).all()
    return Happened(rows[:ON_A_PAGE], page, older=len(rows) > ON_A_PAGE)
