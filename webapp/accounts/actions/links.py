"""Codes sent by e-mail: made, recognised, used once, withdrawn."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select, update

from webapp.accounts.links import AccountLink, LinkPurpose
from webapp.accounts.mailed_code import draw
from webapp.accounts.models import User
from webapp.codes import as_typed
from webapp.ports import Outside


class Unopened(StrEnum):
    """Why a code from an e-mail opens nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Found:
    """A code that would open something, and whose it is."""

    link: AccountLink
    user: User


def make_link(
    db: Session, outside: Outside, user: User, purpose: LinkPurpose, *, life: timedelta, new_email: str | None = None
) -> str:
    """A code for ``user`` that takes the place of an earlier one; it is kept nowhere. The caller commits.

    The caller holds ``user`` still first, unless the person is new: of two codes at once the database refuses one.
    """
    withdraw_links(db, outside, user, purpose)
    code, now = draw(), outside.now()
    made: dict[str, Any] = {"purpose": purpose, "new_email": new_email, "made_at": now, "expires_at": now + life}
    db.add(AccountLink(user_id=user.id or 0, key=_key(outside, code), **made))
    db.flush()
    return code


def find_link(db: Session, outside: Outside, typed: str, *purposes: LinkPurpose) -> Found | Unopened:
    """What the code that was typed would open now, and for whom. Uses nothing up.

    Whoever is told that it has expired has read it: nobody guesses one of 2^131.
    """
    wanted = select(AccountLink, User).join(User, col(User.id) == col(AccountLink.user_id))
    wanted = wanted.where(
        col(AccountLink.key) == _key(outside, as_typed(typed)), col(AccountLink.purpose).in_(purposes)
    )
    found = db.exec(wanted.execution_options(populate_existing=True)).first()
    if found is None or not found[1].active:
        return Unopened.UNKNOWN
    return _why_closed(outside, found[0]) or Found(*found)


def use_link(db: Session, outside: Outside, link: AccountLink) -> Unopened | None:
    """Use it up, or say why it cannot be; one conditional update: of however many at once, one wins.

    The caller commits, together with what it opens.
    """
    now = outside.now()
    usable = update(AccountLink).where(
        col(AccountLink.id) == link.id, col(AccountLink.expires_at) > now, *_still_open()
    )
    if db.execute(usable.values(used_at=now)).rowcount:  # type: ignore[attr-defined]
        return None
    db.refresh(link)
    return _why_closed(outside, link) or Unopened.USED


def withdraw_links(db: Session, outside: Outside, user: User, *purposes: LinkPurpose) -> bool:
    """What was sent for these purposes (for all, if none is named) opens nothing any more; whether there was any.

    The caller commits.
    """
    sent = update(AccountLink).where(
        col(AccountLink.user_id) == user.id,
        col(AccountLink.purpose).in_(purposes or tuple(LinkPurpose)),
        *_still_open(),
    )
    return bool(db.execute(sent.values(withdrawn_at=outside.now())).rowcount)  # type: ignore[attr-defined]


def _still_open() -> tuple[sa.ColumnElement[bool], ...]:
    return col(AccountLink.used_at).is_(None), col(AccountLink.withdrawn_at).is_(None)


def _why_closed(outside: Outside, link: AccountLink) -> Unopened | None:
    if link.used_at:
        return Unopened.USED
    if link.withdrawn_at:
        return Unopened.WITHDRAWN
    return Unopened.EXPIRED if outside.now() >= link.expires_at else None


def _key(outside: Outside, code: str) -> str:
    return outside.seal.recognise("account-link", code)
