"""The one place where letters with a code are ordered: for one person or for ten thousand, by the same rules."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session, col

from webapp.accounts.models import Employer, User
from webapp.audit.actions import note
from webapp.audit.events import Event
from webapp.letters.models import Letter, Purpose, Reason
from webapp.ports import Outside
from webapp.upgrade import candidates
from webapp.upgrade.eligibility import Refusal
from webapp.upgrade.models import CodeWish, UpgradeCode
from webapp.upgrade.screening import had_letter, left_for, of_people, people_with, refusal

ORDERED = ("public_id", "user_id", "purpose", "reason", "ordered_at", "ordered_by_id", "large_print")


@dataclass(frozen=True)
class Placed:
    """How many letters were ordered, and what became of each person, to be asked of the database.

    ``outcome`` gives ``user_id``, and ``letter_id`` or ``refusal``: a row for everybody who was asked for.
    """

    letters: int
    outcome: sa.Select[Any]


def place_letters(
    db: Session,
    outside: Outside,
    user_ids: Collection[int],
    *,
    by: User,
    reason: Reason,
    purpose: Purpose = Purpose.UPGRADE,
) -> Placed:
    """Order a letter for each of these people who may have one. The caller tells them, and commits.

    However many do this at once, one waits for the other; whoever comes second finds the letters of the first.
    A letter reported lost, or seen by someone else, is void at once, whether or not a new one may already be ordered.
    """
    _wait_for_others(db, user_ids)
    if reason is Reason.LOST:
        void_as_lost(db, outside, user_ids, by=by)
    if purpose is Purpose.RECOVERY:
        _withdraw_for_upgrade(db, outside, user_ids)
    last = db.execute(sa.select(sa.func.coalesce(sa.func.max(col(Letter.id)), 0))).scalar_one()
    letters = _insert(db, outside, user_ids, by, reason, purpose)
    new = aliased(Letter)
    ours = (col(new.id) > last, col(new.user_id).in_(people_with(db, user_ids)))  # nobody else orders for them now
    if letters and purpose is not Purpose.RECOVERY:
        wishes = sa.update(CodeWish).where(col(CodeWish.user_id).in_(sa.select(col(new.user_id)).where(*ours)))
        db.execute(wishes.where(col(CodeWish.answered_at).is_(None)).values(answered_at=outside.now()))
    why = sa.func.coalesce(refusal(outside.now(), purpose), Refusal.DAY_FULL.value)
    refused = sa.case((col(new.id).is_(None), why), else_=None).label("refusal")
    outcome = of_people(db, user_ids, col(User.id).label("user_id"), col(new.id).label("letter_id"), refused)
    return Placed(letters, outcome.outerjoin(new, (col(new.user_id) == col(User.id)) & (col(new.id) > last)))


def void_codes(db: Session, outside: Outside, user_ids: Collection[int], *, by: User | None = None) -> int:
    """No code sent so far opens anything any more, as ``by`` has decided, or nobody; how many were open.

    The caller commits.
    """
    return sum(
        db.execute(  # type: ignore[attr-defined]
            sa.update(UpgradeCode)
            .where(col(UpgradeCode.user_id).in_(portion))
            .where(col(UpgradeCode.redeemed_at).is_(None), col(UpgradeCode.voided_at).is_(None))
            .values(voided_at=outside.now(), voided_by_id=by.id if by else None)
        ).rowcount
        for portion in candidates.portions(user_ids)
    )


def note_voiding(db: Session, outside: Outside, user_ids: Collection[int], *, by: User | None, because: str) -> None:
    """Note it for whoever has an open code, before it is voided; the caller commits."""
    openly = sa.exists().where(
        col(UpgradeCode.user_id) == col(User.id),
        col(UpgradeCode.redeemed_at).is_(None),
        col(UpgradeCode.voided_at).is_(None),
    )
    for user_id, company in db.execute(of_people(db, user_ids, col(User.id), col(User.employer_id)).where(openly)):
        doer = by.id if by else None
        note(db, outside, Event.CODES_VOIDED, about=user_id, by=doer, employer_id=company, because=because)


def void_as_lost(db: Session, outside: Outside, user_ids: Collection[int], *, by: User) -> int:
    """The letters are lost, or were seen; how many codes were open. The caller commits."""
    note_voiding(db, outside, user_ids, by=by, because="lost")
    return void_codes(db, outside, user_ids, by=by)


def close_all(db: Session, outside: Outside, user: User) -> None:
    """Nothing ordered so far for whoever does this is of use: no code opens anything, what waits is not printed.

    The caller commits.
    """
    close_all_of(db, outside, [user.id or 0], by=user)


def close_all_of(db: Session, outside: Outside, user_ids: Collection[int], *, by: User) -> None:
    """The same for many."""
    void_codes(db, outside, user_ids, by=by)
    waiting = (col(Letter.printed_at).is_(None), col(Letter.withdrawn_at).is_(None))
    for some in candidates.portions(user_ids):
        theirs = sa.update(Letter).where(col(Letter.user_id).in_(some), *waiting)
        db.execute(theirs.values(withdrawn_at=outside.now()))


def _wait_for_others(db: Session, user_ids: Collection[int]) -> None:
    """Hold the companies until the commit, always in the same order; on SQLite the whole database is held anyway."""
    if db.get_bind().dialect.name == "sqlite":
        return
    companies = sa.select(col(User.employer_id)).where(col(User.id).in_(people_with(db, user_ids)))
    held = sa.select(col(Employer.id)).where(col(Employer.id).in_(companies)).order_by(col(Employer.id))
    db.execute(held.with_for_update(key_share=True)).all()


def _withdraw_for_upgrade(db: Session, outside: Outside, user_ids: Collection[int]) -> None:
    """Whoever has a second factor already has no use for an upgrade letter that waits; it would stand in the way."""
    holders = of_people(db, user_ids, col(User.id)).where(col(User.factor_since).is_not(None))
    waiting = (col(Letter.printed_at).is_(None), col(Letter.withdrawn_at).is_(None))
    mine = sa.update(Letter).where(
        col(Letter.user_id).in_(holders), col(Letter.purpose).in_(Purpose.UPGRADE.alike), *waiting
    )
    db.execute(mine.values(withdrawn_at=outside.now()))


def _insert(
    db: Session, outside: Outside, user_ids: Collection[int], by: User, reason: Reason, purpose: Purpose
) -> int:
    """Letters for those who may have one, in one statement; how many."""
    now = outside.now()
    again = sa.case((had_letter(purpose), Reason.NOT_ARRIVED.value), else_=reason.value)
    facts = (purpose.value, again if reason is Reason.FIRST else reason.value, now, by.id)
    types = (Letter.__table__.c[name].type for name in ORDERED[2:6])  # type: ignore[attr-defined]
    told = [sa.type_coerce(fact, kind) for fact, kind in zip(facts, types, strict=True)]
    people = of_people(db, user_ids, RandomHex(), col(User.id), *told, col(User.large_print))
    people = (
        people.where(refusal(now, purpose).is_(None)).order_by(col(User.id)).with_for_update(key_share=True, of=User)
    )  # whoever closes an upgrade waits
    left = left_for(db, by, now)
    people = people if left is None else people.limit(left)
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(Letter).from_select(ORDERED, people).on_conflict_do_nothing()
    done = db.execute(statement, execution_options={"preserve_rowcount": True})
    return int(done.rowcount)  # type: ignore[attr-defined]


class RandomHex(FunctionElement[str]):
    """32 hexadecimal digits of the database's own strong chance, another for each row."""

    type = sa.String()
    inherit_cache = True


@compiles(RandomHex, "sqlite")
def _on_sqlite(_element: RandomHex, _compiler: Any, **_how: Any) -> str:
    return "lower(hex(randomblob(16)))"


@compiles(RandomHex, "postgresql")
def _on_postgresql(_element: RandomHex, _compiler: Any, **_how: Any) -> str:
    return "replace(gen_random_uuid()::text, '-', '')"
