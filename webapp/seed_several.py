"""Somebody of the demo world has several login methods, and a second company; two secrets stand in the README."""

from datetime import timedelta

from pyotp import TOTP

from webapp.accounts.actions import begin_session, end_session
from webapp.accounts.actions.mandating import give_mandate
from webapp.accounts.mandate_days import Days
from webapp.accounts.models import Employer
from webapp.accounts.topics import USUAL, Level, Levels, Topic
from webapp.formats import local_day
from webapp.login_methods import actions
from webapp.login_methods.queries import held_by
from webapp.seed_people import State
from webapp.seed_story import Story

NADIA = "nadia@favre.example"
KEY = "PARTNERWEBDEMOKEYPARTNERWEBDEMO2"  # of an authenticator app; shown to everybody, so it protects nobody
CODES = [f"{first}BCDFGHJKM" for first in "23456789VW"]


def add_methods(story: Story) -> None:
    """Beside the telephone, which is asked for first: an app, and recovery codes on paper."""
    db, outside, nadia = story.db, story.outside, story.users[NADIA]
    word, session = begin_session(db, outside, nadia, level=2, replacing=None)
    for slug, secret, typed in (
        ("otp", {"key": KEY, "tag": "DEM"}, TOTP(KEY).at(outside.now())),
        ("recovery_codes", {"new": CODES}, CODES[0]),
    ):
        enrolment, _asked = actions.begin(db, outside, nadia, session, slug=slug, answers={})
        enrolment.kept = outside.seal.close(secret)
        db.commit()
        if actions.answer(db, outside, nadia, session, enrolment, typed).outcome is not actions.Outcome.RIGHT:
            raise AssertionError(slug)
    [telephone] = [one for one in held_by(db, nadia) if one.method == "sms"]
    actions.prefer(db, outside, nadia, telephone)
    end_session(db, outside, word)
    act_for_another_company(story)


def act_for_another_company(story: Story) -> None:
    """For all but the accounting, and to read there who its users are."""
    levels = {**USUAL, Topic.ACCOUNTING: Level.NONE, Topic.ADMINISTRATION: Level.READ}
    _give(story, NADIA, levels, Days(local_day(story.outside.now())))


def act_later_and_act_no_more(story: Story) -> None:
    """A colleague begins in ten days, for a year; another mandate runs out tomorrow."""
    today = local_day(story.outside.now())
    _give(story, "emma@favre.example", USUAL, Days(today + timedelta(days=10), today + timedelta(days=375)))
    for person in story.of(State.UPGRADED):
        if person.employer_id == story.users["admin@muster.example"].employer_id:
            return _give(story, person.email, USUAL, Days(today, today + timedelta(days=1)), of="admin@favre.example")
    raise AssertionError


def _give(story: Story, email: str, levels: Levels, days: Days, of: str = "admin@muster.example") -> None:
    db, by = story.db, story.users[of]
    company = db.get_one(Employer, by.employer_id)
    if not give_mandate(db, story.outside, company, story.users[email], levels, days, by=by):
        raise AssertionError(company.name)
