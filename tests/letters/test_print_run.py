"""Print runs, told with the twins: who is printed, who is not, and that nothing happens twice."""

import json
from datetime import date

import pytest
from sqlmodel import Session, col, select

from tests.factories import a_user
from tests.letters.orders import an_order, draw, fingerprint, orders
from webapp.accounts.models import User
from webapp.letters import printing
from webapp.letters.actions import announce_post, post_run, report_wrong_address, settle_address, start_run
from webapp.letters.enclosure import Enclosure, enclose
from webapp.letters.models import Letter, PrintDocument, Purpose
from webapp.ports import Outside, TryAgainLater
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
