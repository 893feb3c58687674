"""One document on its way from claimed letters to whoever posts them, whatever dies in between.

Each step ends in one conditional update, so a second worker or a second try changes nothing. The codes exist only
while their letters are printed, and in the sealed PDF until it is handed over.
"""

import hashlib
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.models import Employer, User
from webapp.audit.actions import note
from webapp.audit.events import Event
from webapp.audit.queries import anchored_by_run
from webapp.formats import local_day
from webapp.jobs import job
from webapp.letters.enclosure import Enclosure, drawn_for
from webapp.letters.manifest import Entry, manifest
from webapp.letters.models import Letter, PrintDocument, PrintRun, Trouble, printable
from webapp.letters.sheet import Sheet
from webapp.letters.square import square
from webapp.letters.window import typeset
from webapp.letters.working_days import last_valid_day
from webapp.ports import Outside, PrintedDocument, TryAgainLater, Unprintable

Claim = tuple[Letter, str, tuple[str, ...]]  # the letter, the person's name, the address


@job(queue="letters")
def print_document(db: Session, outside: Outside, document_id: int) -> None:
    """Print one document, hand it over, and close its run if it was the last; may be done twice, also at once."""
    try:
        _seal(db, outside, document_id)
        _hand_over(db, outside, document_id)
        _finish(db, outside, document_id)
    except (TryAgainLater, Unprintable) as problem:
        db.rollback()
        _change(db, document_id, trouble=Trouble.PRESS if isinstance(problem, Unprintable) else Trouble.FOLDER)
        db.commit()
        raise


def _seal(db: Session, outside: Outside, document_id: int) -> None:
    document = db.exec(select(PrintDocument).where(PrintDocument.id == document_id)).one()
    if document.sealed_at:
        db.rollback()
        return
    claims, language, printed_on = _claims(db, document_id), document.language, local_day(outside.now())
    db.rollback()  # nobody waits for us while we print
    letters = [letter for letter, _, _ in claims]
    drawn = dict(drawn_for(letters[0].purpose)(letters, printed_on, outside)) if letters else {}
    claims = [claim for claim in claims if claim[0].id in drawn]
    pdf = _printed(outside, claims, drawn, language, printed_on) if claims else None
    kept = _change(
        db,
        document_id,
        col(PrintDocument.sealed_at).is_(None),
        sealed_at=outside.now(),
        sealed_pdf=outside.seal.close_bytes(pdf) if pdf else None,
        sha256=hashlib.sha256(pdf).hexdigest() if pdf else None,
        letters=len(claims),
        handed_over_at=None if pdf else outside.now(),
    )
    if not kept:  # another worker was first: our codes have never existed
        db.rollback()
        return
    _mark_printed(db, outside, document_id, claims, [letter.id or 0 for letter in letters], printed_on)
    db.add_all(enclosure.record for enclosure in drawn.values())
    db.commit()


def _claims(db: Session, document_id: int) -> list[Claim]:
    rows = db.exec(
        select(Letter, User, Employer.name)
        .join(User, col(User.id) == Letter.user_id)
        .join(Employer, col(Employer.id) == User.employer_id, isouter=True)
        .where(Letter.document_id == document_id, *printable())
        .order_by(col(Letter.id))
    ).all()
    for letter, _, _ in rows:
        db.expunge(letter)
    return [(letter, user.full_name, user.address(company or "").printed) for letter, user, company in rows]


def _printed(
    outside: Outside, claims: list[Claim], drawn: dict[int, Enclosure], language: str, printed_on: date
) -> bytes:
    sheets = [
        Sheet(
            number=letter.number,
            person=person,
            address=typeset(address, outside.config.window),
            printed_on=printed_on,
            last_day=last_valid_day(printed_on),
            code=drawn[letter.id or 0].code,
            square=square(outside.config.address, drawn[letter.id or 0].code) if letter.purpose.has_square else None,
            large=letter.large_print,
        )
        for letter, person, address in claims
    ]
    template = f"letters/{claims[0][0].purpose}.html"
    return outside.press.pdf(outside.writer.write(template, language, sheets=sheets, side=outside.config.window))


def _mark_printed(
    db: Session, outside: Outside, document_id: int, claims: list[Claim], asked: list[int], printed_on: date
) -> None:
    """Date the printed letters; let go of those that were held meanwhile, withdraw those that got no code."""
    now, mine = outside.now(), col(Letter.document_id) == document_id
    printed = [letter.id or 0 for letter, _, _ in claims]
    dated = db.execute(
        sa.update(Letter)
        .where(col(Letter.id).in_(printed), mine, *printable())
        .values(printed_at=now, printed_on=printed_on)
    )
    if dated.rowcount != len(printed):  # type: ignore[attr-defined]
        raise TryAgainLater("a letter was withdrawn or held while it was being printed")
    for letter, _, address in claims:
        db.execute(sa.update(Letter).where(col(Letter.id) == letter.id).values(addressed_to=list(address)))
    unsent = col(Letter.id).in_(set(asked) - set(printed))
    db.execute(sa.update(Letter).where(unsent, col(Letter.withdrawn_at).is_(None)).values(withdrawn_at=now))
    db.execute(sa.update(Letter).where(mine, col(Letter.printed_at).is_(None)).values(document_id=None))


def _hand_over(db: Session, outside: Outside, document_id: int) -> None:
    document = db.exec(select(PrintDocument).where(PrintDocument.id == document_id)).one()
    if document.handed_over_at or document.sealed_pdf is None:
        db.rollback()
        return
    run = db.exec(select(PrintRun).where(PrintRun.id == document.run_id)).one()
    run_name, name, sealed = run.name, document.name, document.sealed_pdf
    numbers = _numbers(db, document_id)
    db.rollback()
    outside.carrier.hand_over(run_name, PrintedDocument(name, outside.seal.open_bytes(sealed), numbers))
    _change(
        db,
        document_id,
        col(PrintDocument.handed_over_at).is_(None),
        handed_over_at=outside.now(),
        sealed_pdf=None,
        trouble=None,
    )
    db.commit()


def _finish(db: Session, outside: Outside, document_id: int) -> None:
    """Write the delivery note when every document has been taken; a run may be closed by two, with the same words."""
    run_id = db.exec(select(PrintDocument.run_id).where(PrintDocument.id == document_id)).one()
    run = db.exec(select(PrintRun).where(PrintRun.id == run_id)).one()
    documents = db.exec(
        select(PrintDocument).where(PrintDocument.run_id == run_id).order_by(col(PrintDocument.position))
    ).all()
    if run.handed_over_at or not all(document.handed_over_at for document in documents):
        db.rollback()
        return
    entries = [
        Entry(document.name, document.language, _numbers(db, document.id or 0), document.sha256 or "")
        for document in documents
        if document.letters
    ]
    audit = anchored_by_run(db, run_id)
    name, listed = run.name, manifest(run.name, run.started_at, run.started_by_id, entries, audit)
    db.rollback()
    outside.carrier.finish(name, listed)
    open_run = sa.update(PrintRun).where(col(PrintRun.id) == run_id, col(PrintRun.handed_over_at).is_(None))
    if db.execute(open_run.values(handed_over_at=outside.now())).rowcount:  # type: ignore[attr-defined]
        note(db, outside, Event.RUN_PRINTED, run=run_id, letters=listed["letters"])
    _change(db, document_id, trouble=None)
    db.commit()


def _numbers(db: Session, document_id: int) -> tuple[str, ...]:
    letters = select(Letter).where(Letter.document_id == document_id, col(Letter.printed_at).is_not(None))
    return tuple(letter.number for letter in db.exec(letters.order_by(col(Letter.id))))


def _change(db: Session, document_id: int, *where: sa.ColumnElement[bool], **values: object) -> bool:
    statement = sa.update(PrintDocument).where(col(PrintDocument.id) == document_id, *where).values(**values)
    return bool(db.execute(statement).rowcount)  # type: ignore[attr-defined]


def without_code(db: Session, outside: Outside, letter: Letter) -> bytes:
    """The copy of a printed letter for the person's history: the same sheet, the code blacked out, no square."""
    user = db.exec(select(User).where(User.id == letter.user_id)).one()
    language = db.exec(select(PrintDocument.language).where(PrintDocument.id == letter.document_id)).one()
    printed_on = letter.printed_on or local_day(outside.now())
    side = outside.config.window
    sheet = Sheet(
        number=letter.number,
        person=user.full_name,
        address=typeset(tuple(letter.addressed_to or ()), side),
        printed_on=printed_on,
        last_day=last_valid_day(printed_on),
        large=letter.large_print,
    )
    return outside.press.pdf(
        outside.writer.write(f"letters/{letter.purpose}.html", language, sheets=[sheet], side=side)
    )
