"""Who is ticked is changed together: all of them with one press, or, if the process dies, none; each told by a job."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.actions.admitting import shut_out, tell_of
from webapp.accounts.actions.permitting import hold_rights, permit_many
from webapp.accounts.models import User, public_id
from webapp.accounts.topics import Levels, Rights
from webapp.administration.change import Change
from webapp.administration.models import BulkChange, BulkChangeLine, Selected
from webapp.administration.ordering import fingerprint
from webapp.administration.queries.selection import selected_ids
from webapp.database import insert_unless_there
from webapp.jobs import job, scheduled
from webapp.ports import Outside
from webapp.upgrade.actions.reminding import remind

Doing = Callable[..., Mapping[int, StrEnum]]
DOING: dict[Change, Doing] = {Change.DEACTIVATION: shut_out, Change.REMINDER: remind}
MAILS = {
    Change.DEACTIVATION: "account_deactivated",
    Change.REMINDER: "upgrade_reminder",
    Change.PERMISSIONS: "permissions_changed",
}
TOLD_AT_ONCE = 50  # e-mails written in one transaction: on SQLite everybody else waits meanwhile


def change_selected(
    db: Session, outside: Outside, change: Change, *, by: User, scope: int | None, key: str, seen: str, levels: Levels
) -> tuple[BulkChange, bool] | None:
    """Do it to everybody whom ``by`` has ticked, and clear the ticks; None when it is not those that were ``seen``.

    The same ``key`` again gives what was done with it; the second answer says whether it is new. ``levels`` are those
    of permissions, and empty for everything else.
    """
    ids = selected_ids(db, by, scope)
    earlier = _done_with(db, by, key)  # asked for after the ticks: whoever took them away has left the change
    facts: dict[str, Any] = {"change": change, "by_id": by.id, "employer_id": scope, "done_at": outside.now()}
    facts |= {"topics": {topic.value: level.word for topic, level in levels.items()}} if levels else {}
    seen_by = not earlier and fingerprint(ids) == seen
    if not seen_by or not insert_unless_there(db, BulkChange, public_id=public_id(), key=key, **facts):
        db.rollback()
        earlier = earlier or _done_with(db, by, key)
        return (earlier, False) if earlier else None
    done = db.exec(select(BulkChange).where(BulkChange.key == key)).one()
    before: Mapping[int, Rights] = {}
    if change is Change.PERMISSIONS:
        before = hold_rights(db, ids)
        left_out: Mapping[int, StrEnum] = permit_many(db, outside, before, by=by, levels=levels)
    else:
        left_out = DOING[change](db, outside, ids, by=by)
    _remember(db, done, by, {one: left_out.get(one) for one in ids}, before)
    if len(left_out) < len(ids):
        outside.jobs.enqueue(db, tell, done.id or 0)
    db.commit()
    return done, True


def _done_with(db: Session, by: User, key: str) -> BulkChange | None:
    return db.exec(select(BulkChange).where(BulkChange.key == key, BulkChange.by_id == by.id)).first()


def _remember(
    db: Session, done: BulkChange, by: User, became: dict[int, StrEnum | None], before: Mapping[int, Rights]
) -> None:
    lines = [{"bulk_change_id": done.id, "user_id": one, "why_not": why} for one, why in became.items()]
    if lines:
        kept = [{"topics_before": dict(before[one].kept) if one in before else None} for one in became]
        db.execute(sa.insert(BulkChangeLine), [line | more for line, more in zip(lines, kept, strict=True)])
    db.execute(sa.delete(Selected).where(col(Selected.chooser_id) == by.id))


@job
def tell(db: Session, outside: Outside, change_id: int) -> None:
    """Tell everybody to whom something was done, a portion in each transaction; nobody twice, whoever dies."""
    done = db.get(BulkChange, change_id)
    by = db.get(User, done.by_id) if done else None
    db.commit()
    if done is None or by is None:
        return
    while claimed := _claim(db, outside, change_id):
        for person in db.exec(select(User).where(col(User.id).in_(claimed)).order_by(col(User.id))).all():
            tell_of(db, outside, person, MAILS[done.change], by, **_told(outside, done, claimed[person.id or 0]))
        db.commit()
    db.rollback()


def _told(outside: Outside, done: BulkChange, before: Mapping[str, str] | None) -> dict[str, Any]:
    """What the e-mail needs besides; ``before``: what was kept of the person's permissions."""
    if done.change is Change.REMINDER:
        return {"deadline": outside.config.deadline}
    if done.change is Change.PERMISSIONS:
        return {"changes": {} if before is None else Rights(kept=before).told_changes(done.levels)}
    return {}


def _claim(db: Session, outside: Outside, change_id: int) -> Mapping[int, Mapping[str, str] | None]:
    """Some people who are not told yet, marked as told, with what their permissions were.

    What is written to them is committed together with the mark.
    """
    line = BulkChangeLine
    untold = (col(line.bulk_change_id) == change_id, col(line.why_not).is_(None), col(line.told_at).is_(None))
    some = select(line.user_id).where(*untold).order_by(col(line.user_id)).limit(TOLD_AT_ONCE)
    ids = db.exec(some.with_for_update()).all()
    marked = sa.update(line).where(*untold, col(line.user_id).in_(ids)).values(told_at=outside.now())
    claimed = db.execute(marked.returning(col(line.user_id), col(line.topics_before)))
    return {user_id: before for user_id, before in claimed}  # noqa: C416 -- rows are no pairs


@scheduled("47 5 * * *")
def tell_the_rest(db: Session, outside: Outside) -> None:
    """Take up again what was given up after a long disturbance."""
    untold = select(BulkChangeLine.bulk_change_id).where(
        col(BulkChangeLine.why_not).is_(None), col(BulkChangeLine.told_at).is_(None)
    )
    for change_id in db.exec(untold.distinct()).all():
        outside.jobs.enqueue(db, tell, change_id)
    db.commit()
