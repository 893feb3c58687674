"""Signing in and out, and the sessions that follow from it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlmodel import Session, col, select, update

from webapp.accounts.models import LoginSession, User
from webapp.accounts.passwords import hash_password, outdated, verify_password
from webapp.attempts import Limit, forgive, refund, spend_each
from webapp.config import SESSION_IDLE, SIGN_IN_PAUSE, SIGN_IN_TRIES, SIGN_IN_TRIES_PER_ADDRESS
from webapp.ports import Outside

PER_ACCOUNT = Limit(SIGN_IN_TRIES, SIGN_IN_PAUSE, SIGN_IN_PAUSE)
PER_ADDRESS = Limit(SIGN_IN_TRIES_PER_ADDRESS, SIGN_IN_PAUSE, SIGN_IN_PAUSE)
TOUCH_EVERY = timedelta(seconds=20)  # a session is not written at every click


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
    email, address = email.casefold(), _neighbourhood(address)
    ring = f"sign-in-address:{outside.seal.recognise('address', address)}"
    pair = f"sign-in:{outside.seal.recognise('sign-in', f'{email} {address}')}"
    user = db.exec(select(User).where(User.email == email)).first()
    taken = spend_each(db, {ring: PER_ADDRESS, pair: PER_ACCOUNT}, now)  # nothing is locked while a hash is computed
    if taken.free_at:
        return SignIn(paused_until=taken.free_at)
    right = verify_password(user.password_hash if user else None, password)
    if not (user and right and user.active):
        return SignIn()
    forgive(db, pair)
    refund(db, ring)
    if outdated(user.password_hash or ""):
        user.password_hash = hash_password(password)
    user.last_login_at = now
    return SignIn(user)


def _neighbourhood(address: str) -> str:
    """What one attacker has of addresses: a single one of IPv4, a /64 of IPv6."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


def begin_session(
    db: Session, outside: Outside, user: User, *, level: int, replacing: str | None, idle_minutes: int | None = None
) -> tuple[str, LoginSession]:
    """A new session of ``user``; the one that it replaces is over. Returns the word for the cookie, and the row."""
    now = outside.now()
    before = _row(db, outside, replacing) if replacing else None
    minutes = idle_minutes or (before.idle_minutes if before else SESSION_IDLE // timedelta(minutes=1))
    word = secrets.token_urlsafe(32)
    row = LoginSession(
        key=outside.seal.recognise("session", word),
        user_id=user.id or 0,
        level=level,
        started_at=now,
        seen_at=now,
        proved_at=now,
        idle_minutes=minutes,
    )
    if before:
        before.ended_at = now
    db.add(row)
    db.commit()
    return word, row


def recognise(db: Session, outside: Outside, word: str) -> tuple[User, LoginSession] | None:
    """Who holds the live session of ``word``."""
    now = outside.now()
    found = db.exec(
        select(User, LoginSession)
        .join(LoginSession, col(LoginSession.user_id) == col(User.id))
        .where(LoginSession.key == outside.seal.recognise("session", word))
    ).first()
    if found is None or not found[1].live(now) or not found[0].active:
        return None
    return found[0], found[1]


def keep_alive(db: Session, outside: Outside, row: LoginSession) -> None:
    """The session was used: its idle time starts anew."""
    row.seen_at = outside.now()
    db.commit()


def due_to_be_kept_alive(outside: Outside, row: LoginSession) -> bool:
    """Whether its last use was written long enough ago to be written again."""
    return outside.now() - row.seen_at >= TOUCH_EVERY


def end_session(db: Session, outside: Outside, word: str) -> None:
    """Sign out here."""
    row = _row(db, outside, word)
    if row and row.ended_at is None:
        row.ended_at = outside.now()
    db.commit()


def end_other_sessions(db: Session, outside: Outside, user: User, *, but: LoginSession | None) -> None:
    """Sign out everywhere else; the caller commits."""
    others = update(LoginSession).where(col(LoginSession.user_id) == user.id, col(LoginSession.ended_at).is_(None))
    if but is not None:
        others = others.where(col(LoginSession.id) != but.id)
    db.exec(others.values(ended_at=outside.now()))


def _row(db: Session, outside: Outside, word: str) -> LoginSession | None:
    return db.exec(select(LoginSession).where(LoginSession.key == outside.seal.recognise("session", word))).first()
