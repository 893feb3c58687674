"""What is not told in a journey: people who are there already, a clerk at the desk, and time that passes."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import BrowserContext
from sqlalchemy import update

from tests.browser.journeys.clock import now, put_forward
from tests.browser.live import Portal
from tests.factories import a_user, an_administrator
from tests.journeys.places import code_in_letter_to, the_fund_prints_and_posts
from tests.letters.paper import code_of, sheets
from tests.outside import all_twins
from webapp.accounts.actions import begin_session
from webapp.accounts.models import LoginSession, User
from webapp.config import Config
from webapp.letters.actions import start_run
from webapp.letters.models import Reason
from webapp.ports import TryAgainLater
from webapp.upgrade.actions.ordering import order_letters
from webapp.upgrade.queries import letters_of


@dataclass
class Stage:
    """Behind a running portal: what is arranged here is done with the portal's own actions."""

    portal: Portal
    back: timedelta = field(default_factory=timedelta)  # how long ago things are arranged

    def __post_init__(self) -> None:
        """The same settings as the portal's, but nothing leaves."""
        config = Config(database=self.portal.database, data=self.portal.data, address=self.portal.url)
        self.outside = all_twins(config, self.now)

    def now(self) -> datetime:
        """The time it is where something is arranged."""
        return now(self.portal.data) - self.back

    def passes(self, **how_long: float) -> None:
        """Put the portal's clock forward."""
        put_forward(self.portal.data, **how_long)

    def idle_minutes(self, minutes: int) -> None:
        """How long every live session lasts without being used; the end is announced two minutes before."""
        with self.portal.db() as db:
            db.execute(update(LoginSession).values(idle_minutes=minutes))
            db.commit()

    def administrator(self, **facts: Any) -> User:
        """An administrator who still signs in with a password only."""
        with self.portal.db() as db:
            return _apart(an_administrator(db, **{"language": "en"} | facts))

    def colleague(self, of: User, **facts: Any) -> User:
        """Somebody of the same company without administrator rights."""
        with self.portal.db() as db:
            return _apart(a_user(db, None, **{"employer_id": of.employer_id, "language": "en"} | facts))

    def clerk(self, language: str = "en") -> User:
        """Somebody at the fund, who has a second factor."""
        with self.portal.db() as db:
            since = {"factor_since": self.now(), "upgraded_at": self.now()}
            return _apart(a_user(db, None, employer_id=None, clerk=True, language=language, **since))

    def lets_in(self, context: BrowserContext, user: User, level: int) -> None:
        """Put the cookie of a live session into the browser: 1 with the password only, 2 with both factors."""
        with self.portal.db() as db:
            word, _row = begin_session(db, self.outside, user, level=level, replacing=None)
        signer = SecureCookieSessionInterface().get_signing_serializer(_keys(self.outside.config.secret))
        assert signer
        context.add_cookies([{"name": "portal", "value": signer.dumps({"_user_id": word}), "url": self.portal.url}])

    def letter_to(self, user: User, *, days_ago: float = 0, reason: Reason = Reason.FIRST) -> str:
        """The code in a letter that was ordered, printed and posted so long ago."""
        self.back = timedelta(days=days_ago)
        with self.portal.db() as db:
            found = db.get_one(User, user.id)
            outcome = order_letters(db, self.outside, [found], by=found, reason=reason)
            assert not outcome.refused, outcome.refused
        code = self.prints_and_posts(user)
        self.back = timedelta()
        return code

    def prints_and_posts(self, user: User) -> str:
        """The code in the letter to ``user``, printed and posted now; nothing of it is on paper."""
        with self.portal.db() as db:
            the_fund_prints_and_posts(db, self.outside)
        return code_in_letter_to(self.outside, user.full_name)

    def number_to(self, user: User) -> str:
        """What the newest letter to ``user`` is called."""
        with self.portal.db() as db:
            return letters_of(db, user)[0].number

    def run(self, *, handed_over: bool) -> str:
        """The public id of a print run that is ready for the post, or whose folder can't take it."""
        self.outside.carrier.refuses = None if handed_over else TryAgainLater()  # type: ignore[attr-defined]
        user = self.administrator()
        with self.portal.db() as db:
            order_letters(db, self.outside, [found := db.get_one(User, user.id)], by=found, reason=Reason.FIRST)
            run = start_run(db, self.outside, None)
            assert run
            self.outside.carrier.refuses = None  # type: ignore[attr-defined]
            return run.public_id

    def code_on_paper(self, user: User) -> str:
        """The code as it stands in the newest letter to ``user``, read from the PDF that went to the printer."""
        documents = sorted((self.portal.data / "letters").rglob("*.pdf"), reverse=True)
        for document in documents:
            for lines in sheets(document.read_bytes()):
                if any(user.full_name in line.text for line in lines):
                    return re.sub(r"\s+", " ", code_of(lines)).strip()
        raise AssertionError(f"no letter to {user.full_name} among {documents}")


def _apart(user: User) -> User:
    """Free of its database session, with all it knows."""
    from sqlalchemy.orm import object_session  # noqa: PLC0415

    session = object_session(user)
    assert session
    session.refresh(user)
    session.expunge(user)
    return user


def _keys(secret: str) -> Flask:
    signer = Flask("signer")
    signer.secret_key = secret
    return signer
