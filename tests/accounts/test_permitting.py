"""Permissions of many people: in a handful of statements however many they are, each keeping what was not chosen."""

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.attacks.forgetful import statements
from tests.factories import LONG_AGO, a_clerk, an_administrator, an_employer
from webapp.accounts.actions.permitting import hold_rights, permit, permit_many
from webapp.accounts.models import User
from webapp.accounts.objections import Objection
from webapp.accounts.queries import AT_ONCE
from webapp.accounts.topics import Level, Topic
from webapp.audit.models import AuditEvent
from webapp.ports import Outside

MANY = 2 * AT_ONCE + 10
KEPT = ({}, {"documents": "none"}, {"salaries": "read"})
CHOSEN = {Topic.SALARIES: Level.READ, Topic.ADMINISTRATION: Level.READ}


def crowd(db: Session, many: int) -> list[int]:
    """So many people of one company, who may do three different things."""
    company = an_employer(db)
    facts = {"employer_id": company.id, "language": "fr", "activated_at": LONG_AGO, "address_lines": []}
    names = [{"first_name": "P", "last_name": f"{one}", "email": f"p{one}@{company.id}.example"} for one in range(many)]
    db.execute(sa.insert(User), [facts | name | {"topics": KEPT[at % 3]} for at, name in enumerate(names)])
    db.commit()
    return list(db.exec(select(User.id).where(User.employer_id == company.id).order_by(col(User.id))))


def test_everybody_keeps_what_was_not_chosen(db: Session, outside: Outside) -> None:
    clerk, ids = a_clerk(db), crowd(db, 9)
    boss = an_administrator(db)
    before = hold_rights(db, [*ids, boss.id or 0])
    assert permit_many(db, outside, before, by=clerk, levels=CHOSEN) == {boss.id: Objection.ADMINISTRATOR}
    db.commit()
    chosen = {"salaries": "read", "administration": "read"}
    kept = db.exec(select(User.topics).where(col(User.id).in_(ids)).order_by(col(User.id))).all()
    assert kept == [chosen, chosen | {"documents": "none"}, chosen] * 3
    noted = db.exec(select(AuditEvent.about_id).where(AuditEvent.event == "rights_changed")).all()
    assert sorted(noted) == sorted([*ids, *(one for at, one in enumerate(ids) if at % 3 < 2)])


def test_ten_thousand_are_not_asked_for_one_by_one(db: Session, outside: Outside) -> None:
    clerk = a_clerk(db)
    asked = []
    for many in (10, MANY):
        ids = crowd(db, many)
        with statements() as told:
            assert permit_many(db, outside, hold_rights(db, ids), by=clerk, levels=CHOSEN) == {}
        asked.append(len(told))
        db.commit()
    assert asked[1] <= 3 * asked[0], "as many statements as there are portions"


@pytest.mark.parametrize("administrator", [False, True])
def test_the_same_once_more_is_nothing(db: Session, outside: Outside, administrator: bool) -> None:  # noqa: FBT001
    clerk, user = a_clerk(db), db.get_one(User, crowd(db, 1)[0])
    assert permit(db, outside, user, CHOSEN, by=clerk) is None
    assert user.topics == {"salaries": "read", "administration": "read"}
    user.administrator = administrator
    db.commit()
    why = Objection.ADMINISTRATOR if administrator else Objection.ALREADY
    assert permit(db, outside, user, CHOSEN, by=clerk) is why
    assert len(outside.mailer.sent) == 1  # type: ignore[attr-defined]
