"""Ordering the code by post, for oneself or for others, and asking the administrators for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session, col, update

from webapp.accounts.models import User, public_id
from webapp.accounts.queries import administrators_of, company_of
from webapp.attempts import Limit, spend
from webapp.database import insert_unless_there
from webapp.formats import local_day
from webapp.letters.actions import report_wrong_address
from webapp.letters.models import Letter, Purpose, Reason
from webapp.letters.working_days import expected_by
from webapp.messages.actions import send_mail
from webapp.ports import Outside
from webapp.upgrade import queries
from webapp.upgrade.eligibility import Refusal, refusal
from webapp.upgrade.models import CodeWish, UpgradeCode

A_DAY = timedelta(days=1)
ONE_WISH_A_DAY = Limit(1, A_DAY, A_DAY)


@dataclass
class Ordered:
    """What became of a request for letters: who will be written to, and who will not, and why."""

    sent: list[User] = field(default_factory=list)
    refused: dict[int, Refusal] = field(default_factory=dict)  # by user id


def order_letters(db: Session, outside: Outside, people: Iterable[User], *, by: User, reason: Reason) -> Ordered:
    """Have an upgrade letter written to each person who may have one; say who may not, and why.

    A letter reported lost, or seen by someone else, is void at once, whether or not a new one may already be ordered.
    """
    outcome = Ordered()
    now = outside.now()
    for person in sorted(people, key=lambda one: one.id or 0):  # all in one order, so that none waits for another
        if reason is Reason.LOST:
            void_codes(db, outside, person)
        refused = refusal(queries.candidate(db, person, now), now) or _order(db, outside, person, by, reason)
        if refused:
            outcome.refused[person.id or 0] = refused
        else:
            outcome.sent.append(person)
            _tell(db, outside, person, by)
    db.commit()
    return outcome


def _order(db: Session, outside: Outside, person: User, by: User, reason: Reason) -> Refusal | None:
    ordered = insert_unless_there(
        db,
        Letter,
        public_id=public_id(),
        user_id=person.id,
        purpose=Purpose.UPGRADE,
        reason=reason,
        ordered_at=outside.now(),
        ordered_by_id=by.id,
    )
    return None if ordered else Refusal.LETTER_WAITING  # somebody else pressed in the same moment


def _tell(db: Session, outside: Outside, person: User, by: User) -> None:
    wishes = update(CodeWish).where(col(CodeWish.user_id) == person.id, col(CodeWish.answered_at).is_(None))
    db.execute(wishes.values(answered_at=outside.now()))
    send_mail(
        db,
        outside,
        user_id=person.id,
        recipient=person.email,
        name="letter_ordered",
        language=person.language,
        person=person.full_name,
        ordered_by=by.full_name if by.id != person.id else None,
        expected_by=expected_by(local_day(outside.now()), outside.config.fund.canton),
    )


def void_codes(db: Session, outside: Outside, person: User) -> int:
    """No code sent so far opens anything any more; how many were open. The caller commits."""
    open_codes = update(UpgradeCode).where(
        col(UpgradeCode.user_id) == person.id,
        col(UpgradeCode.redeemed_at).is_(None),
        col(UpgradeCode.voided_at).is_(None),
    )
    return int(db.execute(open_codes.values(voided_at=outside.now())).rowcount)  # type: ignore[attr-defined]


def ask_administrators(db: Session, outside: Outside, user: User) -> list[User]:
    """Leave a wish for a code and write to the company's administrators; whom, or nobody if that was done today."""
    now = outside.now()
    wish = queries.open_wish(db, user)
    administrators = administrators_of(db, user.employer_id)
    if not spend(db, f"code-wish:{user.id}", ONE_WISH_A_DAY, now).granted:
        return []
    if wish:
        wish.asked_at = now
    else:
        db.add(CodeWish(user_id=user.id or 0, asked_at=now))
    for administrator in administrators:
        send_mail(
            db,
            outside,
            user_id=administrator.id,
            recipient=administrator.email,
            name="code_wished",
            language=administrator.language,
            person=administrator.full_name,
            asked_by=user.full_name,
            company=company_of(db, user),
        )
    db.commit()
    return administrators


def report_address(db: Session, outside: Outside, user: User, remark: str) -> None:
    """The postal address is wrong: letters wait, and the fund has a task. Who may order has one ordered with it."""
    if user.administrator and not queries.letters_of(db, user):
        order_letters(db, outside, [user], by=user, reason=Reason.FIRST)
    if queries.open_report(db, user) is None:
        send_mail(
            db,
            outside,
            user_id=None,
            recipient=outside.config.fund.email,
            name="address_reported",
            language=next(iter(outside.config.fund.names)),
            reported_by=user.full_name,
            company=company_of(db, user),
        )
    report_wrong_address(db, outside, user, remark)
