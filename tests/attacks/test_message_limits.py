"""How often the code of a text message may be guessed, and how many messages may be had."""

from datetime import timedelta

from sqlmodel import Session

from tests.attacks.arranging import a_pending_sms, a_session, a_telephone, a_ticket, another, the_code
from tests.factories import a_user
from tests.test_routes import ONLY_SQLITE
from webapp.login_methods import actions
from webapp.ports import Outside


def test_a_new_message_gives_no_new_guesses(db: Session, outside: Outside) -> None:
    user = a_user(db)
    enrolment = a_telephone(db, outside, user)
    outside.now.passes(days=1)
    session = a_session(db, outside, user)
    outcomes = []
    for wrong in (4, 4, 2):
        assert actions.ask(db, outside, user, session, enrolment).free_at is None
        typed = another(the_code(outside))
        outcomes += [actions.answer(db, outside, user, session, enrolment, typed).outcome.value for _ in range(wrong)]
        outside.now.passes(seconds=31)
    assert outcomes == ["wrong"] * 9 + ["lapsed"]
    actions.ask(db, outside, user, session, enrolment)
    assert actions.answer(db, outside, user, session, enrolment, the_code(outside)).outcome == "paused"


def test_five_tries_a_code_then_not_even_the_right_one(db: Session, outside: Outside) -> None:
    user = a_user(db)
    enrolment = a_telephone(db, outside, user)
    outside.now.passes(days=1)
    session = a_session(db, outside, user)
    actions.ask(db, outside, user, session, enrolment)
    code = the_code(outside)
    typed = [another(code)] * 5 + [code]
    outcomes = [actions.answer(db, outside, user, session, enrolment, one).outcome for one in typed]
    assert outcomes == ["wrong"] * 4 + ["lapsed"] * 2


def test_the_pause_doubles_each_time(db: Session, outside: Outside) -> None:
    user = a_user(db)
    enrolment = a_telephone(db, outside, user)
    pauses = []
    for _time in range(4):
        outside.now.passes(days=1)
        session = a_session(db, outside, user)
        for _code in range(2):
            outside.now.passes(seconds=31)
            assert actions.ask(db, outside, user, session, enrolment).free_at is None
            for _try in range(5):
                actions.answer(db, outside, user, session, enrolment, another(the_code(outside)))
        outside.now.passes(seconds=31)
        actions.ask(db, outside, user, session, enrolment)
        given = actions.answer(db, outside, user, session, enrolment, the_code(outside))
        assert given.free_at
        pauses.append(given.free_at - outside.now() + timedelta(seconds=31))
    assert [round(pause / timedelta(minutes=15)) for pause in pauses] == [1, 2, 4, 8]


def test_a_code_counts_in_the_session_that_asked_and_only_the_last(db: Session, outside: Outside) -> None:
    user = a_user(db)
    enrolment = a_telephone(db, outside, user)
    outside.now.passes(days=1)
    first, second = a_session(db, outside, user), a_session(db, outside, user)
    codes = []
    for session in (first, second, first):
        assert actions.ask(db, outside, user, session, enrolment).free_at is None
        codes.append(the_code(outside))
        outside.now.passes(seconds=30)
    tried = [(first, codes[0]), (first, codes[1]), (second, codes[2]), (second, codes[0]), (first, codes[2])]
    outcomes = [actions.answer(db, outside, user, session, enrolment, code).outcome for session, code in tried]
    assert outcomes == ["wrong"] * 4 + ["right"]
    assert actions.answer(db, outside, user, first, enrolment, codes[2]).outcome == "not_asked"  # once


def test_a_code_lives_ten_minutes(db: Session, outside: Outside) -> None:
    user = a_user(db)
    enrolment = a_telephone(db, outside, user)
    for seconds, outcome in ((599, "right"), (600, "lapsed"), (86400, "lapsed")):
        outside.now.passes(days=1)
        session = a_session(db, outside, user)
        actions.ask(db, outside, user, session, enrolment)
        outside.now.passes(seconds=seconds)
        assert actions.answer(db, outside, user, session, enrolment, the_code(outside)).outcome == outcome


def sent_within(db: Session, outside: Outside, hours: float, every: int) -> int:
    """How many messages somebody gets who asks without a break, each time in a new session."""
    user = a_user(db)
    enrolment = a_telephone(db, outside, user)
    outside.now.passes(days=2)
    before, end = len(outside.sms.sent), outside.now() + timedelta(hours=hours)
    while outside.now() < end:
        actions.ask(db, outside, user, a_session(db, outside, user), enrolment)
        outside.now.passes(seconds=every)
    return len(outside.sms.sent) - before


@ONLY_SQLITE
def test_one_in_thirty_seconds_five_an_hour_ten_a_day(db: Session, outside: Outside) -> None:
    assert sent_within(db, outside, 29 / 3600, 1) == 1
    outside.now.passes(days=2)
    assert sent_within(db, outside, 1, 25) == 5
    outside.now.passes(days=2)
    assert sent_within(db, outside, 23, 600) == 10


def test_a_telephone_is_not_flooded_by_many_people(db: Session, outside: Outside) -> None:
    for _person in range(12):
        user = a_user(db)
        a_ticket(db, outside, user)
        answers = {"number": "+41 79 555 01 01"}
        actions.begin(db, outside, user, a_session(db, outside, user), slug="sms", answers=answers)
        outside.now.passes(seconds=31)
    assert len(outside.sms.sent) == 5


def test_strangers_who_name_a_number_leave_its_holder_the_way_in(db: Session, outside: Outside) -> None:
    holder = a_user(db)
    enrolment = a_telephone(db, outside, holder)
    outside.now.passes(days=2)
    for _stranger in range(5):
        stranger = a_user(db)
        a_ticket(db, outside, stranger)
        a_pending_sms(db, outside, stranger, a_session(db, outside, stranger), "079 555 01 01")
        outside.now.passes(seconds=31)
    assert actions.ask(db, outside, holder, a_session(db, outside, holder), enrolment).free_at is None
    assert outside.sms.sent[-1].number == "+41795550101"


def test_a_person_does_not_flood_many_telephones(db: Session, outside: Outside) -> None:
    user = a_user(db)
    session = a_session(db, outside, user)
    a_pending_sms(db, outside, user, session, "079 555 00 00")
    for number in range(1, 30):
        outside.now.passes(seconds=31)
        answers = {"number": f"079 555 00 {number:02}"}
        actions.begin(db, outside, user, session, slug="sms", answers=answers)
    assert len(outside.sms.sent) == 5
