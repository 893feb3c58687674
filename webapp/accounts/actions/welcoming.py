"""Somebody new in a company: an account without a password, which the person sets with a code from an e-mail."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.actions.links import make_link, withdraw_links
from webapp.accounts.actions.noting import note_about
from webapp.accounts.actions.writing import write_to
from webapp.accounts.links import LinkPurpose
from webapp.accounts.models import Employer, User
from webapp.accounts.newcomer import Newcomer
from webapp.accounts.queries import address_of
from webapp.audit.events import Event
from webapp.codes import as_printed
from webapp.config import INVITATION_LIFE
from webapp.database import insert_unless_there
from webapp.ports import Outside


def add_person(db: Session, outside: Outside, newcomer: Newcomer, company: Employer, *, by: User) -> User | None:
    """The new account; None when somebody, of whatever company, has this e-mail already. The caller commits.

    Letters go where they go to most people of the company, as the fund's register has it: nobody types an address.
    """
    lines, postcode, town = address_of(db, company)
    told = {"first_name": newcomer.first_name, "last_name": newcomer.last_name, "email": newcomer.email}
    facts = {"employer_id": company.id, "administrator": newcomer.administrator, "activated_at": outside.now()}
    where = {"address_lines": lines, "postcode": postcode, "town": town, "register_said": {}}
    rest = {"public_id": _public_id(outside, newcomer, by), "clerk": False, "language": newcomer.language}
    if not insert_unless_there(db, User, **told, **facts, **where, **rest):
        return None
    user = db.exec(select(User).where(col(User.email) == newcomer.email)).one()
    note_about(db, outside, Event.USER_CREATED, user, by=by)
    return user


def added_before(db: Session, outside: Outside, newcomer: Newcomer, company: Employer, *, by: User) -> User | None:
    """The account that ``by`` made with the same form, sent for the same address."""
    made = select(User).where(User.public_id == _public_id(outside, newcomer, by), User.employer_id == company.id)
    return db.exec(made).first()


def _public_id(outside: Outside, newcomer: Newcomer, by: User) -> str:
    """128 bits that nobody can count up or foresee, the same for the same form."""
    return outside.seal.recognise("newcomer", f"{by.id} {newcomer.key} {newcomer.email}")[:32]


def welcome(db: Session, outside: Outside, user: User, *, by: User, **context: Any) -> None:
    """The e-mail with the code for the first password, in place of an earlier one; the caller commits."""
    again = withdraw_links(db, outside, user, LinkPurpose.INVITATION)
    code = make_link(db, outside, user, LinkPurpose.INVITATION, life=INVITATION_LIFE)
    note_about(db, outside, Event.USER_INVITED, user, by=by)
    company = db.execute(sa.select(col(Employer.name)).where(col(Employer.id) == user.employer_id)).scalar_one()
    told = {"code": as_printed(code), "until": outside.now() + INVITATION_LIFE, "company": company, "again": again}
    write_to(db, outside, user, "invitation", by=None if by.clerk else by.full_name, **told, **context)
