"""A question that waits for a certificate, and what was noted in it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from tests.factories import a_user
from webapp.accounts.actions import begin_session
from webapp.accounts.models import LoginSession, User
from webapp.login_methods import actions, queries
from webapp.login_methods.methods.certificate import METHOD
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside


@dataclass
class Waiting:
    """Somebody who registers a certificate, and is asked to present it."""

    db: Session
    outside: Outside
    user: User
    session: LoginSession
    enrolment: Enrolment

    @property
    def question(self) -> dict[str, Any]:
        """What is kept of the question now."""
        self.db.expire_all()
        asked = queries.question_in(self.db, self.session)
        assert asked
        kept = self.outside.seal.open(asked.kept)
        self.db.commit()
        return kept  # type: ignore[no-any-return]

    @property
    def word(self) -> str:
        """What the page's form brings to the host of certificates."""
        asking = actions.circumstances(self.db, self.outside, self.user, self.session, self.outside.now())
        word = str(METHOD.shown({}, self.question, asking)["word"])
        self.db.commit()
        return word

    def is_asked_again(self) -> "Waiting":
        """The question anew."""
        actions.ask(self.db, self.outside, self.user, self.session, self.enrolment)
        return self


def somebody_waits(db: Session, outside: Outside) -> Waiting:
    """Signed in with a password; the certificate's enrolment has begun."""
    user = a_user(db)
    session = begin_session(db, outside, user, level=1, replacing=None)[1]
    enrolment, _asked = actions.begin(db, outside, user, session, slug="certificate", answers={})
    return Waiting(db, outside, user, session, enrolment)
