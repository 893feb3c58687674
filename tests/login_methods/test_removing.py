"""Removing a method: never the last that counts; and what else its holder changes."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.attacks.arranging import a_session, a_telephone, an_upgraded
from tests.factories import a_user
from tests.login_methods.four_kinds import four_kinds, holding  # noqa: F401 -- a fixture
from tests.test_routes import ONLY_SQLITE
from webapp.login_methods import actions, queries
from webapp.login_methods.actions import Keep
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("four_kinds")


@dataclass
class Rule:
    """The first of ``held`` is to go: whether it may, given the fund's switches."""

    held: tuple[str, ...]
    keep: Keep | None
    off: tuple[str, ...] = ()
    strong_from: date | None = None


RULES = [
    Rule(("basic",), Keep.LAST),
    Rule(("strong",), Keep.LAST),
    Rule(("basic", "spare"), Keep.LAST),
    Rule(("strong", "spare"), Keep.LAST),
    Rule(("spare", "basic"), None),
    Rule(("basic", "basic"), None),
    Rule(("basic", "strong"), None),
    Rule(("strong", "basic"), Keep.LAST_STRONG),
    Rule(("strongest", "basic", "spare"), Keep.LAST_STRONG),
    Rule(("strong", "strongest"), None),
    Rule(("strongest", "strong", "basic"), None),
    Rule(("strong", "strongest"), Keep.LAST_STRONG, off=("strongest",)),
    Rule(("basic", "strong"), Keep.LAST_ACCEPTED, off=("strong",)),
    Rule(("strong", "basic"), None, off=("strong",)),
    Rule(("strong",), Keep.LAST, off=("strong",)),
    Rule(("basic", "strong"), None, strong_from=TODAY),
    Rule(("basic", "basic"), None, strong_from=TODAY),
    Rule(("basic",), Keep.LAST, strong_from=TODAY),
]


@ONLY_SQLITE
@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_last_that_counts_stays(rule: Rule, db: Session, outside: Outside) -> None:
    outside = replace(outside, config=replace(outside.config, methods_off=rule.off, strong_from=rule.strong_from))
    user, session, held = holding(db, outside, *rule.held)
    assert actions.remove(db, outside, user, session, held[0]) is rule.keep
    left = [enrolment.id for enrolment in queries.held_by(db, user)]
    assert sorted(left) == [enrolment.id for enrolment in (held if rule.keep else held[1:])]


def test_a_removal_is_told_by_mail_and_to_the_number_that_went(db: Session, outside: Outside) -> None:
    user, session, held = holding(db, outside, "basic", "strong")
    other = a_session(db, outside, user, level=2)
    assert actions.remove(db, outside, user, session, held[0]) is None
    assert [mail.subject for mail in outside.mailer.sent] == ["A login method has been removed"]
    assert "23.11.2026" in outside.mailer.sent[0].text
    assert [(sms.number, sms.text[:47]) for sms in outside.sms.sent] == [
        ("+41795550000", "PartnerWeb no longer sends codes to this number")
    ]
    db.refresh(other)
    db.refresh(session)
    assert other.ended_at
    assert not session.ended_at
    assert actions.remove(db, outside, user, session, held[0]) is None
    assert len(outside.mailer.sent) == len(outside.sms.sent) == 1


def test_what_was_never_confirmed_is_nobodys_to_change(db: Session, outside: Outside) -> None:
    """A number that somebody else answers gets no message, whatever is pressed."""
    user, session, _held = holding(db, outside, "strong")
    kept = outside.seal.close({"number": "+41795559999"})
    victim = Enrolment(user_id=user.id, method="basic", kept=kept, shown_as="x", started_at=outside.now())
    db.add(victim)
    db.commit()
    assert actions.remove(db, outside, user, session, victim) is None
    assert not actions.rename(db, outside, user, victim, "Mine")
    assert not actions.prefer(db, outside, user, victim)
    assert (outside.sms.sent, outside.mailer.sent) == ([], [])


def test_the_preferred_one_is_asked_for_and_then_the_one_used_last(db: Session, outside: Outside, clock: Any) -> None:
    user, _session, (spare, one, two) = holding(db, outside, "spare", "basic", "strong")
    for used in (one, two, spare):
        clock.passes(minutes=1)
        used.used_at = outside.now()
    db.commit()
    assert queries.held_by(db, user) == [two, one, spare]
    clock.passes(minutes=1)
    assert actions.prefer(db, outside, user, one)
    assert not actions.prefer(db, outside, user, one)
    assert queries.held_by(db, user) == [one, two, spare]
    assert [mail.subject for mail in outside.mailer.sent] == ["Another login method is asked for first"]


def test_a_name_is_told_once(db: Session, outside: Outside) -> None:
    user, _session, (one,) = holding(db, outside, "basic")
    assert actions.rename(db, outside, user, one, "Office telephone")
    assert not actions.rename(db, outside, user, one, "Office telephone")
    assert ["Office telephone" in mail.text for mail in outside.mailer.sent] == [True]


def test_an_earlier_number_is_told_when_a_letter_replaces_it(db: Session, outside: Outside, clock: Any) -> None:
    user = a_user(db, language="en")
    an_upgraded(db, outside, user)
    clock.passes(days=1)
    a_telephone(db, outside, user, "079 555 02 02")
    told = [sms.number for sms in outside.sms.sent if "no longer sends" in sms.text]
    assert told == ["+41795550101"]
    assert {mail.subject for mail in outside.mailer.sent} == {
        "A login method has been removed",
        "A login method has been added",
    }
