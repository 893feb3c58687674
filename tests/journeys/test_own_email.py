"""Somebody takes another e-mail address: it counts when it has been activated with the code that went there."""

from sqlmodel import Session

from tests.attacks.arranging import an_upgraded
from tests.factories import PASSWORD, a_user
from tests.journeys.mail import code_mailed_to, page_in_mail_to, subjects
from tests.journeys.places import code_on_telephone, signs_in
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.ports import Outside

OLD, NEW = "julia@bakery.example", "julia@home.example"
CODE = "Code from the e-mail"
WAITS = "Activate new e-mail address"
NONE_WAITS = "No new address waits to be activated."


def somebody(db: Session) -> User:
    """Somebody who reads English."""
    return a_user(db, first_name="Julia", last_name="Tremblay", email=OLD, language="en")


def wishes(visitor: Visitor, email: str = NEW, password: str = PASSWORD) -> Visitor:
    """From the menu."""
    visitor.goes_to("/administration").follows("Change e-mail address")
    return visitor.fills("New e-mail address", email).fills("Present password", password).presses("Send the code")


def activates(visitor: Visitor, code: str) -> Visitor:
    """On the page for it."""
    return visitor.goes_to("/account/email/activation").fills(CODE, code).presses("Activate")


def test_the_new_address_counts_once_it_is_activated(visitor: Visitor, db: Session, outside: Outside) -> None:
    user = somebody(db)
    elsewhere = signs_in(visitor.somebody_else(), OLD)
    signs_in(visitor, OLD).goes_to("/administration").sees(WAITS, NONE_WAITS)
    wishes(visitor, "Julia@Home.example").is_at("/account/email/activation").sees("We have sent a code", NEW, OLD)
    assert subjects(outside, OLD) == ["A new e-mail address is to be activated"]
    assert subjects(outside, NEW) == ["Activate your new e-mail address"]
    visitor.goes_to("/administration").follows(WAITS)
    visitor.fills(CODE, code_mailed_to(outside, NEW)).presses("Activate").is_at("/administration")
    visitor.sees("Your new e-mail address is active.", NEW, NONE_WAITS)
    assert subjects(outside, OLD)[1:] == subjects(outside, NEW)[1:] == ["Your e-mail address has been changed"]
    visitor.goes_to("/account/activity").sees("New e-mail address entered", "New e-mail address activated")
    elsewhere.goes_to("/administration").is_at("/sign-in")
    signs_in(elsewhere, OLD).sees("do not match")
    signs_in(elsewhere, NEW).is_at("/upgrade/question")
    db.refresh(user)
    assert NEW in user.search
    assert user.register_said["email"] == OLD  # by which the fund's next file still finds the person


def test_the_link_opens_in_another_browser_after_signing_in(visitor: Visitor, db: Session, outside: Outside) -> None:
    somebody(db)
    wishes(signs_in(visitor, OLD))
    path, code = page_in_mail_to(outside, NEW)
    other = visitor.somebody_else().goes_to(f"{path}?lang=en").is_at("/sign-in")
    other.fills("E-mail address", OLD).fills("Password", PASSWORD).presses("Sign in").is_at(path)
    other.fills(CODE, code).presses("Activate").sees("Your new e-mail address is active.")
    visitor.goes_to("/administration").is_at("/sign-in")


def test_until_then_the_old_one_stays_and_the_wish_can_be_withdrawn(
    visitor: Visitor, db: Session, outside: Outside
) -> None:
    somebody(db)
    wishes(signs_in(visitor, OLD))
    signs_in(visitor.somebody_else(), NEW).sees("do not match")
    signs_in(visitor.somebody_else(), OLD).is_at("/upgrade/question")
    visitor.goes_to("/account/email/activation").presses("Keep the present address").is_at("/administration")
    visitor.sees("Your e-mail address stays as it is.").sees(NONE_WAITS)
    visitor.goes_to("/account/email/activation").sees("No new address waits to be activated.")


def test_a_page_of_before_says_that_nothing_waits(visitor: Visitor, db: Session, outside: Outside) -> None:
    somebody(db)
    wishes(signs_in(visitor, OLD))
    stale = [type(visitor)(visitor.client, htmx=visitor.htmx).goes_to("/account/email/activation") for _ in range(2)]
    visitor.goes_to("/account/email/activation").presses("Keep the present address")
    for tab, button in zip(stale, ("Keep the present address", "Send a new code"), strict=True):
        tab.presses(button).sees(NONE_WAITS).does_not_see("stays as it is", "We have sent")
    assert len(subjects(outside, NEW)) == 1
    visitor.goes_to("/account/email").does_not_see(NEW)


def test_the_code_is_sent_again_and_the_one_before_is_void(
    visitor: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    somebody(db)
    wishes(signs_in(visitor, OLD))
    first = code_mailed_to(outside, NEW)
    visitor.presses("Send a new code").sees("We have sent a new code.")
    activates(visitor, first).sees("This code is not valid any more.")
    for _ in range(3):
        visitor.goes_to("/account/email/activation").presses("Send a new code").sees("We have sent a new code.")
    visitor.presses("Send a new code").sees("Too many tries. You can try again at 11:00.")
    assert len(subjects(outside, NEW)) == 5
    activates(visitor, code_mailed_to(outside, NEW)).sees("Your new e-mail address is active.")


def test_after_a_day_the_code_has_expired(visitor: Visitor, db: Session, outside: Outside, clock: Clock) -> None:
    somebody(db)
    wishes(signs_in(visitor, OLD))
    clock.passes(hours=24)
    signs_in(visitor, OLD)
    activates(visitor, code_mailed_to(outside, NEW)).sees("The code has expired.", "This code has expired.")
    visitor.presses("Send a new code").does_not_see("expired")
    activates(visitor, code_mailed_to(outside, NEW)).sees("Your new e-mail address is active.")


def test_another_wish_takes_the_place_of_the_one_before(visitor: Visitor, db: Session, outside: Outside) -> None:
    somebody(db)
    wishes(signs_in(visitor, OLD), "slip@home.example")
    visitor.goes_to("/account/email").sees("This address waits to be activated: slip@home.example.")
    wishes(visitor)
    activates(visitor, code_mailed_to(outside, "slip@home.example")).sees("This code is not valid any more.")
    activates(visitor, code_mailed_to(outside, NEW)).sees("Your new e-mail address is active.")


def test_what_is_no_new_address_is_said(visitor: Visitor, db: Session, outside: Outside) -> None:
    somebody(db)
    signs_in(visitor, OLD)
    for typed in ("julia", "julia@home", "julia@@home.example", "julia@home.example@", "a b@home.example"):
        wishes(visitor, typed).sees("This is not an e-mail address.").finds_in("New e-mail address", typed)
    wishes(visitor, OLD.upper()).sees("This is your present address.")
    wishes(visitor, "").sees("Enter the new e-mail address.")
    wishes(visitor, password="wrong").sees("This is not your present password.").finds_in("New e-mail address", NEW)
    assert not outside.mailer.sent  # type: ignore[attr-defined]


def test_an_address_that_is_somebody_s_is_refused_only_to_who_can_read_it(
    visitor: Visitor, db: Session, outside: Outside
) -> None:
    somebody(db)
    a_user(db, email=NEW)
    wishes(signs_in(visitor, OLD)).sees("We have sent a code")
    activates(visitor, code_mailed_to(outside, NEW)).is_at("/account/email")
    visitor.sees("This address belongs to another account.", OLD)
    visitor.goes_to("/account/email/activation").sees("No new address waits to be activated.")


def test_somebody_else_s_code_opens_nothing(visitor: Visitor, db: Session, outside: Outside) -> None:
    somebody(db)
    wishes(signs_in(visitor, OLD))
    other = visitor.somebody_else()
    wishes(signs_in(other, a_user(db, language="en").email), "other@home.example")
    activates(other, code_mailed_to(outside, NEW)).sees("This code does not fit.")
    activates(visitor, code_mailed_to(outside, NEW)).sees("Your new e-mail address is active.")


def test_with_a_second_factor_too(visitor: Visitor, db: Session, outside: Outside, clock: Clock) -> None:
    an_upgraded(db, outside, somebody(db))
    clock.passes(days=1)
    signs_in(visitor, OLD).fills("SMS code", code_on_telephone(outside)).presses("OK")
    wishes(visitor)
    activates(visitor, code_mailed_to(outside, NEW)).is_at("/administration").sees("Login process", NEW)
