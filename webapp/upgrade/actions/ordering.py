"""Ordering the code by post, for oneself or for others, and asking the administrators for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlmodel import Session

from webapp.accounts.actions import note_about, write_to, write_to_the_fund
from webapp.accounts.models import User
from webapp.accounts.queries import administrators_of, company_of
from webapp.attempts import Limit, spend
from webapp.audit.events import Event
from webapp.config import DAY
from webapp.letters.actions import report_wrong_address
from webapp.letters.models import Purpose, Reason
from webapp.ports import Outside
from webapp.upgrade import queries
from webapp.upgrade.actions.bulk import tell_one
from webapp.upgrade.actions.placing import place_letters, void_as_lost
from webapp.upgrade.eligibility import Refusal
from webapp.upgrade.models import CodeWish

ONE_WISH_A_DAY = Limit(1, DAY, DAY)


@dataclass
class Ordered:
    """What became of a request for letters: who will be written to, and who will not, and why."""

    sent: list[User] = field(default_factory=list)
    refused: dict[int, Refusal] = field(default_factory=dict)  # by user id


def order_letters(db: Session, outside: Outside, people: Iterable[User], *, by: User, reason: Reason) -> Ordered:
    """Have an upgrade letter written to each person who may have one; say who may not, and why.

    A letter reported lost, or seen by someone else, is void at once, whether or not a new one may already be ordered.
    """
    known = {person.id or 0: person for person in people}
    placed = place_letters(db, outside, known, by=by, reason=reason)
    became = {row.user_id: row.refusal for row in db.execute(placed.outcome)}
    refused = {user_id: Refusal(why) for user_id, why in became.items() if why}
    sent = [known[user_id] for user_id in sorted(became) if user_id not in refused]
    for person in sent:
        tell_one(db, outside, person, by)
    db.commit()
    return Ordered(sent, refused)


def order_recovery(db: Session, outside: Outside, person: User, *, by: User, reason: Reason) -> Refusal | None:
    """Have a letter written with which ``person`` registers a new login method; or why none may go.

    ``by`` only starts it: the code is in the letter, and counts only after the person's own password. The person is
    told at once, and the fund where the account is an administrator's.
    """
    placed = place_letters(db, outside, [person.id or 0], by=by, reason=reason, purpose=Purpose.RECOVERY)
    refusal = next((row.refusal for row in db.execute(placed.outcome)), Refusal.NOT_UPGRADED)
    if refusal is None:
        tell_one(db, outside, person, by, Purpose.RECOVERY)
        if person.administrator:
            write_to_the_fund(db, outside, "recovery_ordered_fund", person, ordered_by=by.full_name)
    db.commit()
    return Refusal(refusal) if refusal else None


def report_lost(db: Session, outside: Outside, user: User) -> bool:
    """The letter is lost, or was seen: no code sent so far opens anything. Whether one was not void before."""
    voided = void_as_lost(db, outside, [user.id or 0], by=user)
    db.commit()
    return voided > 0


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
    note_about(db, outside, Event.LETTER_WISHED, user, by=user)
    for administrator in administrators:
        write_to(db, outside, administrator, "code_wished", asked_by=user.full_name, company=company_of(db, user))
    db.commit()
    return administrators


def report_address(db: Session, outside: Outside, user: User, remark: str, purpose: Purpose = Purpose.UPGRADE) -> None:
    """The postal address is wrong: letters wait, and the fund has a task. Who may order has one ordered with it."""
    recovering = purpose is Purpose.RECOVERY
    if recovering:
        order_recovery(db, outside, user, by=user, reason=Reason.FIRST)
    elif user.administrator and not queries.letters_of(db, user):
        order_letters(db, outside, [user], by=user, reason=Reason.FIRST)
    if queries.open_report(db, user) is None:
        write_to_the_fund(db, outside, "address_reported", user, recovering=recovering)
    report_wrong_address(db, outside, user, remark)
