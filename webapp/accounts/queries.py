"""What pages ask about people."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.links import AccountLink, LinkPurpose
from webapp.accounts.models import Employer, LoginSession, User
from webapp.accounts.objections import Objection, Standing, to_deactivate, to_give_rights, to_permit, to_take_rights
from webapp.accounts.topics import Levels, Rights

AT_ONCE = 1000  # ids in one statement
FACTS = (col(User.id), col(User.employer_id), col(User.deactivated_at).is_(None), col(User.administrator))


def administrators_of(db: Session, employer_id: int | None) -> list[User]:
    """The active administrators of a company, by name."""
    of_company = select(User).where(
        User.employer_id == employer_id, col(User.administrator).is_(True), col(User.deactivated_at).is_(None)
    )
    return list(db.exec(of_company.order_by(User.last_name, User.first_name)))


def sessions_of(db: Session, user: User, now: datetime) -> list[LoginSession]:
    """Where ``user`` is signed in, the last used first."""
    mine = select(LoginSession).where(LoginSession.user_id == user.id, col(LoginSession.ended_at).is_(None))
    return [row for row in db.exec(mine.order_by(col(LoginSession.seen_at).desc())) if row.live(now)]


def waiting_email(db: Session, user: User) -> AccountLink | None:
    """The new address that the user has not activated yet, whether or not its code still counts."""
    return _waiting(db, user, LinkPurpose.EMAIL)


def invited_until(db: Session, user: User, now: datetime) -> datetime | None:
    """Until when the code of the welcome e-mail sets the first password; None when none does."""
    link = _waiting(db, user, LinkPurpose.INVITATION)
    return link.expires_at if link and now < link.expires_at else None


def _waiting(db: Session, user: User, purpose: LinkPurpose) -> AccountLink | None:
    waiting = select(AccountLink).where(
        AccountLink.user_id == user.id,
        AccountLink.purpose == purpose,
        col(AccountLink.used_at).is_(None),
        col(AccountLink.withdrawn_at).is_(None),
    )
    return db.exec(waiting).first()


def words_about(db: Session, user: User) -> list[str]:
    """What everybody knows about the user, and no password should be made of."""
    return [user.first_name, user.last_name, user.email, company_of(db, user)]


def company_of(db: Session, user: User) -> str:
    """The name of the user's company; nothing for the fund's clerks."""
    employer = db.get(Employer, user.employer_id) if user.employer_id else None
    return employer.name if employer else ""


def standings(db: Session, user_ids: Collection[int]) -> list[Standing]:
    """What decides who may be deactivated or administer, by id; unknown ids are left out."""
    some = (sa.select(*FACTS).where(col(User.id).in_(ids)).order_by(col(User.id)) for ids in portions(user_ids))
    return [Standing(*row) for statement in some for row in db.execute(statement)]


def administering(db: Session, people: Collection[Standing]) -> list[Standing]:
    """The active administrators of these people's companies."""
    active = sa.select(*FACTS).where(col(User.administrator).is_(True), col(User.deactivated_at).is_(None))
    companies = {one.employer_id for one in people if one.employer_id}
    some = (active.where(col(User.employer_id).in_(ids)) for ids in portions(companies))
    return [Standing(*row) for statement in some for row in db.execute(statement)]


def why_not_deactivate(db: Session, user_ids: Collection[int], by: User) -> dict[int, Objection]:
    """Of these people, whom ``by`` cannot deactivate now, and why."""
    people = standings(db, user_ids)
    return to_deactivate(people, administering(db, people), by.id or 0)


def why_not_change_rights(db: Session, user: User, by: User, *, give: bool) -> Objection | None:
    """Why ``by`` cannot give ``user`` administrator rights, or take them away."""
    people = standings(db, [user.id or 0])
    return to_give_rights(people[0]) if give else to_take_rights(people[0], administering(db, people), by.id or 0)


def rights_of(db: Session, user_ids: Collection[int], *, hold: bool = False) -> dict[int, Rights]:
    """What these people may do for their own company; with ``hold`` nobody else changes it until the commit."""
    known = sa.select(col(User.id), col(User.administrator), col(User.topics)).order_by(col(User.id))
    known = known.with_for_update(key_share=True) if hold else known
    some = (known.where(col(User.id).in_(ids)) for ids in portions(user_ids))
    return {row.id: Rights(row.administrator, row.topics or {}) for statement in some for row in db.execute(statement)}


def why_not_permit(db: Session, user_ids: Collection[int], levels: Levels) -> dict[int, Objection]:
    """Of these people, whose permissions would stay as they are, and why."""
    return to_permit(rights_of(db, user_ids), levels)


def portions(ids: Collection[int]) -> Iterator[list[int]]:
    """The ids in ascending order, in lists that one statement can take."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


def address_of(db: Session, company: Employer) -> tuple[list[str], str, str]:
    """Where letters go to most active people of ``company``: lines, postcode and town; of several, the oldest one."""
    facts = select(User.address_lines, User.postcode, User.town).where(User.employer_id == company.id)
    people = db.exec(facts.where(col(User.deactivated_at).is_(None)).order_by(col(User.id))).all()
    known = Counter((tuple(lines), postcode, town) for lines, postcode, town in people if town)
    (lines, postcode, town), _often = next(iter(known.most_common(1)), (((), "", ""), 0))
    return list(lines), postcode, town
