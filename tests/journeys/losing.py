"""What a person does who has lost the telephone, and what can be seen of it."""

from sqlmodel import Session, col, select

from tests.attacks.arranging import an_upgraded
from tests.factories import a_user
from tests.journeys.places import code_on_telephone, signs_in
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside

NEW = "+41 79 555 02 02"
LINK, CODE = "I no longer have my telephone", "Code from your letter"


def somebody_upgraded(db: Session, outside: Outside) -> User:
    """Somebody who signs in with a telephone, and does not administer anything."""
    user = a_user(db, first_name="Julia", last_name="Favre", email="julia@favre.example", language="en")
    an_upgraded(db, outside, user)
    outside.now.passes(days=40)  # type: ignore[attr-defined]
    outside.mailer.sent.clear()  # type: ignore[attr-defined]
    return user


def orders(visitor: Visitor, person: User) -> Visitor:
    """At the second step."""
    signs_in(visitor, person.email).sees("Second step").follows(LINK).sees("What happens", "R•• d• M••••• •")
    return visitor.presses("Order the letter").sees("Your letter is ordered", "Expected by")


def types(visitor: Visitor, code: str) -> Visitor:
    """On the page for it."""
    return visitor.goes_to("/sign-in/second-factor/lost/code").fills(CODE, code).presses("Continue")


def registers(visitor: Visitor, outside: Outside, number: str = NEW) -> Visitor:
    """Another telephone."""
    visitor.follows("Create an SMS login").fills("Mobile number", number).presses("OK")
    return visitor.fills("SMS code", code_on_telephone(outside)).presses("OK")


def held(db: Session, person: User) -> list[str]:
    """The last two figures of the numbers that count."""
    db.rollback()
    confirmed = (col(Enrolment.confirmed_at).is_not(None), col(Enrolment.removed_at).is_(None))
    mine = select(Enrolment.shown_as).where(Enrolment.user_id == person.id, *confirmed)
    return [shown[-2:] for shown in db.exec(mine)]


def subjects(outside: Outside, recipient: str) -> list[str]:
    """What was written to somebody, the oldest first."""
    return [mail.subject for mail in outside.mailer.sent if mail.recipient == recipient]  # type: ignore[attr-defined]
