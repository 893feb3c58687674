"""What may happen after a loss, in any order with everything else: the letter, its code, another telephone."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.attacks.arranging import a_session, the_code
from tests.upgrade.living import Lives, one
from webapp.letters.models import Reason
from webapp.login_methods import actions as login_methods
from webapp.login_methods.queries import held_by
from webapp.upgrade.actions import closing, ordering, redeeming


class Losses(Lives):
    """The same two people, who lose what they have registered."""

    @rule(who=one, lost=st.booleans())
    def orders_after_a_loss(self, who: int, lost: bool) -> None:  # noqa: FBT001
        reason = Reason.LOST if lost else Reason.FIRST
        allowed = self.lives[who].orders(self.now, lost=lost, recovery=True)
        given = {"by": self.people[0], "reason": reason}
        assert (ordering.order_recovery(self.db, self.outside, self.people[who], **given) is None) == allowed

    @rule(who=one)
    def loses_the_telephone(self, who: int) -> None:
        """A day later, with the letter in the hand."""
        if not self.lives[who].factor:
            self.has_letters(who, 1)
            self.opens_the_letter(who)
            self.registers_a_telephone(who)
        self.outside.now.passes(hours=24)
        self.orders_after_a_loss(who, lost=False)
        self.prints()

    @rule(who=one, then=st.sampled_from(("here", "elsewhere", "found again")))
    def goes_the_way_back(self, who: int, then: str) -> None:
        """The letter's code is typed; then a telephone is registered, where it was typed or not, or is found again."""
        self.loses_the_telephone(who)
        self.types_after_a_loss(who, who, 0)
        self.what_is_shown_is_true()
        if then == "found again":
            self.finds_the_telephone_again(who)
        self.registers_another_telephone(who, elsewhere=then == "elsewhere")

    @rule(who=one, whose=one, which=st.integers(0, 3))
    def types_after_a_loss(self, who: int, whose: int, which: int) -> None:
        """Any code of anybody, on the page for a new login, in a new session."""
        codes = [paper.code for paper in reversed(self.lives[whose].papers) if paper.code]
        if not codes or not self.lives[who].factor:  # the page sends them where they belong
            return
        session = self.sessions[who] = a_session(self.db, self.outside, self.people[who])
        code = codes[which % len(codes)]
        expected = self.lives[who].types(code, self.now, after_loss_in=session.id)
        given = redeeming.recover(self.db, self.outside, self.people[who], code, session)
        assert given.outcome == expected

    @rule(who=one, elsewhere=st.booleans())
    def registers_another_telephone(self, who: int, elsewhere: bool) -> None:  # noqa: FBT001
        """Where the code was typed, or in another session with the same password."""
        life, user = self.lives[who], self.people[who]
        if not life.factor:
            return
        self.outside.now.passes(minutes=5)
        session = a_session(self.db, self.outside, user) if elsewhere else self.sessions[who]
        number = f"079 555 {len(life.papers):02} {int(life.number[-2:]) ^ 1:02}"
        answers = {"number": number}
        enrolment, asked = login_methods.begin(self.db, self.outside, user, session, slug="sms", answers=answers)
        if asked.free_at:
            return
        entitled = life.way_back is not None and life.way_back[1] == session.id and self.now < life.way_back[2]
        given = login_methods.answer(self.db, self.outside, user, session, enrolment, the_code(self.outside))
        if given.outcome != "paused":
            assert (given.outcome == "right") == entitled, given
        if given.outcome == "right":
            life.number, life.way_back, self.sessions[who] = number, None, session

    @rule(who=one)
    def finds_the_telephone_again(self, who: int) -> None:
        """Signs in with it: the letter is of no use any more."""
        life, user = self.lives[who], self.people[who]
        if not life.factor:
            return
        self.outside.now.passes(minutes=5)
        session = a_session(self.db, self.outside, user)
        enrolment = held_by(self.db, user)[0]
        if login_methods.ask(self.db, self.outside, user, session, enrolment).free_at:
            return
        code = the_code(self.outside)
        assert login_methods.answer(self.db, self.outside, user, session, enrolment, code).outcome == "right"
        assert closing.close_recovery(self.db, self.outside, user) == life.recovering
        if life.recovering:
            life.ends()
        life.way_back = None
