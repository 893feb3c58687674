"""The demo world: everybody of the issue, every state, and no code anywhere but in a letter."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlmodel import Session, col, func, select

from tests.factories import a_user
from tests.journeys.mail import code_mailed_to
from tests.twins import Clock
from webapp.accounts.actions import Found, find_link
from webapp.accounts.links import LinkPurpose
from webapp.accounts.mandate_queries import companies_of
from webapp.accounts.models import Employer, User
from webapp.accounts.passwords import verify_password
from webapp.accounts.queries import waiting_email
from webapp.accounts.topics import Level, Topic
from webapp.audit.events import Event
from webapp.audit.models import AuditEvent
from webapp.formats import local_day
from webapp.letters.models import AddressReport, Letter, PrintRun
from webapp.login_methods.queries import held_by, open_ticket
from webapp.ports import Outside
from webapp.seed import PASSWORD, STORY, NotHere, seed
from webapp.seed_people import HOW_MANY, State, everybody
from webapp.upgrade import queries
from webapp.upgrade.journey import Step


def test_the_crowd_is_sixty_people_in_every_state() -> None:
    people = everybody()
    assert len(people) == 68
    assert len({person.email for person in people}) == 68
    assert set(HOW_MANY) == set(State) == {person.state for person in people}


def test_the_demo_world(app: Flask, db: Session, outside: Outside, clock: Clock) -> None:
    steps: list[int] = []
    assert seed(db, outside, steps.append) == 69
    assert sum(steps) == len(STORY)
    assert db.exec(select(func.count()).select_from(Employer)).one() == 2
    users = {user.email: user for user in db.exec(select(User))}
    for person in everybody():
        check(db, users[person.email], person.state, clock)
    check_the_named(db, outside, users)
    check_the_runs(db)
    check_the_accounts(db, outside, users)


def check_the_named(db: Session, outside: Outside, users: dict[str, User]) -> None:
    """Whether the people whom the issue names are as it says, beside their state."""
    assert verify_password(users["admin@favre.example"].password_hash, PASSWORD)
    assert len({user.password_hash for user in users.values()}) == 2  # somebody new has none
    assert users["admin@favre.example"].administrator
    assert users["admin@muster.example"].administrator
    assert not users["marc@favre.example"].administrator
    assert users["desk@fund.example"].clerk
    nadia = users["nadia@favre.example"]
    assert [one.method for one in held_by(db, nadia)] == ["sms", "otp", "recovery_codes"]
    assert [company.name for _mandate, company in companies_of(db, nadia, date.max)] == ["Muster Handel AG"]
    emma, soon = users["emma@favre.example"], local_day(outside.now())
    for days, there in ((0, []), (10, ["Muster Handel AG"]), (376, [])):
        assert [company.name for _mandate, company in companies_of(db, emma, soon + timedelta(days=days))] == there
    for email in ("emma@favre.example", "desk@fund.example"):
        assert users[email].upgraded
        assert held_by(db, users[email])[0].shown_as.startswith("+41\N{NO-BREAK SPACE}79")


def check_the_accounts(db: Session, outside: Outside, users: dict[str, User]) -> None:
    """Whether somebody is invited, moves to another address, and may do less; their e-mails lie unread."""
    anna, moved, limited = (users[f"{name}@favre.example"] for name in ("anna", "genoud", "cavegn"))
    assert anna.new_here
    latest = queries.standing(db, anna, outside.now(), "BE").latest
    assert latest
    assert (latest.usable, latest.letter.posted_at is not None) == (True, True)
    waiting = waiting_email(db, moved)
    assert waiting
    codes = [code_mailed_to(outside, recipient) for recipient in (anna.email, waiting.new_email or "")]
    found = [find_link(db, outside, code, *LinkPurpose) for code in codes]
    assert [one.user for one in found if isinstance(one, Found)] == [anna, moved]
    assert {mail.recipient for mail in outside.mailer.sent} == {anna.email, waiting.new_email}  # type: ignore[attr-defined]
    assert limited.rights.level(Topic.EMPLOYEES) is Level.EDIT
    assert not limited.rights.allows(Topic.SALARIES, Level.READ)
    gone = [user.id for user in users.values() if not user.active]
    noted = db.exec(select(AuditEvent.about_id).where(AuditEvent.event == Event.USER_DEACTIVATED)).all()
    assert sorted(noted) == sorted(gone)


def check_the_runs(db: Session) -> None:
    """Whether every letter went its way in order, printed on working days."""
    runs = db.exec(select(PrintRun)).all()
    assert len(runs) == 5
    assert all(run.started_at.weekday() < 5 for run in runs[:4]), "nobody prints on a weekend"
    assert db.exec(select(func.count()).select_from(Letter).where(col(Letter.printed_at).is_(None))).one() == 10
    for letter in db.exec(select(Letter).where(col(Letter.posted_at).is_not(None))):
        assert letter.printed_at
        assert letter.posted_at
        assert letter.ordered_at <= letter.printed_at <= letter.posted_at


def check(db: Session, user: User, state: State, clock: Clock) -> None:
    """Whether the person is where the demo world says."""
    now = clock()
    standing = queries.standing(db, user, now, "BE")
    latest, step = standing.latest, standing.journey.step(now)
    code = latest.code if latest else None
    codes = queries.codes_of(db, user)
    true = {
        State.UNTOUCHED: user.last_login_at is None,
        State.SIGNED_IN: user.last_login_at is not None and latest is None,
        State.POSTPONED: standing.postponed_at is not None,
        State.WISHING: queries.open_wish(db, user) is not None and not user.administrator,
        State.WAITING: latest is not None and latest.letter.waiting and not latest.held,
        State.HELD: latest is not None and latest.held,
        State.PRINTED: code is not None and latest is not None and latest.letter.posted_at is None,
        State.POSTED: code is not None
        and code.usable(now)
        and latest is not None
        and latest.letter.posted_at is not None,
        State.ARRIVED: code is not None and code.usable(now),
        State.RETURNED: latest is not None and latest.letter.returned_at is not None and not standing.open_codes,
        State.EXPIRED: code is not None and not code.usable(now) and not code.voided_at,
        State.REPLACED: len(queries.letters_of(db, user)) == 2,
        State.VOIDED: latest is not None and latest.letter.waiting and any(old.voided_at for old in codes),
        State.TICKET: step is Step.METHOD and open_ticket(db, user, now) is not None,
        State.LAPSED: step is not Step.METHOD and code is not None and code.redeemed_at is not None,
        State.UPGRADED: user.upgraded and bool(held_by(db, user)),
        State.INACTIVE: not user.active,
    }
    assert true[state], (user.email, state)


def test_no_demo_world_among_people(db: Session, outside: Outside) -> None:
    a_user(db)
    with pytest.raises(NotHere, match="people in the database already"):
        seed(db, outside)
    assert db.exec(select(AddressReport)).first() is None
