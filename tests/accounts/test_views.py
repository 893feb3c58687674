"""Signing in with a password, being signed out, and coming back to where one was."""

from sqlmodel import Session, select

from tests.factories import PASSWORD, a_user, an_administrator
from tests.journeys.places import signs_in
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.models import LoginSession


def test_one_answer_for_unknown_wrong_and_inactive(visitor: Visitor, db: Session, clock: Clock) -> None:
    known = a_user(db)
    gone = a_user(db, deactivated_at=clock())
    pages = []
    for email, password in ((known.email, "wrong"), ("nobody@company.example", PASSWORD), (gone.email, PASSWORD)):
        visitor.goes_to("/sign-in?lang=en").fills("E-mail address", email).fills("Password", password)
        visitor.presses("Sign in").sees("E-mail address and password do not match an active account.")
        visitor.finds_in("E-mail address", email).finds_in("Password", "")
        pages.append(visitor.page.text)
    assert len(set(pages)) == 1


def test_nothing_typed_is_explained(visitor: Visitor) -> None:
    visitor.goes_to("/sign-in?lang=en").presses("Sign in")
    visitor.sees("There is a problem", "Enter your e-mail address.", "Enter your password.")


def test_the_language_is_chosen_before_signing_in(visitor: Visitor, db: Session) -> None:
    person = an_administrator(db, language="fr")
    visitor.goes_to("/sign-in?lang=de").sees("Anmelden").follows("Italiano").sees("Accedere")
    visitor.follows("English")
    signs_in(visitor, person.email).sees("Upgrade now").follows("Deutsch").sees("Upgrade jetzt ausführen")


def test_help_is_there_when_signing_in_fails(visitor: Visitor) -> None:
    visitor.goes_to("/sign-in?lang=en").follows("I cannot sign in").is_at("/sign-in/help").sees("Contact")


def test_after_twenty_quiet_minutes_one_signs_in_again_and_is_back(visitor: Visitor, db: Session, clock: Clock) -> None:
    person = an_administrator(db)
    signs_in(visitor, person.email)
    clock.passes(minutes=19)
    visitor.goes_to("/upgrade/information").goes_to("/upgrade/code").is_at("/upgrade/code")
    clock.passes(minutes=21)
    visitor.goes_to("/upgrade/letter").is_at("/sign-in")
    visitor.fills("E-mail address", person.email).fills("Password", PASSWORD).presses("Sign in").is_at(
        "/upgrade/letter"
    )


def test_more_time_can_be_chosen(visitor: Visitor, db: Session, clock: Clock) -> None:
    person = an_administrator(db)
    visitor.goes_to("/sign-in?lang=en").fills("E-mail address", person.email).fills("Password", PASSWORD)
    visitor.ticks("I need more time").presses("Sign in")
    clock.passes(minutes=190)
    visitor.goes_to("/upgrade/code").is_at("/upgrade/code")


def test_after_twelve_hours_it_is_over_all_the_same(visitor: Visitor, db: Session, clock: Clock) -> None:
    signs_in(visitor, an_administrator(db).email)
    for _ in range(48):
        clock.passes(minutes=15)
        visitor.goes_to("/administration")
    visitor.is_at("/sign-in")


def test_the_warning_does_not_itself_put_the_end_off(visitor: Visitor, db: Session, clock: Clock) -> None:
    signs_in(visitor, an_administrator(db).email)
    clock.passes(minutes=18)
    visitor.goes_to("/session/warning").sees("Your session ends at 10:20")
    clock.passes(minutes=1)
    visitor.presses("Stay signed in").sees("You stay signed in.")
    clock.passes(minutes=19)
    visitor.goes_to("/administration").is_at("/administration")
    clock.passes(minutes=21)
    visitor.goes_to("/session/warning").sees("You are signed out")


def test_signing_out_ends_the_session_on_the_server(visitor: Visitor, db: Session) -> None:
    person = an_administrator(db)
    signs_in(visitor, person.email).presses("Sign out").sees("You are signed out")
    db.expire_all()
    assert all(row.ended_at for row in db.exec(select(LoginSession).where(LoginSession.user_id == person.id)))
