"""Print runs from the first press of the button to the post, and addresses that turn out to be wrong."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.actions import note_about, write_to
from webapp.accounts.models import User
from webapp.audit.actions import note
from webapp.audit.events import Event
from webapp.config import LETTERS_PER_DOCUMENT
from webapp.database import insert_unless_there
from webapp.formats import local_day
from webapp.jobs import job, scheduled
from webapp.letters.models import AddressReport, Letter, PrintDocument, PrintRun, Purpose, printable
from webapp.letters.printing import print_document
from webapp.letters.working_days import delivered_by
from webapp.ports import Outside


def start_run(db: Session, outside: Outside, started_by_id: int | None) -> PrintRun | None:
    """Claim every letter that waits and is not held, once, and have them printed; None when there is none."""
    waiting = db.execute(
        select(Letter.id, Letter.purpose, User.language)
        .join(User, col(User.id) == Letter.user_id)
        .where(col(Letter.document_id).is_(None), *printable())
        .order_by(User.language, Letter.purpose, col(Letter.id))
        .with_for_update(of=Letter)  # whoever comes second waits here, and then finds them claimed
    ).all()
    if not waiting:
        db.rollback()
        return None
    run = PrintRun(started_at=outside.now(), started_by_id=started_by_id)
    db.add(run)
    db.flush()
    note(db, outside, Event.RUN_STARTED, by=started_by_id, run=run.id, letters=len(waiting))
    for position, (language, ids) in enumerate(_portions(waiting), start=1):
        document = PrintDocument(run_id=run.id or 0, position=position, language=language, letters=len(ids))
        db.add(document)
        db.flush()
        db.execute(sa.update(Letter).where(col(Letter.id).in_(ids)).values(document_id=document.id))
        outside.jobs.enqueue(db, print_document, document.id or 0)
    db.commit()
    return run


def _portions(waiting: Sequence[Any]) -> Iterator[tuple[str, list[int]]]:
    for (language, _), rows in groupby(waiting, key=lambda row: (row.language, row.purpose)):
        ids = [row.id for row in rows]
        for start in range(0, len(ids), LETTERS_PER_DOCUMENT):
            yield language, ids[start : start + LETTERS_PER_DOCUMENT]


def post_run(db: Session, outside: Outside, run: PrintRun, posted_by_id: int | None = None) -> int | None:
    """Somebody brought the run to the post: how many letters; None when it was posted before or is not printed yet.

    The people are told by e-mail, one job a document.
    """
    now = outside.now()
    claimed = db.execute(
        sa.update(PrintRun)
        .where(col(PrintRun.id) == run.id, col(PrintRun.handed_over_at).is_not(None), col(PrintRun.posted_at).is_(None))
        .values(posted_at=now, posted_by_id=posted_by_id)
    )
    if not claimed.rowcount:  # type: ignore[attr-defined]
        db.rollback()
        return None
    documents = db.exec(select(PrintDocument.id).where(PrintDocument.run_id == run.id, PrintDocument.letters > 0)).all()
    posted = db.execute(
        sa.update(Letter)
        .where(col(Letter.document_id).in_(documents), col(Letter.printed_at).is_not(None))
        .where(col(Letter.posted_at).is_(None))
        .values(posted_at=now)
    )
    count = int(posted.rowcount)  # type: ignore[attr-defined]
    note(db, outside, Event.RUN_POSTED, by=posted_by_id, run=run.id, letters=count)
    for document_id in documents:
        outside.jobs.enqueue(db, announce_post, document_id or 0)
    db.commit()
    return count


@job
def announce_post(db: Session, outside: Outside, document_id: int) -> None:
    """Tell the people of one document by e-mail that their letter is in the post; never with the code, never twice."""
    first = db.execute(
        sa.update(PrintDocument)
        .where(col(PrintDocument.id) == document_id, col(PrintDocument.announced_at).is_(None))
        .values(announced_at=outside.now())
    )
    if not first.rowcount:  # type: ignore[attr-defined]
        db.rollback()
        return
    people = db.exec(
        select(User, Letter.posted_at, Letter.purpose)
        .join(Letter, col(Letter.user_id) == User.id)
        .where(Letter.document_id == document_id, col(Letter.posted_at).is_not(None))
        .order_by(col(Letter.id))
    ).all()
    for user, posted_at, purpose in people:
        expected = delivered_by(local_day(posted_at or outside.now()), outside.config.fund.canton)
        name = "recovery_posted" if purpose is Purpose.RECOVERY else "letter_posted"
        write_to(db, outside, user, name, expected_by=expected)
        note_about(db, outside, Event.LETTER_POSTED, user, by=None, purpose=purpose)
    db.commit()


@scheduled("17 5 * * *", queue="letters")
def resume(db: Session, outside: Outside) -> None:
    """Put every unfinished document back to work, also one that was given up after a long disturbance."""
    unfinished = db.exec(
        select(PrintDocument.id)
        .join(PrintRun, col(PrintRun.id) == PrintDocument.run_id)
        .where(col(PrintRun.handed_over_at).is_(None))
        .where(col(PrintDocument.handed_over_at).is_(None) | (col(PrintDocument.position) == 1))  # 1: closes the run
        .order_by(col(PrintDocument.id))
    ).all()
    for document_id in unfinished:
        outside.jobs.enqueue(db, print_document, document_id or 0)
    db.commit()


def hold_letters(db: Session, outside: Outside, user: User, remark: str = "", *, by: User) -> None:
    """The address of ``user`` seems wrong: what waits is held until the fund has settled it. The caller commits."""
    values = {"user_id": user.id, "reported_at": outside.now(), "remark": remark}
    if not insert_unless_there(db, AddressReport, **values) and remark:
        open_one = (col(AddressReport.user_id) == user.id, col(AddressReport.settled_at).is_(None))
        db.execute(sa.update(AddressReport).where(*open_one).values(remark=remark))
    note_about(db, outside, Event.ADDRESS_REPORTED, user, by=by)


def report_wrong_address(db: Session, outside: Outside, user: User, remark: str) -> AddressReport:
    """``user`` says that letters would not arrive: a waiting letter is held until the fund has settled it."""
    open_one = (col(AddressReport.user_id) == user.id, col(AddressReport.settled_at).is_(None))
    hold_letters(db, outside, user, remark, by=user)
    db.commit()
    return db.exec(select(AddressReport).where(*open_one), execution_options={"populate_existing": True}).one()


def settle_address(db: Session, outside: Outside, report: AddressReport, clerk: User) -> bool:
    """The register is right again: the letter may go. False when it was settled before."""
    settled = db.execute(
        sa.update(AddressReport)
        .where(col(AddressReport.id) == report.id, col(AddressReport.settled_at).is_(None))
        .values(settled_at=outside.now(), settled_by_id=clerk.id)
    )
    done, user = bool(settled.rowcount), db.get(User, report.user_id)  # type: ignore[attr-defined]
    if done and user:
        note_about(db, outside, Event.ADDRESS_SETTLED, user, by=clerk)
    db.commit()
    return done
