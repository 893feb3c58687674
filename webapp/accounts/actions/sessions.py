"""Sessions on the server: begun, carried to a higher level, used, and over."""

import secrets
from datetime import timedelta

from sqlalchemy import bindparam
from sqlmodel import Session, col, select, update

from webapp.accounts.actions.mandating import has_mandates
from webapp.accounts.actions.noting import note_about
from webapp.accounts.models import LoginSession, User
from webapp.audit.events import Event
from webapp.config import SESSION_IDLE
from webapp.ports import Outside

TOUCH_EVERY = timedelta(seconds=20)  # a session is not written at every click
WHOSE = (  # made once: every request asks it
    select(User, LoginSession)
    .join(LoginSession, col(LoginSession.user_id) == col(User.id))
    .where(col(LoginSession.key) == bindparam("key"))
)


def begin_session(
    db: Session,
    outside: Outside,
    user: User,
    *,
    level: int,
    replacing: str | None,
    idle_minutes: int | None = None,
    device: str = "",
) -> tuple[str, LoginSession]:
    """A new session of ``user``, in place of another that ends. The cookie's word, the row."""
    before = _row(db, outside, replacing) if replacing else None
    minutes = idle_minutes or (before.idle_minutes if before else SESSION_IDLE // timedelta(minutes=1))
    word, row = _fresh(outside, user, level=level, idle_minutes=minutes)
    row.device = device
    if level == 1 and user.factor_since:
        note_about(db, outside, Event.PASSWORD_GIVEN, user, by=user)
    else:
        _note_sign_in(db, outside, user, level)
    _take_the_place(db, before, row)
    return word, row


def carry_on(
    db: Session, outside: Outside, user: User, word: str, *, owes_method: bool, proved: bool = True
) -> tuple[str, LoginSession] | None:
    """The live session of ``word`` under a new word, with both factors; None when it was ended meanwhile.

    Proved afresh it lasts no longer than it did; not ``proved`` just now, its last proof stays as old as it is.
    """
    before = _still_live(db, outside, user, word)
    if before is None:
        return None
    new_word, row = _fresh(outside, user, level=2, idle_minutes=before.idle_minutes)
    row.device, row.has_mandates = before.device, has_mandates(db, outside, user)
    row.owes_method = owes_method
    if before.level == row.level:
        row.started_at, row.mandate_id, row.chose_at = before.started_at, before.mandate_id, before.chose_at
    else:
        _note_sign_in(db, outside, user, row.level)
    if not proved:
        row.proved_at = before.proved_at
    _take_the_place(db, before, row)
    return new_word, row


def renew_session(db: Session, outside: Outside, user: User, word: str) -> tuple[str, LoginSession] | None:
    """The live session of ``word`` as it is, under a new word: a copy of the cookie opens nothing any more.

    None when it was ended meanwhile.
    """
    before = _still_live(db, outside, user, word)
    if before is None:
        return None
    new_word, row = _fresh(outside, user, level=before.level, idle_minutes=before.idle_minutes)
    for name in ("owes_method", "started_at", "proved_at", "device", "has_mandates", "mandate_id", "chose_at"):
        setattr(row, name, getattr(before, name))
    _take_the_place(db, before, row)
    return new_word, row


def _still_live(db: Session, outside: Outside, user: User, word: str) -> LoginSession | None:
    """The session of ``word``, unless it was ended meanwhile; ``user`` is held still."""
    hold_still(db, user)
    row = _row(db, outside, word)
    if row is None or row.user_id != user.id or not row.live(outside.now()):
        db.rollback()
        return None
    return row


def _note_sign_in(db: Session, outside: Outside, user: User, factors: int) -> None:
    """Complete, with everything that is asked of ``user``."""
    user.last_login_at = outside.now()
    note_about(db, outside, Event.SIGNED_IN, user, by=user, factors=factors)


def hold_still(db: Session, user: User) -> None:
    """Until the commit nobody else changes how ``user`` signs in, nor lets a session of theirs rise."""
    db.exec(select(User.id).where(col(User.id) == user.id).with_for_update())


def _fresh(outside: Outside, user: User, *, level: int, idle_minutes: int) -> tuple[str, LoginSession]:
    """A session that begins now; the word that opens it, its row."""
    now, word = outside.now(), secrets.token_urlsafe(32)
    row = LoginSession(
        key=outside.seal.recognise("session", word),
        user_id=user.id or 0,
        level=level,
        started_at=now,
        seen_at=now,
        proved_at=now,
        idle_minutes=idle_minutes,
    )
    return word, row


def _take_the_place(db: Session, before: LoginSession | None, row: LoginSession) -> None:
    if before:
        before.ended_at = row.seen_at
    db.add(row)
    db.commit()


def recognise(db: Session, outside: Outside, word: str) -> tuple[User, LoginSession] | None:
    """Who holds the live session of ``word``."""
    now = outside.now()
    found = db.exec(WHOSE, params={"key": outside.seal.recognise("session", word)}).first()
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
    user = db.get(User, row.user_id) if row and row.ended_at is None else None
    if row and user:
        row.ended_at = outside.now()
        note_about(db, outside, Event.SIGNED_OUT, user, by=user)
    db.commit()


def end_other_sessions(db: Session, outside: Outside, user: User, *, but: LoginSession | None) -> None:
    """Sign out everywhere else; the caller commits."""
    others = update(LoginSession).where(col(LoginSession.user_id) == user.id, col(LoginSession.ended_at).is_(None))
    if but is not None:
        others = others.where(col(LoginSession.id) != but.id)
    if db.exec(others.values(ended_at=outside.now())).rowcount:
        everywhere = {} if but else {"what": "all"}
        note_about(db, outside, Event.SIGNED_OUT_ELSEWHERE, user, by=user if but else None, **everywhere)


def end_one_session(db: Session, outside: Outside, user: User, number: int) -> bool:
    """Sign ``user`` out on one device, once or again; False when there is no such session of theirs."""
    row = db.exec(select(LoginSession).where(LoginSession.id == number, LoginSession.user_id == user.id)).first()
    if row and row.ended_at is None:
        row.ended_at = outside.now()
        note_about(db, outside, Event.SESSION_ENDED, user, by=user)
    db.commit()
    return row is not None


def sign_out_elsewhere(db: Session, outside: Outside, user: User, session: LoginSession) -> None:
    """End every session of ``user`` but this one."""
    end_other_sessions(db, outside, user, but=session)
    db.commit()


def _row(db: Session, outside: Outside, word: str) -> LoginSession | None:
    """As it is now, whatever was read of it before."""
    row = select(LoginSession).where(LoginSession.key == outside.seal.recognise("session", word))
    return db.exec(row.execution_options(populate_existing=True)).first()
