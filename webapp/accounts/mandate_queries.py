"""Who acts for whom: what the pages of mandates and the choice of a company show."""

from datetime import date

from sqlmodel import Session, col, select

from webapp.accounts.email_address import as_kept
from webapp.accounts.mandate_days import Phase
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import Employer, User

ORDER = (Phase.RUNNING, Phase.TO_COME, Phase.RUN_OUT)


def chosen(db: Session, user: User, mandate_id: int, today: date) -> tuple[Mandate, Employer] | None:
    """The mandate that a session of ``user`` goes on with, as far as it counts today."""
    mine = select(Mandate, Employer).join(Employer, col(Employer.id) == col(Mandate.employer_id))
    found = db.exec(mine.where(Mandate.id == mandate_id, Mandate.user_id == user.id)).first()
    return (found[0], found[1]) if found and found[0].counts(today) else None


def companies_of(db: Session, user: User, today: date) -> list[tuple[Mandate, Employer]]:
    """Whom ``user`` may act for today, by name."""
    return [(mandate, company) for mandate, company in _theirs(db, user) if mandate.counts(today)]


def companies_to_come(db: Session, user: User, today: date) -> list[tuple[Mandate, Employer]]:
    """Whom ``user`` may act for from a later day on, by name."""
    found = _theirs(db, user)
    return [(mandate, company) for mandate, company in found if mandate.days.phase(today) is Phase.TO_COME]


def _theirs(db: Session, user: User) -> list[tuple[Mandate, Employer]]:
    theirs = select(Mandate, Employer).join(Employer, col(Employer.id) == col(Mandate.employer_id))
    theirs = theirs.where(Mandate.user_id == user.id, col(Mandate.ended_at).is_(None))
    return [(row[0], row[1]) for row in db.exec(theirs.order_by(col(Employer.name), col(Employer.id)))]


def given_by(db: Session, employer_id: int | None, today: date) -> list[tuple[Mandate, User, Employer | None]]:
    """Who acts for a company, with the person's own: those who do today first, then to come, run out, ended."""
    given = select(Mandate, User, Employer).join(User, col(User.id) == col(Mandate.user_id))
    given = given.outerjoin(Employer, col(Employer.id) == col(User.employer_id))
    given = given.where(Mandate.employer_id == employer_id)
    rows = db.exec(given.order_by(col(User.search), col(Mandate.id).desc()))
    found = [(mandate, user, company) for mandate, user, company in rows]
    return sorted(found, key=lambda row: (row[0].ended_at is not None, ORDER.index(row[0].days.phase(today))))


def given_one(db: Session, employer_id: int | None, public_id: str) -> Mandate | None:
    """A running mandate of a company."""
    given = select(Mandate).where(Mandate.employer_id == employer_id, Mandate.public_id == public_id)
    return db.exec(given.where(col(Mandate.ended_at).is_(None))).first()


def somebody_of(db: Session, member_number: str, email: str) -> User | None:
    """An active person by their company's member number and their own address; both must fit."""
    theirs = select(User).join(Employer, col(Employer.id) == col(User.employer_id))
    theirs = theirs.where(Employer.member_number == member_number, User.email == as_kept(email))
    return db.exec(theirs.where(col(User.deactivated_at).is_(None))).first()


def own_company(db: Session, user: User) -> Employer | None:
    """The company that ``user`` belongs to; None for the fund's clerks."""
    return db.get(Employer, user.employer_id) if user.employer_id else None


def holder_of(db: Session, mandate: Mandate) -> User:
    """Who acts by it."""
    return db.get_one(User, mandate.user_id)
