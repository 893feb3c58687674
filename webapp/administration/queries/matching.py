"""Who is meant: what is known of each person as SQL, and the conditions that a filter makes of it."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from webapp.accounts.folding import words_of
from webapp.accounts.models import Employer, User
from webapp.administration.queries.searching import found_by
from webapp.administration.wanted import Wanted
from webapp.login_methods.method import Strength
from webapp.login_methods.models import Enrolment
from webapp.login_methods.shelf import shelf
from webapp.upgrade.letter_state import in_state
from webapp.upgrade.models import CodeWish
from webapp.upgrade.state import State

Text = sa.ColumnElement[str]
SPARE = [slug for slug, method in shelf().items() if method.strength is Strength.SPARE]
PASSWORD = "password"  # noqa: S105 -- a filter's word


def process() -> Text:
    """The login method that each person used last; an empty text for a password only."""
    held = sa.select(col(Enrolment.method)).where(
        col(Enrolment.user_id) == col(User.id),
        col(Enrolment.confirmed_at).is_not(None),
        col(Enrolment.removed_at).is_(None),
        col(Enrolment.method).not_in(SPARE),
    )
    used = sa.func.coalesce(col(Enrolment.used_at), col(Enrolment.confirmed_at))  # handed out, and not used yet
    latest = held.order_by(used.desc(), col(Enrolment.id)).limit(1)
    return sa.func.coalesce(latest.correlate(User).scalar_subquery(), "")


def new_here() -> sa.ColumnElement[bool]:
    """Whether each person has never had a password, as ``User.new_here`` says of one."""
    return col(User.password_hash).is_(None) & col(User.last_login_at).is_(None)


def asked_at() -> sa.ScalarSelect[datetime]:
    """When each person asked the administrators for a code that was not ordered yet."""
    wish = sa.select(sa.func.max(col(CodeWish.asked_at)))
    mine = wish.where(col(CodeWish.user_id) == col(User.id), col(CodeWish.answered_at).is_(None))
    return mine.correlate(User).scalar_subquery()


def asking() -> sa.ColumnElement[bool]:
    """Whether somebody asked the administrators for a code that was not ordered yet."""
    wished = sa.select(col(CodeWish.user_id)).where(col(CodeWish.answered_at).is_(None))
    return col(User.id).in_(wished)


def of(scope: int | sa.BindParameter[int] | None) -> tuple[sa.ColumnElement[bool], ...]:
    """The people of one company, or of all; never the fund's clerks."""
    return (col(User.employer_id) == scope,) if scope is not None else (col(User.employer_id).is_not(None),)


INACTIVE, NEW = col(User.deactivated_at).is_not(None), new_here()
STATUSES: dict[str, list[sa.ColumnElement[bool]]] = {
    "active": [~INACTIVE, ~NEW],
    "new": [~INACTIVE, NEW],
    "inactive": [INACTIVE],
}


def matching(db: Session, wanted: Wanted, scope: int | None, now: datetime) -> list[sa.ColumnElement[bool]]:
    """The conditions on ``User`` that ``wanted`` makes, never beyond ``scope`` (a company's id; None: all)."""
    conditions = [*of(scope), *found_by(db, words_of(wanted.q))]
    if wanted.company and scope is None:
        conditions.append(col(User.employer_id).in_(_companies(wanted.company)))
    if wanted.status:
        conditions += STATUSES[wanted.status]
    if wanted.process:
        conditions += [process() == "", ~NEW] if wanted.process == PASSWORD else [process() == wanted.process]
    if wanted.letter:
        conditions += in_state(State(wanted.letter), now)
    if wanted.language:
        conditions.append(col(User.language) == wanted.language)
    if wanted.asked:
        conditions.append(asking())
    return conditions


def _companies(told: str) -> sa.Select[int | None]:
    named = col(Employer.name).icontains(told, autoescape=True)
    return sa.select(col(Employer.id)).where(named | (col(Employer.member_number) == told))
