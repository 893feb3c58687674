"""What pages ask about people."""

from datetime import datetime

from sqlmodel import Session, col, select

from webapp.accounts.models import Employer, LoginSession, User


def administrators_of(db: Session, employer_id: int | None) -> list[User]:
    """The active administrators of a company, by name."""
    of_company = select(User).where(
        User.employer_id == employer_id, col(User.administrator).is_(True), col(User.deactivated_at).is_(None)
    )
    return list(db.exec(of_company.order_by(User.last_name, User.first_name)))


def sessions_of(db: Session, user: User, now: datetime) -> list[LoginSession]:
    """Where ``user`` is signed in, the last used first."""
    mine = select(LoginSession).where(LoginSession.user_id == user.id, col(LoginSession.ended_at).is_(None))
    return [row for row in db.exec(mine.order_by(col(LoginSession.seen_at).desc())) if row.live(now)]


def company_of(db: Session, user: User) -> str:
    """The name of the user's company; nothing for the fund's clerks."""
    employer = db.get(Employer, user.employer_id) if user.employer_id else None
    return employer.name if employer else ""
