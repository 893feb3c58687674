"""The fund's clerk at the desk: prints, posts, settles addresses, sees how the campaign goes."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.doors import sign_in
from tests.factories import a_clerk, a_user, an_employer
from tests.letters.orders import an_order, draw, orders
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.desk.queries import State, campaign
from webapp.letters.actions import post_run, report_wrong_address, start_run
from webapp.letters.enclosure import enclose
from webapp.letters.models import AddressReport, Letter, Purpose
from webapp.ports import Outside, TryAgainLater, Unprintable
from webapp.upgrade.actions.returning import take_back
from webapp.upgrade.models import CodeWish, UpgradeCode


@pytest.fixture
def clerk(app: Flask, db: Session, outside: Outside, visitor: Visitor) -> Visitor:
    """A clerk who is signed in with both factors, in English."""
    enclose(Purpose.UPGRADE, draw)
    user = a_clerk(db, language="en", upgraded_at=outside.now(), factor_since=outside.now())
    sign_in(visitor.client, db, outside, user, level=2)
    return visitor


def test_waiting_letters_are_printed_and_posted(clerk: Visitor, db: Session, outside: Outside) -> None:
    orders(db, 5)
    clerk.goes_to("/desk").sees("5 letters wait to be printed.").presses("Print the 5 waiting letters")
    clerk.sees("Print run 1", "run-000001", "run-000001-001-de.pdf").presses("Mark as posted")
    clerk.sees("5 letters are in the post.", "brought to the post on")
    assert len(outside.mailer.sent) == 5
    clerk.follows("Back").sees("No letter is waiting to be printed.", "posted on 23.11.2026")


def test_a_second_press_prints_nothing_more(clerk: Visitor, db: Session, outside: Outside) -> None:
    orders(db, 2)
    clerk.goes_to("/desk").sees("Print the 2 waiting letters")
    start_run(db, outside, None)  # another clerk was quicker
    clerk.presses("Print the 2 waiting letters").is_at("/desk").sees("No letter is waiting to be printed.")


def test_a_full_disk_is_told_and_waited_for(clerk: Visitor, db: Session, outside: Outside) -> None:
    orders(db, 2)
    outside.carrier.refuses = TryAgainLater("full")
    clerk.goes_to("/desk").presses("Print the 2 waiting letters")
    clerk.sees("0 of 2 letters are ready", "can’t take files at the moment").does_not_see("Mark as posted")
    outside.carrier.refuses = None
    outside.jobs.again()
    clerk.follows("Refresh the state").sees("Mark as posted")


def test_what_cannot_be_printed_is_told(clerk: Visitor, db: Session, outside: Outside) -> None:
    orders(db, 1)
    outside.press.refuses = Unprintable("no logo")
    clerk.goes_to("/desk").presses("Print the 1 waiting letter").sees("can’t be printed completely")


def test_a_run_that_stands_still_is_told_and_tried_again(
    clerk: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    orders(db, 1)
    outside.carrier.refuses = TryAgainLater("full")
    clerk.goes_to("/desk").presses("Print the 1 waiting letter")
    outside.jobs.failed.clear()
    outside.carrier.refuses = None
    clock.passes(minutes=6)
    clerk.follows("Refresh the state").presses("Try again now").sees("Mark as posted")


def test_a_page_refreshes_itself_only_if_asked(clerk: Visitor, db: Session, outside: Outside) -> None:
    orders(db, 1)
    outside.carrier.refuses = TryAgainLater("full")
    clerk.goes_to("/desk").presses("Print the 1 waiting letter")
    plain = clerk.client.get(clerk.path)
    asked = clerk.client.get(clerk.path.partition("?")[0] + "?auto=1")
    assert "Refresh" not in plain.headers
    assert asked.headers["Refresh"] == "10"
    assert b"http-equiv" not in asked.data


def test_a_wrong_address_is_settled(clerk: Visitor, db: Session, outside: Outside) -> None:
    employer = an_employer(db, name="Muster Handel AG", member_number="999.77")
    user = a_user(db, employer, first_name="Julia", last_name="Muster")
    an_order(db, user)
    report_wrong_address(db, outside, user, "We moved to Rue Neuve 3.")
    clerk.goes_to("/desk").sees("1 is open.", "No letter is waiting").follows("Wrong addresses")
    clerk.sees("Muster, Julia", "Muster Handel AG", "999.77", "Rue du Marché 7", "We moved to Rue Neuve 3.")
    clerk.presses("Settled").sees("Every address is right")
    db.expire_all()
    assert db.exec(select(AddressReport.settled_by_id)).one()
    clerk.goes_to("/desk").sees("1 letter waits to be printed.")


def test_wishes_are_shown(clerk: Visitor, db: Session, outside: Outside) -> None:
    user = a_user(db, first_name="Marc", last_name="Favre")
    db.add(CodeWish(user_id=user.id or 0, asked_at=outside.now()))
    db.commit()
    clerk.goes_to("/desk").follows("Wishes").sees("Favre, Marc", "23.11.2026")


@pytest.mark.parametrize("path", ["/desk", "/desk/addresses", "/desk/wishes", "/desk/print-runs/x"])
def test_the_desk_is_for_clerks_only(app: Flask, db: Session, outside: Outside, visitor: Visitor, path: str) -> None:
    user = a_user(db, administrator=True, upgraded_at=outside.now(), factor_since=outside.now())
    client = sign_in(visitor.client, db, outside, user, level=2)
    assert client.get(path).status_code == 403


def test_everybody_stands_in_one_state(db: Session, outside: Outside, clock: Clock) -> None:
    enclose(Purpose.UPGRADE, draw)
    expired, posted, back, printed, waiting, held, _, upgraded, gone, withdrawn = (a_user(db) for _ in range(10))
    an_order(db, expired)
    start_run(db, outside, None)
    clock.passes(days=31)
    an_order(db, posted)
    came_back = an_order(db, back)
    run = start_run(db, outside, None)
    assert run
    post_run(db, outside, run, None)
    assert take_back(db, outside, [came_back.id or 0], by=back, moved=False) == 1
    an_order(db, printed)
    start_run(db, outside, None)
    an_order(db, waiting)
    an_order(db, held)
    report_wrong_address(db, outside, held, "")
    an_order(db, withdrawn).withdrawn_at = outside.now()
    upgraded.upgraded_at = gone.deactivated_at = outside.now()
    db.commit()
    counted = campaign(db, outside.now())
    assert counted == dict.fromkeys(State, 1) | {State.NOT_ASKED: 2}


def test_a_void_code_counts_as_no_longer_valid(db: Session, outside: Outside) -> None:
    enclose(Purpose.UPGRADE, draw)
    orders(db, 1)
    start_run(db, outside, None)
    db.exec(select(UpgradeCode)).one().voided_at = outside.now() - timedelta(hours=1)
    db.commit()
    assert campaign(db, outside.now())[State.EXPIRED] == 1
    assert db.exec(select(Letter)).one()
