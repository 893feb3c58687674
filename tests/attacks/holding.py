"""People who hold an authenticator app or recovery codes, as attacks find them."""

from dataclasses import dataclass, field

from pyotp import TOTP
from sqlmodel import Session

from tests.attacks.arranging import a_session, a_telephone, a_ticket
from webapp.accounts.models import LoginSession, User
from webapp.login_methods import actions as login_methods
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside


@dataclass
class App:
    """A confirmed authenticator app; ``confirmed_with`` is the code that was typed then."""

    enrolment: Enrolment
    key: str = field(repr=False)
    confirmed_with: str

    def code(self, outside: Outside, steps: int = 0) -> str:
        """What it shows ``steps`` half minutes from now."""
        return TOTP(self.key).at(outside.now(), counter_offset=steps)


def types(db: Session, outside: Outside, user: User, session: LoginSession, held: Enrolment, code: str) -> str:
    """What becomes of a code at the second step."""
    return login_methods.answer(db, outside, user, session, held, code).outcome.value


def an_app(db: Session, outside: Outside, user: User) -> App:
    """Set up with the code of a letter; the session is over, and the step of confirming has passed."""
    a_ticket(db, outside, user)
    session = a_session(db, outside, user)
    enrolment, _asked = login_methods.begin(db, outside, user, session, slug="otp", answers={})
    app = App(enrolment, outside.seal.open(enrolment.kept)["key"], "")
    app.confirmed_with = app.code(outside, -1)
    assert types(db, outside, user, session, enrolment, app.confirmed_with) == "right"
    session.ended_at = outside.now()
    db.commit()
    return app


def a_sheet(db: Session, outside: Outside, user: User) -> tuple[Enrolment, list[str]]:
    """Ten recovery codes beside a telephone."""
    a_telephone(db, outside, user, f"079 555 {user.id or 0:04}")
    session = a_session(db, outside, user, level=2)
    enrolment, _asked = login_methods.begin(db, outside, user, session, slug="recovery_codes", answers={})
    codes = outside.seal.open(enrolment.kept)["new"]
    assert types(db, outside, user, session, enrolment, codes[0]) == "right"
    session.ended_at = outside.now()
    db.commit()
    return enrolment, codes
