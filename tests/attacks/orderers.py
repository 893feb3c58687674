"""What contestants order, or ask for, and a naive twin of it."""

from typing import Any

from sqlmodel import select

from webapp.accounts.models import User
from webapp.letters.models import Letter, Purpose, Reason
from webapp.upgrade.actions import bulk, ordering


def order(place: Any, by_id: int, people_ids: list[int], *, reason: str = "first") -> int:
    """Order letters; how many were ordered."""
    people = [place.db.get_one(User, user_id) for user_id in people_ids]
    by = place.db.get_one(User, by_id)
    place.db.commit()
    return len(ordering.order_letters(place.db, place.outside, people, by=by, reason=Reason(reason)).sent)


def order_many(place: Any, by_id: int, key: str, *, people_ids: list[int], employer_id: int) -> tuple[int, bool]:
    """Order for many with the form ``key``; which order it is, and whether it is new."""
    by = place.db.get_one(User, by_id)
    place.db.commit()
    given = {"by": by, "user_ids": people_ids, "employer_id": employer_id, "key": key}
    placed, new = bulk.order_for_many(place.db, place.outside, **given)
    return placed.id or 0, new


def order_many_naively(place: Any, by_id: int, key: str, *, people_ids: list[int], employer_id: int) -> int:
    """As many portals do it: look who has a letter, then write the others one."""
    db, now = place.db, place.outside.now()
    have = set(db.exec(select(Letter.user_id)))
    db.commit()
    facts = {"purpose": Purpose.UPGRADE, "reason": Reason.FIRST, "ordered_at": now, "ordered_by_id": by_id}
    db.add_all(Letter(user_id=one, **facts) for one in people_ids if one not in have)
    db.commit()
    return employer_id


def wish(place: Any, *, user_id: int) -> int:
    """Ask the administrators; how many were written to."""
    user = place.db.get_one(User, user_id)
    place.db.commit()
    return len(ordering.ask_administrators(place.db, place.outside, user))
