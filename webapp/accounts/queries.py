"""What pages ask about people."""

from sqlmodel import Session, col, select

from webapp.accounts.models import Employer, User


def administrators_of(db: Session, employer_id: int | None) -> list[User]:
    """The active administrators of a company, by name."""
    of_company = select(User).where(
        User.employer_id == employer_id, col(User.administrator).is_(True), col(User.deactivated_at).is_(None)
    )
    return list(db.exec(of_company.order_by(User.last_name, User.first_name)))


def company_of(db: Session, user: User) -> str:
    """The name of the user's company; nothing for the fund's clerks."""
    employer = db.get(Employer, user.employer_id) if user.employer_id else None
    return employer.name if employer else ""
