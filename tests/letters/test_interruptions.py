"""Print runs in which something changes or goes wrong on the way, told with the twins."""

import pytest
from sqlmodel import Session, col, select

from tests.factories import a_user
from tests.letters.orders import an_order, draw, orders
from webapp.accounts.models import User
from webapp.letters.actions import report_wrong_address, resume, settle_address, start_run
from webapp.letters.enclosure import enclose
from webapp.letters.models import Letter, PrintDocument, PrintRun, Purpose, Trouble
from webapp.letters.printing import print_document
from webapp.ports import Outside, TryAgainLater, Unprintable
from webapp.upgrade.models import UpgradeCode


@pytest.fixture(autouse=True)
def _codes() -> None:
    enclose(Purpose.UPGRADE, draw)


def letters(db: Session) -> list[Letter]:
    """Every letter as it is now."""
    db.rollback()
    db.expire_all()
    return list(db.exec(select(Letter).order_by(col(Letter.id))))


def claimed(db: Session, outside: Outside, count: int) -> int:
    """A run whose jobs have not begun: the id of its only document."""
    users = [a_user(db) for _ in range(count)]
    for user in users:
        an_order(db, user)
    outside.carrier.refuses = outside.press.refuses = TryAgainLater()
    start_run(db, outside, None)
    outside.carrier.refuses = outside.press.refuses = None
    outside.jobs.failed.clear()
    db.rollback()
    return db.exec(select(PrintDocument.id)).one() or 0


def test_a_letter_withdrawn_after_the_claim_is_left_out(db: Session, outside: Outside) -> None:
    document = claimed(db, outside, 3)
    gone, *rest = letters(db)
    gone.withdrawn_at = outside.now()
    db.add(gone)
    db.commit()
    print_document(db, outside, document)
    [(_, handed)] = outside.carrier.handed["run-000001"].items()
    assert list(handed.letters) == [letter.number for letter in rest]
    assert letters(db)[0].printed_at is None


def test_a_letter_held_after_the_claim_waits_for_the_next_run(db: Session, outside: Outside) -> None:
    document = claimed(db, outside, 2)
    first = letters(db)[0]
    user = db.get(User, first.user_id)
    assert user
    report = report_wrong_address(db, outside, user, "")
    print_document(db, outside, document)
    assert [letter.printed_at is None for letter in letters(db)] == [True, False]
    settle_address(db, outside, report, user)
    assert start_run(db, outside, None)
    assert all(letter.printed_at for letter in letters(db))


def test_a_letter_withdrawn_while_it_is_printed_is_not_sent(db: Session, outside: Outside) -> None:
    document = claimed(db, outside, 2)
    first = letters(db)[0].id
    db.rollback()
    plain = outside.press.pdf

    def slowly(html: str) -> bytes:
        with Session(db.get_bind()) as other:
            letter = other.get(Letter, first)
            assert letter
            letter.withdrawn_at = outside.now()
            other.add(letter)
            other.commit()
        return plain(html)

    outside.press.pdf = slowly
    with pytest.raises(TryAgainLater):
        print_document(db, outside, document)
    assert not db.exec(select(UpgradeCode)).all()
    db.rollback()
    del outside.press.pdf
    print_document(db, outside, document)
    assert [letter.printed_at is None for letter in letters(db)] == [True, False]


def test_who_gets_no_code_gets_no_letter(db: Session, outside: Outside) -> None:
    enclose(Purpose.UPGRADE, lambda asked, on, world: draw(asked[1:], on, world))
    orders(db, 1)
    run = start_run(db, outside, None)
    assert run
    assert letters(db)[0].withdrawn_at
    assert outside.carrier.manifests[run.name]["letters"] == 0
    assert start_run(db, outside, None) is None


def test_a_full_disk_is_waited_for(db: Session, outside: Outside) -> None:
    outside.carrier.refuses = TryAgainLater("full")
    orders(db, 2)
    run = start_run(db, outside, None)
    assert run
    db.rollback()
    hashes = {code.hash for code in db.exec(select(UpgradeCode))}
    assert {document.trouble for document in db.exec(select(PrintDocument))} == {Trouble.FOLDER}
    db.rollback()
    outside.carrier.refuses = None
    outside.jobs.again()
    db.expire_all()
    assert {code.hash for code in db.exec(select(UpgradeCode))} == hashes  # the letters already printed, not new ones
    assert {document.trouble for document in db.exec(select(PrintDocument))} == {None}
    assert outside.carrier.manifests[run.name]["letters"] == 2


def test_an_unprintable_letter_is_told(db: Session, outside: Outside) -> None:
    outside.press.refuses = Unprintable("no logo")
    orders(db, 1)
    start_run(db, outside, None)
    db.rollback()
    assert db.exec(select(PrintDocument.trouble)).one() == Trouble.PRESS
    assert letters(db)[0].printed_at is None


def test_what_was_given_up_is_resumed(db: Session, outside: Outside) -> None:
    outside.carrier.refuses = TryAgainLater("full")
    orders(db, 3)
    run = start_run(db, outside, None)
    assert run
    outside.jobs.failed.clear()
    outside.carrier.refuses = None
    resume(db, outside)
    assert outside.carrier.manifests[run.name]["letters"] == 3
    before = len(outside.jobs.done)
    resume(db, outside)
    assert len(outside.jobs.done) == before


def test_a_letter_ordered_during_a_run_goes_with_the_next(db: Session, outside: Outside) -> None:
    claimed(db, outside, 1)
    an_order(db, a_user(db))
    run = start_run(db, outside, None)
    assert run
    assert outside.carrier.manifests[run.name]["letters"] == 1
    assert db.exec(select(PrintRun)).all()
