"""After a change of the sealing secret: seal anew what waits and what is kept, so that the old word can be dropped."""

from collections.abc import Callable

from sqlmodel import Session, col, select, update

from webapp.audit.models import AuditChain
from webapp.letters.models import PrintDocument
from webapp.login_methods.models import Challenge, Enrolment
from webapp.messages.models import Message
from webapp.seal import Seal

SEALED = (
    (Enrolment, "kept", "id"),
    (Challenge, "kept", "id"),
    (Message, "sealed", "id"),
    (PrintDocument, "sealed_pdf", "id"),
    (AuditChain, "key", "chain"),
)


def reseal(db: Session, seal: Seal, progress: Callable[[int], object] = lambda _: None) -> int:
    """Seal every sealed column with the first word of the secret; how many rows. Interrupted, it can be done again."""
    done = 0
    for table, name, by in SEALED:
        column, key = getattr(table, name), getattr(table, by)
        ids = db.exec(select(key).where(col(column).is_not(None))).all()
        for row_id in ids:
            before = db.exec(select(column).where(col(key) == row_id)).one()
            if before:
                opened = seal.open_bytes(before)
                renewed = seal.close_bytes(opened) if isinstance(before, bytes) else seal.close_bytes(opened).decode()
                # what was sent or erased meanwhile stays as it is
                same = update(table).where(col(key) == row_id, col(column) == before)
                db.exec(same.values({name: renewed}))
                db.commit()
                done += 1
            progress(1)
    return done
