"""Print runs, told with the twins: who is printed, who is not, and that nothing happens twice."""

import json
from datetime import date

import pytest
from sqlmodel import Session, col, select

from tests.factories import a_user
from tests.letters.orders import an_order, draw, fingerprint, orders
from webapp.accounts.models import User
from webapp.letters import printing
from webapp.letters.actions import announce_post, post_run, report_wrong_address, resume, settle_address, start_run
from webapp.letters.enclosure import Enclosure, enclose
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


def test_every_waiting_letter_is_printed_once(db: Session, outside: Outside) -> None:
    orders(db, 13)
    run = start_run(db, outside, None)
    assert run
    assert start_run(db, outside, None) is None
    documents = outside.carrier.handed[run.name]
    numbers = [number for document in documents.values() for number in document.letters]
    assert sorted(numbers) == [letter.number for letter in letters(db)]
    assert all(letter.printed_on == date(2026, 11, 23) for letter in letters(db))


def test_the_delivery_note_counts_everything_and_names_nobody(db: Session, outside: Outside) -> None:
    orders(db, 13)
    run = start_run(db, outside, None)
    assert run
    note = outside.carrier.manifests[run.name]
    handed = outside.carrier.handed[run.name]
    assert note["letters"] == 13 == sum(document["letters"] for document in note["documents"])
    for document in note["documents"]:
        given = handed[document["name"]]
        assert document["sha256"] == printing.hashlib.sha256(given.pdf).hexdigest()
        assert document["numbers"] == list(given.letters)
    assert "Favre" not in json.dumps(note)


def test_a_document_holds_one_language_and_no_more_than_its_limit(
    db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.letters.actions.LETTERS_PER_DOCUMENT", 3)
    orders(db, 13)
    start_run(db, outside, None)
    documents = db.exec(select(PrintDocument)).all()
    assert max(document.letters for document in documents) == 3
    for document in documents:
        mine = select(User.language).join(Letter, col(Letter.user_id) == User.id)
        assert set(db.exec(mine.where(Letter.document_id == document.id))) == {document.language}


def test_no_code_is_left_anywhere(db: Session, outside: Outside) -> None:
    drawn: list[str] = []

    def listening(*asked: object) -> object:
        found = draw(*asked)  # type: ignore[arg-type]
        drawn.extend(enclosure.code for enclosure in found.values())
        return found

    enclose(Purpose.UPGRADE, listening)  # type: ignore[arg-type]
    orders(db, 4)
    start_run(db, outside, None)
    assert len(drawn) == 4
    assert {code.hash for code in db.exec(select(UpgradeCode))} == {fingerprint(code) for code in drawn}
    assert all(document.sealed_pdf is None for document in db.exec(select(PrintDocument)))
    assert not any(code in repr((letters(db), Enclosure(code, None))) for code in drawn)


def test_a_letter_is_held_while_the_address_is_wrong(db: Session, outside: Outside) -> None:
    user = a_user(db)
    an_order(db, user)
    report = report_wrong_address(db, outside, user, "We moved in May.")
    assert start_run(db, outside, None) is None
    assert settle_address(db, outside, report, user)
    assert not settle_address(db, outside, report, user)
    assert start_run(db, outside, None)


def test_a_second_report_is_the_same_task(db: Session, outside: Outside) -> None:
    user = a_user(db)
    first = report_wrong_address(db, outside, user, "We moved.").id
    db.commit()
    second = report_wrong_address(db, outside, user, "We moved to Rue Neuve 3.")
    assert (second.id, second.remark) == (first, "We moved to Rue Neuve 3.")


def test_who_was_deactivated_gets_no_letter(db: Session, outside: Outside) -> None:
    user = a_user(db)
    an_order(db, user)
    user.deactivated_at = outside.now()
    db.add(user)
    db.commit()
    assert start_run(db, outside, None) is None


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


def test_posting_is_told_to_each_person_once(db: Session, outside: Outside) -> None:
    orders(db, 3)
    run = start_run(db, outside, None)
    assert run
    assert post_run(db, outside, run, None) == 3
    assert post_run(db, outside, run, None) is None
    for document in db.exec(select(PrintDocument.id)).all():
        db.rollback()
        announce_post(db, outside, document or 0)
    people = db.exec(select(User.email)).all()
    assert sorted(mail.recipient for mail in outside.mailer.sent) == sorted(people)
    assert all(letter.posted_at for letter in letters(db))


def test_what_is_not_printed_cannot_be_posted(db: Session, outside: Outside) -> None:
    outside.carrier.refuses = TryAgainLater("full")
    orders(db, 1)
    run = start_run(db, outside, None)
    assert run
    assert post_run(db, outside, run, None) is None
    assert outside.mailer.sent == []


def test_a_letter_ordered_during_a_run_goes_with_the_next(db: Session, outside: Outside) -> None:
    claimed(db, outside, 1)
    an_order(db, a_user(db))
    run = start_run(db, outside, None)
    assert run
    assert outside.carrier.manifests[run.name]["letters"] == 1
    assert db.exec(select(PrintRun)).all()
