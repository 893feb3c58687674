"""The one place where upgrade letters are ordered: for one person or for ten thousand, by the same rules."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from webapp.accounts.models import User, public_id
from webapp.letters.models import Letter, Purpose, Reason
from webapp.ports import Outside
from webapp.upgrade import candidates
from webapp.upgrade.eligibility import Refusal
from webapp.upgrade.models import CodeWish, UpgradeCode


@dataclass(frozen=True)
class Placed:
    """Whom a letter is written to, and whom not, and why: together everybody who was asked for, by user id."""

    letters: dict[int, int]  # the letter's id
    refused: dict[int, Refusal]


def place_letters(db: Session, outside: Outside, user_ids: Collection[int], *, by: User, reason: Reason) -> Placed:
    """Order a letter for each of these people who may have one. The caller tells them, and commits.

    However many do this at once, one waits for the other; whoever comes second finds the letters of the first.
    A letter reported lost, or seen by someone else, is void at once, whether or not a new one may already be ordered.
    """
    now = outside.now()
    _wait_for_others(db, user_ids)
    if reason is Reason.LOST:
        void_codes(db, outside, user_ids)
    people = candidates.people(db, user_ids, now)
    refused = {person.id: why for person in people if (why := person.refusal(now))}
    rows = [_letter(person, by, reason, outside) for person in people if person.id not in refused]
    letters = _insert(db, rows)
    _answer_wishes(db, outside, letters)
    beaten = [row["user_id"] for row in rows if row["user_id"] not in letters]
    return Placed(letters, refused | dict.fromkeys(beaten, Refusal.LETTER_WAITING))


def void_codes(db: Session, outside: Outside, user_ids: Collection[int]) -> int:
    """No code sent so far opens anything any more; how many were open. The caller commits."""
    return sum(
        db.execute(  # type: ignore[attr-defined]
            sa.update(UpgradeCode)
            .where(col(UpgradeCode.user_id).in_(portion))
            .where(col(UpgradeCode.redeemed_at).is_(None), col(UpgradeCode.voided_at).is_(None))
            .values(voided_at=outside.now())
        ).rowcount
        for portion in candidates.portions(user_ids)
    )


def close_all(db: Session, outside: Outside, user_id: int) -> None:
    """Nothing ordered for a person so far is of use: no code opens anything, what waits is not printed.

    The caller commits.
    """
    void_codes(db, outside, [user_id])
    waiting = (col(Letter.user_id) == user_id, col(Letter.printed_at).is_(None), col(Letter.withdrawn_at).is_(None))
    db.execute(sa.update(Letter).where(*waiting).values(withdrawn_at=outside.now()))


def _wait_for_others(db: Session, user_ids: Collection[int]) -> None:
    """Hold the people until the commit, always in the same order; on SQLite the whole database is held anyway."""
    if db.get_bind().dialect.name == "sqlite":
        return
    for portion in candidates.portions(user_ids):
        held = sa.select(col(User.id)).where(col(User.id).in_(portion)).order_by(col(User.id))
        db.execute(held.with_for_update(key_share=True)).all()


def _letter(person: candidates.Person, by: User, reason: Reason, outside: Outside) -> dict[str, Any]:
    return {
        "public_id": public_id(),
        "user_id": person.id,
        "purpose": Purpose.UPGRADE,
        "reason": Reason.NOT_ARRIVED if reason is Reason.FIRST and person.had_letter else reason,
        "ordered_at": outside.now(),
        "ordered_by_id": by.id,
    }


def _insert(db: Session, rows: list[dict[str, Any]]) -> dict[int, int]:
    """The letters that did not wait already: user id and letter id."""
    if not rows:
        return {}
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    letter = Letter.__table__  # type: ignore[attr-defined]
    statement = dialect.insert(letter).on_conflict_do_nothing().returning(letter.c.user_id, letter.c.id)
    return {row.user_id: row.id for row in db.execute(statement, rows)}


def _answer_wishes(db: Session, outside: Outside, user_ids: Collection[int]) -> None:
    for portion in candidates.portions(user_ids):
        wishes = sa.update(CodeWish).where(col(CodeWish.user_id).in_(portion), col(CodeWish.answered_at).is_(None))
        db.execute(wishes.values(answered_at=outside.now()))
