"""Two people, a database in memory and a calendar; after each step what is shown is compared with ``life``."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
from sqlalchemy import Engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel, select

from tests.factories import a_user, an_administrator, an_employer
from tests.openid.twin import OpenIdTwin
from tests.twins import CarrierTwin, Clock, JobsAtOnce, MailTwin, PressTwin, SmsTwin
from tests.upgrade.life import Life, Paper
from webapp import create_app  # noqa: F401 -- every table is known from here on
from webapp.accounts.models import LoginSession, User
from webapp.config import Config
from webapp.database import create_engine
from webapp.letters.enclosure import enclose
from webapp.letters.models import Purpose
from webapp.login_methods.models import EnrolmentTicket
from webapp.login_methods.queries import held_by
from webapp.ports import Outside
from webapp.seal import Seal
from webapp.upgrade import queries
from webapp.upgrade.actions.redeeming import enclosures
from webapp.upgrade.standing import LetterState
from webapp.writing import TemplateWriter

CONFIG = Config()
SEAL, WRITER = Seal(CONFIG.seal), TemplateWriter(CONFIG)
BEGINNINGS = [  # usual, and some hours before the clock or the year changes
    datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    datetime(2026, 9, 25, 21, 30, tzinfo=UTC),
    datetime(2027, 2, 26, 22, 30, tzinfo=UTC),
    datetime(2026, 12, 1, 22, 30, tzinfo=UTC),
]
SECOND = timedelta(seconds=1)


@cache
def _empty() -> sqlite3.Connection:
    """A database in memory with all tables; made once, then copied."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    SQLModel.metadata.create_all(engine)
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    engine.raw_connection().driver_connection.backup(kept)  # type: ignore[union-attr]
    engine.dispose()
    return kept


def _copy() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", check_same_thread=False)
    _empty().backup(made)
    return made


@cache
def _engine() -> Engine:
    """One for all lives, so that each statement is put into words once; disposed of, it begins with a new copy."""
    return create_engine("sqlite://", poolclass=StaticPool, creator=_copy)


def an_outside() -> Outside:
    """Twins at every port; jobs are done at once."""
    jobs = JobsAtOnce()
    twins: dict[str, Any] = {"sms": SmsTwin(), "mailer": MailTwin(), "press": PressTwin(), "carrier": CarrierTwin()}
    jobs.outside = Outside(
        config=CONFIG, seal=SEAL, **twins, openid=OpenIdTwin(), writer=WRITER, jobs=jobs, now=Clock()
    )
    return jobs.outside


class World(RuleBasedStateMachine):
    """An administrator and a colleague on a database in memory, and what is always true of them."""

    @initialize(begins=st.sampled_from(BEGINNINGS))
    def somebody_is_there(self, begins: datetime) -> None:
        self.outside, self.closed = an_outside(), defaultdict[int, set[int]](set)
        self.db = Session(_engine(), expire_on_commit=False)
        self.outside.now.time = begins
        enclose(Purpose.RECOVERY, enclosures)
        company = an_employer(self.db)
        self.people = [an_administrator(self.db, company), a_user(self.db, company)]
        self.lives = [Life(administrator=True), Life(administrator=False)]
        self.sessions: dict[int, LoginSession] = {}

    def teardown(self) -> None:
        if hasattr(self, "db"):
            self.db.close()
            _engine().dispose()

    @property
    def now(self) -> datetime:
        return self.outside.now()

    @invariant()
    def what_is_shown_is_true(self) -> None:
        if not hasattr(self, "db"):
            return
        for person, life in zip(self.people, self.lives, strict=True):
            shown = queries.standing(self.db, person, self.now, "BE")
            step = shown.journey.step(self.now)
            self.db.commit()
            assert step == life.step(self.now)
            assert shown.refusal == life.why_no_letter(self.now)
            assert [told(state) for state in shown.letters] == [
                expected(paper, life, self.now) for paper in reversed(life.kept)
            ]
            assert shown.open_codes == sum(paper.opens(self.now) for paper in life.kept)
            assert may_order_from(shown.free_at, life) or (shown.free_at is None and not life.too_often(self.now))
            nobody_is_flooded([state.letter.ordered_at for state in shown.letters])
            self.what_was_closed_stays_closed(person.id or 0, [*shown.letters, *self.after_a_loss(person, life)])

    def after_a_loss(self, person: User, life: Life) -> Sequence[LetterState]:
        """The former telephone counts until the new one does; the letters for it are looked at like the others."""
        if not life.factor:
            return ()
        held = [number_in(self.outside, one.kept) for one in held_by(self.db, person)]
        shown = queries.standing(self.db, person, self.now, "BE", Purpose.RECOVERY)
        self.db.commit()
        assert held == [life.number]
        assert shown.refusal == life.why_no_letter(self.now, recovery=True)
        papers = life.kept_for(recovery=True)
        assert [told(state) for state in shown.letters] == [
            expected(paper, life, self.now) for paper in reversed(papers)
        ]
        nobody_is_flooded([state.letter.ordered_at for state in shown.letters])
        return shown.letters

    def what_was_closed_stays_closed(self, user_id: int, letters: Sequence[LetterState]) -> None:
        """Used, void or both: for ever; and each code that was used has opened one ticket, in time."""
        codes = [state.code for state in letters if state.code]
        closed = {code.id or 0 for code in codes if code.redeemed_at or code.voided_at}
        assert self.closed[user_id] <= closed
        self.closed[user_id] = closed
        used = [code for code in codes if code.redeemed_at]
        assert all(code.redeemed_at < code.expires_at and not code.voided_at for code in used)  # type: ignore[operator]
        tickets = self.db.exec(select(EnrolmentTicket.origin).where(EnrolmentTicket.user_id == user_id)).all()
        self.db.commit()
        assert sorted(origin.partition(":")[2] for origin in tickets) == sorted(str(code.id) for code in used)


def number_in(outside: Outside, kept: bytes) -> str:
    """Of a telephone that somebody holds, as it was typed."""
    digits = str(outside.seal.open(kept)["number"]).removeprefix("+41")
    return f"0{digits[:2]} {digits[2:5]} {digits[5:7]} {digits[7:]}"


def nobody_is_flooded(newest_first: Sequence[datetime]) -> None:
    """At most four letters in thirty days, a day apart."""
    at = newest_first[::-1]
    assert all(later - earlier >= timedelta(hours=24) for earlier, later in pairwise(at))
    assert all(fifth - first >= timedelta(days=30) for first, fifth in zip(at, at[4:], strict=False))


def may_order_from(free_at: datetime | None, life: Life) -> bool:
    """Whether the calendar allows a letter from that instant on, and not a second before."""
    return free_at is not None and not life.too_often(free_at) and bool(life.too_often(free_at - SECOND))


def told(state: LetterState) -> tuple[object, ...]:
    """What the pages show of a letter."""
    code = state.code
    return (state.letter.ordered_at, state.letter.waiting, state.held, state.usable, code.last_day if code else None)


def expected(paper: Paper, life: Life, now: datetime) -> tuple[object, ...]:
    """The same as it must be."""
    return (paper.ordered, paper.waits, paper.waits and life.reported, paper.opens(now), paper.last_day)
