"""Whoever meets a barrier tells the fund of it, signed in or not; nobody floods its letter box."""

from sqlmodel import Session

from tests.twins import Clock
from tests.visitor import Visitor
from webapp.config import BARRIERS_A_DAY
from webapp.ports import Outside

FORM = "/info/accessibility/barrier"
WORDS = "What did you want to do, and what kept you from it?"


def tells(visitor: Visitor, words: str) -> Visitor:
    """From the page on accessibility."""
    visitor.goes_to("/info/accessibility?lang=en").follows("Write to us").is_at(FORM)
    return visitor.fills(WORDS, words).presses("Send")


def test_a_message_goes_to_the_fund(visitor: Visitor, outside: Outside) -> None:
    visitor.goes_to(f"{FORM}?lang=en").fills(WORDS, "The table\nof <b>letters</b>").fills(
        "On which page?", "My letters"
    )
    visitor.fills("E-mail address for the answer", "Anne@company.example").presses("Send")
    visitor.sees("Thank you. Your message has gone to the fund.").is_at("/info/accessibility")
    (mail,) = outside.mailer.sent
    assert mail.recipient == outside.config.fund.email
    assert "of <b>letters</b>" in mail.text
    assert "<b>letters" not in mail.html
    assert "Anne@company.example" in mail.text
    assert "My letters" in mail.text


def test_nothing_said_or_a_wrong_address_is_explained(visitor: Visitor, outside: Outside) -> None:
    tells(visitor, "").sees("There is a problem", "Describe what kept you from it.")
    visitor.fills(WORDS, "The table").fills("E-mail address for the answer", "anne").presses("Send")
    visitor.sees("This is not an e-mail address.").finds_in("E-mail address for the answer", "anne")
    visitor.fills("E-mail address for the answer", "").fills("On which page?", "x" * 201).presses("Send")
    visitor.sees("The text is too long: 200 characters at most.").does_not_see("Field cannot")
    assert not outside.mailer.sent


def test_so_many_a_day_and_what_was_written_stays(
    visitor: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    for number in range(BARRIERS_A_DAY):
        tells(visitor, f"Barrier {number}").sees("Thank you.")
    tells(visitor, "One more").sees("A lot has come from here today.", "One more")
    assert len(outside.mailer.sent) == BARRIERS_A_DAY
    clock.passes(days=1)
    visitor.presses("Send").sees("Thank you.")
