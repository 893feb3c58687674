"""The present password once more, from whoever is signed in already."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from webapp.accounts.models import LoginSession, User
from webapp.accounts.passwords import verify_password
from webapp.attempts import Limit, forgive, spend
from webapp.config import SIGN_IN_PAUSE, SIGN_IN_TRIES
from webapp.ports import Outside

PER_SESSION = Limit(SIGN_IN_TRIES, SIGN_IN_PAUSE, SIGN_IN_PAUSE)


@dataclass(frozen=True)
class Wrong:
    """It is not the password; or there is a pause until an instant."""

    paused_until: datetime | None = None


def prove_password(db: Session, outside: Outside, user: User, session: LoginSession, typed: str) -> Wrong | None:
    """What is wrong with the present password; None when it is right.

    Tries are counted for each session: whoever has taken one over keeps the owner out of none of the others.
    """
    subject = f"password-again:{session.id}"
    taken = spend(db, subject, PER_SESSION, outside.now())
    if taken.free_at:
        return Wrong(paused_until=taken.free_at)
    if not verify_password(user.password_hash, typed):
        return Wrong()
    forgive(db, subject)
    db.commit()  # nothing is locked while the next hash is computed
    return None
