"""What was kept of a login method is erased with it: a number, a key, hashes of codes."""

from datetime import timedelta

from sqlmodel import Session, col, update

from webapp.jobs import scheduled
from webapp.login_methods.models import ERASED, Enrolment
from webapp.ports import Outside

ABANDONED = timedelta(days=1)  # no session lasts that long


@scheduled("3 5 * * *")
def forget_abandoned(db: Session, outside: Outside) -> None:
    """Erase, once a day, what was begun and never confirmed, and what is still kept of methods that went long ago."""
    now = outside.now()
    pending = (col(Enrolment.confirmed_at).is_(None), col(Enrolment.removed_at).is_(None))
    begun = update(Enrolment).where(*pending, col(Enrolment.started_at) < now - ABANDONED)
    db.execute(begun.values(removed_at=now, kept=ERASED))
    gone = update(Enrolment).where(col(Enrolment.removed_at).is_not(None), col(Enrolment.kept) != ERASED)
    db.execute(gone.values(kept=ERASED))
    db.commit()
