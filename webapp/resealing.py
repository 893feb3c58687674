"""After a change of the sealing secret: seal anew what waits and what is kept, so that the old word can be dropped."""

from collections.abc import Callable

from sqlmodel import Session, col, select, update

from webapp.letters.models import PrintDocument
from webapp.login_methods.models import Challenge, Enrolment
from webapp.messages.models import Message
from webapp.seal import Seal

SEALED = ((Enrolment, "kept"), (Challenge, "kept"), (Message, "sealed"), (PrintDocument, "sealed_pdf"))


def reseal(db: Session, seal: Seal, progress: Callable[[int], object] = lambda _: None) -> int:
    """Seal every sealed column with the first word of the secret; how many rows. Interrupted, it can be done again."""
    done = 0
    for table, name in SEALED:
        column, key = getattr(table, name), table.id
        ids = db.exec(select(key).where(col(column).is_not(None))).all()
        for row_id in ids:
            before = db.exec(select(column).where(col(key) == row_id)).one()
            if before:
                renewed = seal.close_bytes(seal.open_bytes(before))
                # what was sent or erased meanwhile stays as it is
                same = update(table).where(col(key) == row_id, col(column) == before)
                db.exec(same.values({name: renewed}))
                db.commit()
                done += 1
            progress(1)
    return done
