"""What lists show about letters, print runs and wrong addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.models import User
from webapp.formats import local_day
from webapp.letters.models import AddressReport, Letter, PrintDocument, PrintRun, printable
from webapp.letters.working_days import arrival, last_valid_day


@dataclass(frozen=True)
class Sent:
    """One letter in a person's history."""

    letter: Letter
    held: bool
    expected: date
    valid_until: date | None


def history(db: Session, user: User, canton: str, today: date) -> list[Sent]:
    """All letters of a person, newest first; letters that were withdrawn too."""
    mine = select(Letter).where(Letter.user_id == user.id).order_by(col(Letter.id).desc())
    reported = select(AddressReport.id).where(AddressReport.user_id == user.id, col(AddressReport.settled_at).is_(None))
    held = db.exec(reported).first() is not None
    return [
        Sent(
            letter,
            held and letter.waiting,
            expected(letter, today, canton),
            last_valid_day(letter.printed_on) if letter.printed_on else None,
        )
        for letter in db.exec(mine)
    ]


class Dated(Protocol):
    """What tells when a letter arrives."""

    @property
    def ordered_at(self) -> datetime:
        """When it was ordered."""

    @property
    def printed_on(self) -> date | None:
        """The date on it."""

    @property
    def posted_at(self) -> datetime | None:
        """When it was brought to the post."""


def expected(letter: Dated, today: date, canton: str) -> date:
    """The day by which a letter has arrived, as far as it is known ``today``."""
    posted = local_day(letter.posted_at) if letter.posted_at else None
    return arrival(local_day(letter.ordered_at), letter.printed_on, posted, today, canton)


def printed_letter(db: Session, user: User, public_id: str) -> Letter | None:
    """A letter of ``user`` that was printed; None for anybody else's, unknown and unprinted ones alike."""
    mine = select(Letter).where(Letter.user_id == user.id, Letter.public_id == public_id)
    return db.exec(mine.where(col(Letter.printed_at).is_not(None))).first()


def how_many_wait(db: Session) -> int:
    """How many letters a new run would take."""
    waiting = select(sa.func.count()).select_from(Letter).where(col(Letter.document_id).is_(None), *printable())
    return db.exec(waiting).one()


@dataclass(frozen=True)
class Progress:
    """How far a print run is; counts of letters."""

    run: PrintRun
    documents: Sequence[PrintDocument]

    @property
    def letters(self) -> int:
        """How many letters the run has."""
        return sum(document.letters for document in self.documents)

    @property
    def ready(self) -> int:
        """How many of them whoever posts them has taken."""
        return sum(document.letters for document in self.documents if document.handed_over_at)

    @property
    def done(self) -> bool:
        """Whether the printer has everything."""
        return self.run.handed_over_at is not None

    @property
    def last_sign(self) -> datetime:
        """When the run last got on."""
        signs = [moment for document in self.documents for moment in (document.sealed_at, document.handed_over_at)]
        return max([self.run.started_at, *(moment for moment in signs if moment)])


DOCUMENTS = (  # put into words once: a page asks again and again while a run is printed
    select(PrintDocument)
    .where(col(PrintDocument.run_id) == sa.bindparam("run"))
    .options(sa.orm.defer(PrintDocument.sealed_pdf))  # type: ignore[arg-type]
    .order_by(col(PrintDocument.position))
)


def progress(db: Session, run: PrintRun) -> Progress:
    """How far ``run`` is now."""
    return Progress(run, db.exec(DOCUMENTS, params={"run": run.id}).all())


def run_with_name(db: Session, name: str) -> PrintRun | None:
    """The run called ``name`` (run-000017)."""
    prefix, _, number = name.partition("-")
    return db.get(PrintRun, int(number)) if prefix == "run" and number.isdecimal() and len(number) < 10 else None


def open_documents(db: Session, run: PrintRun) -> list[int]:
    """The documents of ``run`` that whoever posts them has not taken; the first one too while the run is not closed."""
    documents = progress(db, run).documents
    unfinished = [document.id or 0 for document in documents if not document.handed_over_at]
    return unfinished or [document.id or 0 for document in documents[:1] if not run.handed_over_at]
