"""What may happen to the letters of two people, in any order: each step is done by the portal and told to ``life``."""

import secrets
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlmodel import col, select

from tests.attacks.arranging import a_pending_sms, a_session
from tests.attacks.test_races import WRONG
from tests.journeys.places import code_in_letter_to
from tests.upgrade.world import World
from webapp.accounts.models import LoginSession
from webapp.codes import as_typed
from webapp.formats import local_day
from webapp.letters.actions import settle_address, start_run
from webapp.letters.models import AddressReport, Letter, Reason
from webapp.login_methods import actions as login_methods
from webapp.upgrade.actions import bulk, closing, ordering, redeeming
from webapp.upgrade.actions.returning import take_back

WAITS = [
    {"minutes": 5}, {"minutes": 14, "seconds": 59}, {"minutes": 15}, {"minutes": 30},
    {"hours": 23, "minutes": 59}, {"hours": 24}, {"days": 3}, {"days": 7}, {"days": 20}, {"days": 30},
]  # fmt: skip
one = st.sampled_from((0, 1))


class Lives(World):
    """An administrator and a colleague, the fund's printer, the calendar."""

    @rule(who=one, lost=st.booleans())
    def orders(self, who: int, lost: bool) -> None:  # noqa: FBT001
        reason = Reason.LOST if lost else Reason.NOT_ARRIVED if self.lives[who].kept else Reason.FIRST
        allowed = self.lives[who].orders(self.now, lost=lost)
        given = {"by": self.people[0], "reason": reason}
        ordered = ordering.order_letters(self.db, self.outside, [self.people[who]], **given)
        assert [person.id for person in ordered.sent] == [self.people[who].id] * allowed

    @rule(who=one)
    def reports_it_lost(self, who: int) -> None:
        open_ones = any(paper.code and not paper.closed for paper in self.lives[who].papers)
        self.lives[who].void_all()
        assert ordering.report_lost(self.db, self.outside, self.people[who]) == open_ones

    @rule()
    def orders_for_both(self) -> None:
        allowed = [life.orders(self.now, lost=False) for life in self.lives]
        by, ids = self.people[0], [person.id or 0 for person in self.people]
        given = {"by": by, "user_ids": ids, "employer_id": by.employer_id, "key": secrets.token_hex(16)}
        placed, new = bulk.order_for_many(self.db, self.outside, **given)
        lines = select(bulk.BulkOrderLine).where(bulk.BulkOrderLine.order_id == placed.id)
        brought = {line.user_id: line.letter_id is not None for line in self.db.exec(lines)}
        self.db.commit()
        assert new
        assert [brought[person.id] for person in self.people] == allowed

    @rule()
    def prints(self) -> None:
        run = start_run(self.db, self.outside, None)
        printed = [
            (person, paper)
            for person, life in zip(self.people, self.lives, strict=True)
            for paper in life.papers
            if paper.waits and not life.reported
        ]
        assert (run is not None) == bool(printed)
        for person, paper in printed:
            paper.code = as_typed(code_in_letter_to(self.outside, person.full_name))
            paper.last_day = local_day(self.now) + timedelta(days=30)

    @rule(who=one, times=st.sampled_from((1, 1, 1, 5)))
    def has_letters(self, who: int, times: int) -> None:
        for _time in range(times):
            self.outside.now.passes(hours=24)
            self.orders(who, lost=False)
            self.prints()

    @rule(who=one)
    def opens_the_letter(self, who: int) -> None:
        self.types(who, who, 0)

    @rule(who=one)
    def goes_all_the_way_while_another_letter_is_ordered(self, who: int) -> None:
        self.outside.now.passes(hours=24)
        self.opens_the_letter(who)
        self.orders(who, lost=False)
        self.registers_a_telephone(who)
        self.closes(who)

    @rule(who=one, whose=one, which=st.integers(0, 3))
    def types(self, who: int, whose: int, which: int) -> None:
        codes = [paper.code for paper in reversed(self.lives[whose].papers) if paper.code]
        if codes:
            self._types(who, codes[which % len(codes)])

    @rule(who=one, count=st.sampled_from((1, 5, 16)), patient=st.booleans())
    def guesses(self, who: int, count: int, patient: bool) -> None:  # noqa: FBT001
        for wrong in WRONG[:count]:
            if self._types(who, wrong) == "paused" and patient:
                self.outside.now.passes(minutes=15)

    @rule(who=one)
    def mistypes(self, who: int) -> None:
        given = {"terms": "1", "language": "fr"}
        assert redeeming.redeem(self.db, self.outside, self.people[who], "4KTT 78ZD", **given).outcome == "mistyped"

    def _types(self, who: int, code: str) -> str:
        if self.lives[who].step(self.now) in ("method", "done"):  # the page sends them where they belong
            return ""
        expected = self.lives[who].types(code, self.now)
        given = {"terms": "1", "language": "fr"}
        outcome = redeeming.redeem(self.db, self.outside, self.people[who], code, **given).outcome
        assert outcome == expected
        return expected

    @rule(who=one)
    def says_that_the_address_is_wrong(self, who: int) -> None:
        life = self.lives[who]
        if life.administrator and not life.kept:
            life.orders(self.now, lost=False)
        life.reported = True
        ordering.report_address(self.db, self.outside, self.people[who], "")

    @rule(who=one)
    def the_fund_settles_it(self, who: int) -> None:
        open_one = select(AddressReport).where(
            AddressReport.user_id == self.people[who].id, col(AddressReport.settled_at).is_(None)
        )
        report = self.db.exec(open_one).first()
        self.db.commit()
        assert (report is not None) == self.lives[who].reported
        if report:
            settle_address(self.db, self.outside, report, self.people[0])
            self.lives[who].reported = False

    @rule(who=one, which=st.integers(0, 2), moved=st.booleans())
    def a_letter_comes_back(self, who: int, which: int, moved: bool) -> None:  # noqa: FBT001
        papers = [paper for paper in reversed(self.lives[who].papers) if paper.code]
        if not papers:
            return
        paper = papers[which % len(papers)]
        letters = select(Letter).where(Letter.user_id == self.people[who].id, Letter.ordered_at == paper.ordered)
        letter = self.db.exec(letters.where(col(Letter.printed_at).is_not(None))).one()
        letter.posted_at = letter.posted_at or self.now
        self.db.commit()
        taken = take_back(self.db, self.outside, [letter.id or 0], by=self.people[0], moved=moved)
        assert taken == self.lives[who].comes_back(paper, moved=moved)

    @rule(who=one)
    def registers_a_telephone(self, who: int) -> None:
        life, user = self.lives[who], self.people[who]
        if life.factor or life.step(self.now) != "method":
            return
        session = self.sessions[who] = a_session(self.db, self.outside, user)
        life.number = f"079 555 01 0{who}"
        enrolment, code = a_pending_sms(self.db, self.outside, user, session, life.number)
        assert login_methods.answer(self.db, self.outside, user, session, enrolment, code).outcome == "right"
        life.factor, life.ticket_until = True, None

    @rule(who=one)
    def closes(self, who: int) -> None:
        life = self.lives[who]
        session = self.sessions.get(who) or LoginSession(id=0)
        done = closing.close(self.db, self.outside, self.people[who], session)
        self.db.commit()
        assert done == (life.factor and not life.upgraded)
        if done:
            life.upgraded = True
            life.ends()
            life.way_back = life.way_back and (life.way_back[0], 0, life.way_back[2])  # signed out everywhere else

    @rule(how_long=st.sampled_from(WAITS))
    def time_passes(self, how_long: dict[str, float]) -> None:
        self.outside.now.passes(**how_long)

    @rule(who=one, seconds=st.sampled_from((-1, 0, 1)))
    def the_last_day_ends(self, who: int, seconds: int) -> None:
        edges = [paper.edge() + timedelta(seconds=seconds) for paper in self.lives[who].papers if paper.code]
        self.outside.now.time = max(self.now, *edges[-1:], self.now)
