"""One sensible world a call: employers, their users, the fund's clerk. Everyone is invented."""

from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import Any

from argon2 import PasswordHasher
from sqlmodel import Session

from webapp.accounts.models import Employer, User
from webapp.config import PASSWORD_HASH

PASSWORD = "demo-Portal-2026"
LONG_AGO = datetime(2024, 1, 15, 8, 0, tzinfo=UTC)
_numbers = count(1)


@cache
def hashed(password: str = PASSWORD) -> str:
    """``password`` as it is kept; made once, with the tests' cheap parameters."""
    return PasswordHasher(**PASSWORD_HASH).hash(password)


def an_employer(db: Session, **facts: Any) -> Employer:
    """A company, committed."""
    number = next(_numbers)
    employer = Employer(**{"member_number": f"999.{number:05d}", "name": f"Boulangerie Exemple {number} SA"} | facts)
    return _kept(db, employer)


def a_user(db: Session, employer: Employer | None = None, **facts: Any) -> User:
    """An active person with the password ``PASSWORD``, without administrator rights, committed."""
    number = next(_numbers)
    usual = {
        "employer_id": (employer or an_employer(db)).id,
        "first_name": "Anne",
        "last_name": f"Favre-Exemple {number}",
        "email": f"anne{number}@company.example",
        "language": "fr",
        "activated_at": LONG_AGO,
        "password_hash": hashed(),
        "address_lines": ["Rue du Marché 7"],
        "postcode": "1800",
        "town": "Vevey",
    }
    return _kept(db, User(**usual | facts))


def an_administrator(db: Session, employer: Employer | None = None, **facts: Any) -> User:
    """A person who administers their company, committed."""
    return a_user(db, employer, **{"administrator": True} | facts)


def a_clerk(db: Session, **facts: Any) -> User:
    """Somebody who works at the fund, committed."""
    usual = {"employer_id": None, "clerk": True, "email": f"desk{next(_numbers)}@fund.example"}
    return a_user(db, Employer(id=None, member_number="", name=""), **usual | facts)


def _kept(db: Session, row: Any) -> Any:
    db.add(row)
    db.commit()
    db.refresh(row)
    db.commit()  # a reading transaction would keep others from writing on SQLite
    return row
