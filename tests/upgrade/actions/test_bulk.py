"""Letters for many: by the rules, all or none, once a form, and never for another company's people."""

import secrets
from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from tests.factories import a_clerk, a_user, an_administrator, an_employer
from tests.letters.orders import an_order
from tests.twins import Clock
from webapp.accounts.models import User
from webapp.letters.actions import report_wrong_address
from webapp.letters.models import Letter, Reason
from webapp.ports import Outside
from webapp.upgrade.actions import bulk
from webapp.upgrade.actions.bulk import NotYours, order_for_many, tell, tell_the_rest
from webapp.upgrade.eligibility import Refusal
from webapp.upgrade.models import BulkOrder, BulkOrderLine, CodeWish


def order(db: Session, outside: Outside, by: User, people: list[User], key: str = "") -> BulkOrder:
    """One press of ``by`` for people of the own company."""
    ids = [person.id or 0 for person in people]
    given = {"by": by, "user_ids": ids, "employer_id": by.employer_id, "key": key or secrets.token_hex(16)}
    return order_for_many(db, outside, **given)[0]


def became(db: Session, placed: BulkOrder) -> dict[int, Refusal | None]:
    """What the order brought each person: None is a letter."""
    lines = db.exec(select(BulkOrderLine).where(BulkOrderLine.order_id == placed.id)).all()
    assert all((line.letter_id is None) == (line.refusal is not None) for line in lines)
    return {line.user_id: line.refusal for line in lines}


def counted(db: Session, table: type) -> int:
    db.rollback()
    return int(db.exec(select(func.count()).select_from(table)).one())


def test_each_rule_refuses_for_its_reason_and_stops_nobody_else(db: Session, outside: Outside, clock: Clock) -> None:
    company = an_employer(db)
    admin = an_administrator(db, company)
    fine, gone, upgraded, factor, homeless, held, waiting, soon, many = people = [a_user(db, company) for _ in range(9)]
    for days in (26, 19, 12, 5):
        an_order_of(db, many, clock() - timedelta(days=days))
    an_order_of(db, soon, clock() - timedelta(hours=23))
    an_order(db, waiting)
    report_wrong_address(db, outside, held, "")
    gone.deactivated_at = upgraded.upgraded_at = factor.factor_since = clock()
    homeless.postcode = ""
    db.commit()
    assert became(db, order(db, outside, admin, people)) == {
        fine.id: None,
        gone.id: Refusal.INACTIVE,
        upgraded.id: Refusal.ALREADY_UPGRADED,
        factor.id: Refusal.ALREADY_UPGRADED,
        homeless.id: Refusal.ADDRESS_INCOMPLETE,
        held.id: Refusal.ADDRESS_REPORTED,
        waiting.id: Refusal.LETTER_WAITING,
        soon.id: Refusal.TOO_SOON,
        many.id: Refusal.TOO_MANY,
    }
    assert [mail.recipient for mail in outside.mailer.sent if mail.recipient != outside.config.fund.email] == [
        fine.email
    ]


def an_order_of(db: Session, user: User, at: object) -> None:
    """A letter that was ordered then, and printed."""
    letter = an_order(db, user)
    letter.ordered_at = letter.printed_at = at
    db.commit()


def test_everybody_is_told_once_in_their_language_and_their_wish_is_answered(db: Session, outside: Outside) -> None:
    company = an_employer(db)
    admin = an_administrator(db, company, first_name="Hélène", last_name="Favre")
    people = [a_user(db, company, language="de" if number % 2 else "fr") for number in range(120)]
    db.add(CodeWish(user_id=people[0].id or 0, asked_at=outside.now()))
    db.commit()
    placed = order(db, outside, admin, people)
    tell(db, outside, placed.id or 0)  # a job may be done twice
    tell_the_rest(db, outside)
    assert Counter(mail.recipient for mail in outside.mailer.sent) == Counter(person.email for person in people)
    assert sum("Hélène Favre hat" in mail.text for mail in outside.mailer.sent) == 60
    assert db.exec(select(CodeWish.answered_at)).one()


def test_who_was_not_told_when_the_job_died_is_told_later(
    db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = an_employer(db)
    admin, people = an_administrator(db, company), [a_user(db, company) for _ in range(120)]
    real, written = bulk.tell_one, []

    def dies_at_the_seventieth(db: Session, outside: Outside, person: User, by: User) -> None:
        written.append(person.id)
        if len(written) == 70:
            raise MemoryError
        real(db, outside, person, by)

    monkeypatch.setattr(bulk, "tell_one", dies_at_the_seventieth)
    with pytest.raises(MemoryError):
        order(db, outside, admin, people)
    db.rollback()
    assert len(outside.mailer.sent) == 0 or len(outside.mailer.sent) == 50
    monkeypatch.setattr(bulk, "tell_one", real)
    outside.jobs._waiting.clear()
    tell_the_rest(db, outside)
    told = Counter(db.exec(sa.text("SELECT user_id FROM message")).scalars().all())
    assert told == Counter(person.id for person in people)


def test_the_same_form_again_is_the_same_order(db: Session, outside: Outside) -> None:
    company = an_employer(db)
    admin, person, other = an_administrator(db, company), a_user(db, company), a_user(db, company)
    first = order(db, outside, admin, [person], key="a" * 32)
    given = {"by": admin, "user_ids": [other.id or 0], "employer_id": company.id, "key": "a" * 32}
    again, new = order_for_many(db, outside, **given)
    assert (again.id, new) == (first.id, False)
    assert counted(db, Letter) == 1


def test_somebody_elses_form_is_as_good_as_unknown(db: Session, outside: Outside) -> None:
    company = an_employer(db)
    order(db, outside, an_administrator(db, company), [a_user(db, company)], key="a" * 32)
    stranger = an_administrator(db)
    with pytest.raises(NotYours):
        order(db, outside, stranger, [stranger], key="a" * 32)
    assert counted(db, Letter) == 1


@pytest.mark.parametrize("wrong", ["another company's", "unknown", "a clerk"])
def test_one_wrong_person_refuses_the_whole_order(db: Session, outside: Outside, wrong: str) -> None:
    company = an_employer(db)
    admin, people = an_administrator(db, company), [a_user(db, company) for _ in range(3)]
    strangers = {"another company's": a_user(db), "unknown": User(id=10**6), "a clerk": a_clerk(db)}
    with pytest.raises(NotYours):
        order(db, outside, admin, [*people, strangers[wrong]])
    assert (counted(db, Letter), counted(db, BulkOrder), counted(db, BulkOrderLine)) == (0, 0, 0)
    assert not outside.mailer.sent


def test_a_clerk_orders_for_several_companies_but_never_for_a_clerk(db: Session, outside: Outside) -> None:
    clerk, people = a_clerk(db), [a_user(db), a_user(db)]
    assert list(became(db, order(db, outside, clerk, people)).values()) == [None, None]
    with pytest.raises(NotYours):
        order(db, outside, clerk, [a_user(db), a_clerk(db)])
    assert counted(db, Letter) == 2


def test_however_often_it_is_pressed_nobody_is_flooded(db: Session, outside: Outside, clock: Clock) -> None:
    company = an_employer(db)
    admin, person = an_administrator(db, company), a_user(db, company)
    for _ in range(20):
        order(db, outside, admin, [person, person])
    assert counted(db, Letter) == 1
    for _ in range(120):  # sixty days, every letter printed at once
        db.execute(sa.update(Letter).where(col(Letter.printed_at).is_(None)).values(printed_at=clock()))
        db.commit()
        clock.passes(hours=12)
        order(db, outside, admin, [person])
    assert counted(db, Letter) <= 9
    reasons = db.exec(select(Letter.reason).order_by(col(Letter.id))).all()
    assert reasons == [Reason.FIRST, *[Reason.NOT_ARRIVED] * (len(reasons) - 1)]


def test_nobody_to_order_for_is_an_order_without_letters(db: Session, outside: Outside) -> None:
    admin = an_administrator(db)
    assert became(db, order(db, outside, admin, [])) == {}
    assert not outside.jobs.done
