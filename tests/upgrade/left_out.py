"""Rules of the life of a code, each left out; and the life in which that is noticed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from sqlmodel import Session, col, select

from tests.upgrade.losing import Losses
from webapp.accounts.models import User
from webapp.letters.models import Purpose
from webapp.login_methods import actions as login_methods
from webapp.login_methods import queries as held
from webapp.login_methods.actions import confirming
from webapp.ports import Outside
from webapp.upgrade import eligibility, queries
from webapp.upgrade.actions import closing, placing, redeeming
from webapp.upgrade.models import UpgradeCode


def nothing(*_given: Any, **_more: Any) -> int:
    """Close no code."""
    return 0


def midnight_in_london(day: date) -> datetime:
    """As who forgets where the fund is."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def a_lost_letter(life: Losses) -> None:
    """Ordered again because somebody may have seen the first."""
    life.has_letters(0, 1)
    life.orders(0, lost=True)


def two_letters(life: Losses) -> None:
    """One came late; then the second is opened."""
    life.has_letters(0, 2)
    life.opens_the_letter(0)


def a_letter_in_the_drawer(life: Losses) -> None:
    """Forgotten until its last day is over."""
    life.has_letters(0, 1)
    life.the_last_day_ends(0, 0)


def five_letters(life: Losses) -> None:
    """One each day."""
    life.has_letters(0, 5)


def sixteen_guesses(life: Losses) -> None:
    """Each time as soon as it is possible."""
    life.has_letters(0, 1)
    life.guesses(0, 16, patient=True)


def a_letter_ordered_meanwhile(life: Losses) -> None:
    """By an administrator, while the telephone was registered."""
    life.has_letters(0, 1)
    life.goes_all_the_way_while_another_letter_is_ordered(0)


def with_codes(codes_of: Callable[..., Sequence[UpgradeCode]]) -> SimpleNamespace:
    """The questions about an upgrade, with others among a person's codes."""
    return SimpleNamespace(**vars(queries) | {"codes_of": codes_of})


def who_holds_nothing() -> SimpleNamespace:
    """The questions about login methods, as if there were no former one."""
    return SimpleNamespace(**vars(held) | {"held_by": lambda *_given: []})


def another_kind_of_letter(life: Losses) -> None:
    """The code of the upgrade's letter, typed after a loss; it was used for the upgrade."""
    life.loses_the_telephone(0)
    life.types_after_a_loss(0, 0, 1)


def somebody_elses_letter(life: Losses) -> None:
    """A colleague has lost the telephone; the letter lies on the table, and counts for whoever it is typed by."""
    life.has_letters(0, 1)
    life.loses_the_telephone(1)
    life.types(0, 1, 0)


def a_telephone_replaced(life: Losses) -> None:
    """The whole way back."""
    life.goes_the_way_back(0, then="here")
    assert life.lives[0].way_back is None


def a_thief_who_waits(life: Losses) -> None:
    """Knows the password, and tries to register a telephone as soon as the owner has typed the code."""
    life.goes_the_way_back(0, then="elsewhere")


def a_telephone_found_again(life: Losses) -> None:
    """After the code was typed."""
    life.goes_the_way_back(0, then="found again")


def codes_of_any_purpose(db: Session, user: User, _purpose: Purpose) -> Sequence[UpgradeCode]:
    """As who keeps one kind of code."""
    return db.exec(select(UpgradeCode).where(UpgradeCode.user_id == user.id)).all()


def codes_of_anybody(db: Session, _user: User, _purpose: Purpose) -> Sequence[UpgradeCode]:
    """As who looks a code up by its words alone."""
    return db.exec(select(UpgradeCode).order_by(col(UpgradeCode.id).desc())).all()


def a_ticket_for_all(db: Session, outside: Outside, user: User, origin: str, **_only_in: object) -> bool:
    """In whichever session the password was typed."""
    return login_methods.open_ticket(db, outside, user, origin)


def a_ticket_for_the_former(db: Session, outside: Outside, user: User, origin: str, **only_in: Any) -> bool:
    """As who takes the former method away at once."""
    for former in held.held_by(db, user):
        former.removed_at = outside.now()
    return login_methods.open_ticket(db, outside, user, origin, **only_in)


TWINS: dict[str, tuple[Any, str, Any, Callable[[Losses], None]]] = {
    "a lost letter stays open": (placing, "void_codes", nothing, a_lost_letter),
    "the other codes stay open": (redeeming, "close_all", nothing, two_letters),
    "the last day ends elsewhere": (redeeming, "end_of", midnight_in_london, a_letter_in_the_drawer),
    "a fifth letter": (eligibility, "LETTERS_AT_MOST", 5, five_letters),
    "a sixteenth guess": (redeeming, "IN_ALL", replace(redeeming.IN_ALL, tries=16), sixteen_guesses),
    "a letter comes after the upgrade": (closing, "close_all", nothing, a_letter_ordered_meanwhile),
    "one kind of code": (redeeming, "queries", with_codes(codes_of_any_purpose), another_kind_of_letter),
    "anybody's code": (redeeming, "queries", with_codes(codes_of_anybody), somebody_elses_letter),
    "the former telephone stays": (confirming, "queries", who_holds_nothing(), a_telephone_replaced),
    "the former telephone goes at once": (redeeming, "open_ticket", a_ticket_for_the_former, a_telephone_replaced),
    "any session may register": (redeeming, "open_ticket", a_ticket_for_all, a_thief_who_waits),
    "the way back stays open": (closing, "close_tickets", nothing, a_telephone_found_again),
}
