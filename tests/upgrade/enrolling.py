"""The steps from a letter's code to PartnerWeb 2.0, in a process that may be killed; and a twin that may not."""

import os
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event

from sqlmodel import Session, select

from tests.attacks.arranging import the_code
from webapp.accounts.actions import begin_session, carry_on
from webapp.accounts.models import User
from webapp.database import create_engine
from webapp.login_methods import actions as methods
from webapp.login_methods import queries
from webapp.login_methods.models import Enrolment, EnrolmentTicket
from webapp.ports import Outside
from webapp.upgrade.actions import closing, redeeming
from webapp.upgrade.models import UpgradeCode
from webapp.upgrade.terms import VERSIONS

A_MOMENT = 2  # seconds


def goes_on(db: Session, outside: Outside, user: User, code: str, number: str) -> None:
    """From wherever the person stands to the end, as the pages lead: each step only where it is due."""
    word, session = begin_session(db, outside, user, level=1, replacing=None)
    if user.factor_since is None:
        if queries.open_ticket(db, user, outside.now()) is None:
            redeemed = redeeming.redeem(db, outside, user, code, terms=VERSIONS[0], language="fr")
            assert redeemed.outcome == "redeemed", redeemed
        enrolment, asked = methods.begin(db, outside, user, session, slug="sms", answers={"number": number})
    else:
        enrolment = queries.held_by(db, user)[0]
        asked = methods.ask(db, outside, user, session, enrolment)
    assert asked.free_at is None
    answered = methods.answer(db, outside, user, session, enrolment, the_code(outside))
    assert answered.outcome == "right", answered
    carried = carry_on(db, outside, user, word, owes_method=False)
    assert carried
    closing.close(db, outside, user, carried[1])


def goes_on_naively(db: Session, outside: Outside, user: User, code: str, number: str) -> None:
    """The twin: what was done is noted step by step."""
    redeeming.redeem(db, outside, user, code, terms=VERSIONS[0], language="fr")
    user.factor_since = user.upgraded_at = outside.now()
    db.commit()
    time.sleep(A_MOMENT)
    kept = outside.seal.close({"number": number})
    facts = {"user_id": user.id, "method": "sms", "kept": kept, "shown_as": "x"}
    db.add(Enrolment(**facts, started_at=outside.now(), confirmed_at=outside.now()))
    db.commit()


def in_a_process(
    outside: Outside, work: Callable[..., None], user_id: int, code: str, number: str, begun: Event
) -> None:
    """``work`` on a connection of its own."""
    with Session(create_engine(outside.config.database), expire_on_commit=False) as db:
        user = db.get_one(User, user_id)
        db.commit()
        begun.set()
        work(db, outside, user, code, number)
    os._exit(0)


def faults(db: Session, user: User) -> list[str]:
    """What must never be true, whenever the process was killed."""
    held = queries.held_by(db, user)
    code = db.exec(select(UpgradeCode).where(UpgradeCode.user_id == user.id)).one()
    tickets = db.exec(select(EnrolmentTicket).where(EnrolmentTicket.user_id == user.id)).all()
    found = {
        "upgraded without a method": user.upgraded and not held,
        "a method is asked for, and there is none": user.factor_since is not None and not held,
        "a method that nothing asks for": bool(held) and user.factor_since is None,
        "upgraded, but nothing is asked for": user.upgraded and user.factor_since is None,
        "several methods": len(held) > 1,
        "the code is used, and opens nothing": code.redeemed_at is not None and len(tickets) != 1,
        "a way in without a code": code.redeemed_at is None and bool(tickets),
        "a method, and the way to it still open": bool(held) and any(ticket.closed_at is None for ticket in tickets),
    }
    return [fault for fault, true in found.items() if true]
