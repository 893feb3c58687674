"""The demo world: a bakery and a trading company with people in every state, told with the actions that users press.

The codes stand in the letters only, as PDF in the letters' folder; whoever wants to go on opens the letter.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session, select

from webapp.accounts.actions import begin_session, end_session
from webapp.accounts.models import Employer, User
from webapp.accounts.passwords import hash_password
from webapp.letters.actions import report_wrong_address
from webapp.letters.models import Reason
from webapp.login_methods import actions as login_methods
from webapp.ports import Outside
from webapp.seed_accounts import change_accounts, invite_somebody, leave
from webapp.seed_desk import come_back, post_letters, print_letters
from webapp.seed_people import DESK, Company, State
from webapp.seed_several import act_later_and_act_no_more, add_methods
from webapp.seed_story import Story
from webapp.upgrade import queries
from webapp.upgrade.actions.bulk import order_for_many
from webapp.upgrade.actions.closing import close, postpone
from webapp.upgrade.actions.ordering import ask_administrators, order_letters
from webapp.upgrade.actions.redeeming import redeem
from webapp.upgrade.redemption import Outcome
from webapp.upgrade.terms import VERSIONS

PASSWORD = "demo-Portal-2026"  # noqa: S105 -- everybody's, and printed at the start
S = State


class NotHere(Exception):
    """There is no room for a demo world; the sentence says why."""


def seed(db: Session, outside: Outside, progress: Callable[[int], object] = lambda _: None) -> int:
    """Build the demo world and say how many people live in it; ``progress`` hears of each of ``len(STORY)`` steps.

    Raises NotHere outside of development, or when there are people already.
    """
    if not outside.config.development:
        raise NotHere("The demo world exists in development only.")
    if db.exec(select(User.id).limit(1)).first() is not None:
        raise NotHere("There are people in the database already.")
    story = Story(db, outside)
    for ago, step in STORY:
        story.past.go_to(ago, office=step in (print_letters, post_letters))
        step(story)
        story.past.do_jobs(db)
        progress(1)
    return len(story.users)


Step = Callable[[Story], None]


def arrive(story: Story) -> None:
    """Companies and people come out of the register."""
    password, now = hash_password(PASSWORD), story.outside.now()
    employers: dict[Company | None, Employer] = {}
    for person in story.people:
        company = person.company
        if company and company not in employers:
            employers[company] = Employer(member_number=company.member_number, name=company.name, uid=company.uid)
            story.db.add(employers[company])
            story.db.flush()
        seen = None if person.state is S.UNTOUCHED else now + timedelta(days=60 if person.state is S.INACTIVE else 98)
        story.users[person.email] = User(
            employer_id=employers[company].id if company else None,
            clerk=company is None,
            activated_at=now,
            password_hash=password,
            last_login_at=seen,
            **person.facts,
        )
    story.db.add_all(story.users.values())
    story.db.commit()


def order(*states: State, reason: Reason = Reason.FIRST) -> Step:
    """The first administrator of each company orders letters for people in these states."""

    def step(story: Story) -> None:
        for person in story.of(*states):
            by = next(u for u in story.of(S.SIGNED_IN) if u.administrator and u.employer_id == person.employer_id)
            outcome = order_letters(story.db, story.outside, [person], by=by, reason=reason)
            if outcome.refused:
                raise AssertionError(f"{person.email}: {outcome.refused}")

    return step


def order_at_once(*states: State) -> Step:
    """The first administrator of each company orders for people in these states with one press; some get none."""

    def step(story: Story) -> None:
        for by in (u for u in story.of(S.SIGNED_IN) if u.email.startswith("admin@")):
            ids = [u.id or 0 for u in story.of(*states) if u.employer_id == by.employer_id]
            key = f"{by.id or 0:032x}"
            order_for_many(story.db, story.outside, by=by, user_ids=ids, employer_id=by.employer_id, key=key)

    return step


def each(state: State, act: Callable[..., object], **how: str) -> Step:
    """Everybody in ``state`` does the same."""

    def step(story: Story) -> None:
        for person in story.of(state):
            act(story.db, story.outside, person, **how)

    return step


def type_the_code(*states: State) -> Step:
    """People type the code of their latest letter."""

    def step(story: Story) -> None:
        for person in story.of(*states):
            letter = queries.letters_of(story.db, person)[0]
            code = story.past.codes[letter.number]
            done = redeem(story.db, story.outside, person, code, terms=VERSIONS[0], language=person.language)
            if done.outcome is not Outcome.REDEEMED:
                raise AssertionError(f"{person.email}: {done.outcome}")

    return step


def enrol(*, desk: bool = False) -> Step:
    """The upgraded people register a telephone, type the code that it shows, and close."""

    def step(story: Story) -> None:
        if desk:  # the fund lets its own clerk register a telephone without a letter
            login_methods.open_ticket(story.db, story.outside, story.users[DESK.email], "demo world")
        for person in [story.users[DESK.email]] if desk else story.of(S.UPGRADED):
            _enrol(story, person, f"+4179000{person.id or 0:04d}")
            story.past.do_jobs(story.db)

    return step


def _enrol(story: Story, person: User, number: str) -> None:
    db, outside = story.db, story.outside
    word, session = begin_session(db, outside, person, level=1, replacing=None)
    enrolment, _ = login_methods.begin(db, outside, person, session, slug="sms", answers={"number": number})
    story.past.do_jobs(db)
    login_methods.answer(db, outside, person, session, enrolment, story.past.message.rpartition("#")[2].strip())
    if not close(db, outside, person, session):
        raise AssertionError(person.email)
    end_session(db, outside, word)


def posted(ago: int, *states: State) -> tuple[tuple[float, Step], ...]:
    """Letters are ordered, printed a day later, and brought to the post the day after."""
    return (ago, order(*states)), (ago - 1, print_letters), (ago - 2, post_letters)


STORY: tuple[tuple[float, Step], ...] = (  # days ago, what happened
    (100, arrive),
    (76, enrol(desk=True)),
    *posted(75, S.UPGRADED),
    (70, type_the_code(S.UPGRADED)),
    (70, enrol()),
    (69, add_methods),
    *posted(45, S.EXPIRED),
    (30, leave),
    *posted(20, S.RETURNED, S.ARRIVED, S.REPLACED, S.VOIDED, S.TICKET, S.LAPSED),
    (13, come_back),
    (10, type_the_code(S.LAPSED)),
    (5, each(S.WISHING, ask_administrators)),
    (3, each(S.POSTPONED, postpone)),
    (3, order(S.REPLACED, reason=Reason.NOT_ARRIVED)),
    (3, order_at_once(S.POSTED, S.INACTIVE, S.UPGRADED)),
    (2.5, invite_somebody),
    (2, print_letters),
    (1, post_letters),
    (0.8, order(S.PRINTED)),
    (0.2, print_letters),
    (0.1, order(S.WAITING, S.HELD)),
    (0.1, order(S.VOIDED, reason=Reason.LOST)),
    (0.05, each(S.HELD, report_wrong_address, remark="Nous avons déménagé le premier du mois.")),
    (0.01, change_accounts),
    (0.01, act_later_and_act_no_more),
    (0, type_the_code(S.TICKET)),
)
