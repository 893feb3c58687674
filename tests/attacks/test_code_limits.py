"""How often a letter's code may be guessed: five times, then a pause; fifteen times, then no code counts."""

from sqlmodel import Session

from tests.attacks.arranging import a_code
from tests.attacks.test_races import WRONG
from tests.factories import a_user, an_administrator
from webapp.accounts.models import User
from webapp.codes import ALPHABET
from webapp.letters.models import Reason
from webapp.ports import Outside
from webapp.upgrade.actions import redeeming
from webapp.upgrade.actions.ordering import order_letters
from webapp.upgrade.redemption import Redemption


def types(db: Session, outside: Outside, user: User, code: str) -> Redemption:
    return redeeming.redeem(db, outside, user, code, terms="1", language="fr")


def guesses(db: Session, outside: Outside, user: User, count: int, first: int = 0) -> list[str]:
    """So many different wrong codes, at once."""
    return [types(db, outside, user, wrong).outcome.value for wrong in WRONG[first : first + count]]


def test_after_five_wrong_codes_not_even_the_right_one(db: Session, outside: Outside) -> None:
    user = a_user(db)
    code = a_code(db, outside, user)
    assert guesses(db, outside, user, 6) == ["wrong"] * 4 + ["paused"] * 2
    outside.now.passes(minutes=14, seconds=59)
    assert types(db, outside, user, code).outcome == "paused"
    outside.now.passes(seconds=1)
    assert types(db, outside, user, code).outcome == "redeemed"


def test_after_fifteen_nothing_counts_and_two_are_told(db: Session, outside: Outside) -> None:
    user = a_user(db)
    codes = [a_code(db, outside, user), a_code(db, outside, user)]
    for number in range(3):
        last = guesses(db, outside, user, 5, 5 * number)
        outside.now.passes(minutes=15)
    assert last[-1] == "all_voided"
    assert [types(db, outside, user, code).outcome for code in codes] == ["replaced"] * 2
    told = [mail.recipient for mail in outside.mailer.sent]
    assert told == [user.email, outside.config.fund.email]
    assert not any(code in mail.text for code in codes for mail in outside.mailer.sent)


def test_the_count_of_fifteen_outlives_days_and_letters(db: Session, outside: Outside) -> None:
    user = an_administrator(db)
    code = a_code(db, outside, user)
    guesses(db, outside, user, 5)
    outside.now.passes(days=2)
    assert order_letters(db, outside, [user], by=user, reason=Reason.NOT_ARRIVED).sent
    guesses(db, outside, user, 5, 5)
    outside.now.passes(days=2)
    assert guesses(db, outside, user, 5, 10)[-1] == "all_voided"
    outside.now.passes(days=1)
    assert types(db, outside, user, code).outcome == "replaced"


def test_what_can_be_no_code_costs_nothing(db: Session, outside: Outside) -> None:
    user = a_user(db)
    code = a_code(db, outside, user)
    one_wrong = code[:-1] + next(symbol for symbol in ALPHABET if symbol != code[-1])
    for _ in range(10):
        for typed in ("", "4KTT", code[:-1], code + "1", "O" + code[1:], one_wrong):
            assert types(db, outside, user, typed).outcome == "mistyped"
    assert types(db, outside, user, code).outcome == "redeemed"


def test_the_code_of_somebody_else_is_a_wrong_one(db: Session, outside: Outside) -> None:
    owner, mallory = a_user(db), a_user(db)
    code = a_code(db, outside, owner)
    assert types(db, outside, mallory, code).outcome == "wrong"
    assert types(db, outside, owner, code).outcome == "redeemed"
    assert types(db, outside, mallory, code).outcome == "wrong"  # nor does it tell that it was used


def test_guessing_at_one_person_pauses_nobody_else(db: Session, outside: Outside) -> None:
    victim, other = a_user(db), a_user(db)
    a_code(db, outside, victim)
    code = a_code(db, outside, other)
    guesses(db, outside, victim, 10)
    assert types(db, outside, other, code).outcome == "redeemed"
