"""A company whose administrator has both factors, and whoever else is there."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from tests.doors import sign_in
from tests.factories import LONG_AGO, a_clerk, a_user, an_administrator, an_employer
from tests.visitor import Visitor
from webapp.accounts.models import Employer, User
from webapp.ports import Outside

BOTH_FACTORS = {"factor_since": LONG_AGO, "upgraded_at": LONG_AGO}


@dataclass
class Company:
    """Boulangerie Favre SA: Hélène administers it, Julia works there."""

    employer: Employer
    admin: User
    julia: User

    def page_of(self, user: User) -> str:
        """Where the administrator finds somebody."""
        return f"/administration/users/{user.public_id}"


def a_company(db: Session) -> Company:
    """All of them, committed."""
    company = an_employer(db, name="Boulangerie Favre SA")
    named = {"first_name": "Hélène", "last_name": "Favre", "language": "en", **BOTH_FACTORS}
    admin = an_administrator(db, company, **named)
    return Company(company, admin, a_user(db, company, first_name="Julia", last_name="Muster", language="en"))


def comes_in(visitor: Visitor, db: Session, outside: Outside, user: User, level: int = 2) -> Visitor:
    """Signed in, in English."""
    sign_in(visitor.client, db, outside, user, level=level)
    return visitor.goes_to("/administration?lang=en" if not user.clerk else "/desk?lang=en")


def a_clerk_with_both(db: Session) -> User:
    """Somebody at the fund."""
    return a_clerk(db, first_name="Paul", last_name="Caisse", language="en", **BOTH_FACTORS)


def written_to(outside: Outside, user: User) -> list[str]:
    """The subjects of what was written to somebody."""
    return [mail.subject for mail in outside.mailer.sent if mail.recipient == user.email]  # type: ignore[attr-defined]


def active_administrators(db: Session, company: Employer) -> list[int | None]:
    """The ids of those who are left."""
    db.rollback()
    active = select(User.id).where(User.employer_id == company.id, col(User.deactivated_at).is_(None))
    return list(db.exec(active.where(col(User.administrator).is_(True))))
