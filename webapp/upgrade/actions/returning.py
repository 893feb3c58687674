"""Letters that the post could not deliver: taken back by the fund, told to the people."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.actions import note_about, write_to
from webapp.accounts.models import User
from webapp.audit.events import Event
from webapp.letters.actions import hold_letters
from webapp.letters.models import Letter, Purpose
from webapp.ports import Outside
from webapp.upgrade.models import UpgradeCode


def take_back(db: Session, outside: Outside, letter_ids: Collection[int], *, by: User, moved: bool) -> int:
    """From now on the codes in these letters open nothing, for nobody knows who has held them; how many letters.

    ``moved``: the address is wrong, so what is ordered for these people waits until the fund has settled it. Letters
    that can't have come back (see ``upgrade/returning.py``) are left out, also when two clerks press at once.
    """
    ids = sorted(set(letter_ids))
    _void(db, outside, ids, by)
    used = sa.exists().where(col(UpgradeCode.letter_id) == col(Letter.id), col(UpgradeCode.redeemed_at).is_not(None))
    back = sa.update(Letter).where(col(Letter.id).in_(ids), col(Letter.posted_at).is_not(None), ~used)
    back = back.where(col(Letter.returned_at).is_(None)).values(returned_at=outside.now(), returned_by_id=by.id)
    taken = db.execute(back.returning(col(Letter.id))).scalars().all()
    rows = select(Letter, User).join(User, col(User.id) == col(Letter.user_id)).where(col(Letter.id).in_(taken))
    for letter, user in db.exec(rows.order_by(col(Letter.id))).all():
        note_about(db, outside, Event.LETTER_RETURNED, user, by=by)
        if moved:
            hold_letters(db, outside, user, by=by)
        _tell(db, outside, letter, user, moved=moved)
    db.commit()
    return len(taken)


def _void(db: Session, outside: Outside, ids: list[int], by: User) -> None:
    """Before the letters: in the order in which a code that is typed goes too."""
    posted = sa.select(col(Letter.id)).where(col(Letter.id).in_(ids), col(Letter.posted_at).is_not(None))
    unused = (col(UpgradeCode.redeemed_at).is_(None), col(UpgradeCode.voided_at).is_(None))
    codes = sa.update(UpgradeCode).where(col(UpgradeCode.letter_id).in_(posted), *unused)
    db.execute(codes.values(voided_at=outside.now(), voided_by_id=by.id))


def _tell(db: Session, outside: Outside, letter: Letter, user: User, *, moved: bool) -> None:
    """Whoever still needs the letter."""
    needed = letter.purpose is Purpose.RECOVERY or not user.factor_since
    if user.active and needed:
        write_to(db, outside, user, "letter_returned", number=letter.number, moved=moved)
