"""Signing in with a password: tries are spent first, and whoever fails learns nothing."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.email_address import as_kept
from webapp.accounts.models import User
from webapp.accounts.passwords import hash_password, outdated, verify_password
from webapp.attempts import Limit, forgive, refund, spend_each
from webapp.config import SIGN_IN_PAUSE, SIGN_IN_TRIES, SIGN_IN_TRIES_PER_ADDRESS
from webapp.ports import Outside

PER_ACCOUNT = Limit(SIGN_IN_TRIES, SIGN_IN_PAUSE, SIGN_IN_PAUSE)
PER_ADDRESS = Limit(SIGN_IN_TRIES_PER_ADDRESS, SIGN_IN_PAUSE, SIGN_IN_PAUSE)
WHO = select(User).where(col(User.email) == sa.bindparam("email"))
USER: sa.Table = User.__table__  # type: ignore[attr-defined]
STILL_SO = (USER.c.password_hash == sa.bindparam("known")) & USER.c.deactivated_at.is_(None)
RIGHT = sa.update(USER).where(USER.c.id == sa.bindparam("of"), STILL_SO).values(password_hash=sa.bindparam("renewed"))


@dataclass(frozen=True)
class SignIn:
    """What became of a sign-in: a user, or nobody, or a pause until an instant."""

    user: User | None = None
    paused_until: datetime | None = None


def check_password(db: Session, outside: Outside, *, email: str, password: str, address: str) -> SignIn:
    """Look whether e-mail and password belong together.

    Tries are counted per account *and* address, so a stranger's guesses never lock the owner out; unknown, wrong and
    inactive cost the same time and get the same answer. The caller commits a success, with the session it begins.
    """
    now = outside.now()
    email, address = as_kept(email), neighbourhood(address)
    ring = f"sign-in-address:{outside.seal.recognise('address', address)}"
    pair = f"sign-in:{outside.seal.recognise('sign-in', f'{email} {address}')}"
    user = db.exec(WHO, params={"email": email}).first()
    taken = spend_each(db, {ring: PER_ADDRESS, pair: PER_ACCOUNT}, now)  # nothing is locked while a hash is computed
    if taken.free_at:
        return SignIn(paused_until=taken.free_at)
    right = verify_password(user.password_hash if user else None, password)
    if not (user and right and user.active):
        return SignIn()
    known = user.password_hash or ""
    renewed = hash_password(password) if outdated(known) else known
    if not db.connection().execute(RIGHT, {"of": user.id, "renewed": renewed, "known": known}).rowcount:
        db.rollback()
        return SignIn()  # the password was changed while it was looked at, and its sessions have ended
    refund(db, ring)  # in the order in which they are spent, lest two block each other
    forgive(db, pair)
    user.password_hash = renewed
    return SignIn(user)


def neighbourhood(address: str) -> str:
    """What one attacker has of addresses: a single one of IPv4, a /64 of IPv6."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address
