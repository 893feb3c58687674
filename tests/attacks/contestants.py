"""What the contestants do: what the portal does, and naive twins that the same contest must catch."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg  # noqa: F401 -- imported once, before anyone is forked
from sqlalchemy.orm import configure_mappers
from sqlmodel import Session, select

from tests.attacks.claimants import (  # noqa: F401 -- found here by name
    activate,
    change,
    choose,
    choose_naively,
    make,
    prove,
    sign_in,
    sign_in_or_change,
    welcome_again,
    welcome_again_naively,
)
from tests.attacks.comers import arrive, arrive_naively  # noqa: F401 -- found here by name
from tests.attacks.deciders import (  # noqa: F401 -- found here by name
    change_several,
    decide,
    permit_naively,
    permit_several,
    take_rights_naively,
)
from tests.attacks.holders import remove, remove_naively, sign_in_or_remove  # noqa: F401 -- found here by name
from tests.attacks.losers import come_back_or_arrive, order_recovery, recover  # noqa: F401 -- found here by name
from tests.attacks.noters import note, note_naively  # noqa: F401 -- found here by name
from tests.attacks.orderers import order, order_many, order_many_naively, wish  # noqa: F401 -- found here by name
from tests.openid.twin import OpenIdTwin
from tests.twins import CarrierTwin, Clock, MailTwin, PressTwin, SmsTwin
from webapp import config as settings
from webapp import create_app  # noqa: F401 -- every table is known from here on
from webapp.accounts import passwords
from webapp.accounts.models import LoginSession, User
from webapp.attempts import Attempts
from webapp.config import Config
from webapp.database import create_engine
from webapp.login_methods import actions as login_methods
from webapp.login_methods.method import NotProved
from webapp.login_methods.models import Enrolment, EnrolmentTicket
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside
from webapp.seal import Seal
from webapp.upgrade.actions import closing, redeeming
from webapp.upgrade.code import peppered
from webapp.upgrade.models import UpgradeCode
from webapp.writing import TemplateWriter

settings.PASSWORD_HASH.update(time_cost=1, memory_cost=8, parallelism=1)
configure_mappers()  # once, before anyone is forked
CONFIG = Config()
WRITER, SEAL = TemplateWriter(CONFIG), Seal(CONFIG.seal)
THE_REAL_HASH_TAKES = 0.01  # seconds; the tests' hash takes none
looked: list[str] = []  # each hash that was compared with something typed


class NoJobs:
    """Jobs are written elsewhere; here nobody does them."""

    def enqueue(self, db: Session, job: Any, *ids: int) -> None:
        """Nothing."""


class Place:
    """One contestant's session and outside world."""

    def __init__(self, db: Session) -> None:
        twins = {"sms": SmsTwin(), "mailer": MailTwin(), "press": PressTwin(), "carrier": CarrierTwin()}
        self.outside = Outside(CONFIG, SEAL, **twins, openid=OpenIdTwin(), writer=WRITER, jobs=NoJobs(), now=Clock())
        self.db = db


@contextmanager
def a_place(url: str) -> Iterator[Place]:
    """Connected, so that the start is all that is waited for."""
    looked.clear()
    engine = create_engine(url)
    with Session(engine, expire_on_commit=False) as db:  # as in the portal
        place = Place(db)
        if engine.dialect.name == "sqlite":
            db.connection().exec_driver_sql("PRAGMA busy_timeout=120000")  # who wins is asked, not who is patient
        db.exec(select(User)).first()
        db.rollback()
        yield place
    engine.dispose()


def _counting(module: Any, name: str) -> None:
    real = getattr(module, name)

    def counted(kept: str, typed: str) -> bool:
        looked.append(kept)
        time.sleep(THE_REAL_HASH_TAKES)
        return bool(real(kept, typed))

    setattr(module, name, counted)


_counting(redeeming, "verify_hash")
_counting(passwords, "verify_hash")


def redeem(place: Place, code: str, *, user_id: int) -> str:
    """Type the code."""
    user = place.db.get_one(User, user_id)
    place.db.commit()
    return redeeming.redeem(place.db, place.outside, user, code, terms="1", language="fr").outcome.value


def redeem_naively(place: Place, code: str, *, user_id: int) -> str:
    """As many portals do it: look, then write; count what was wrong after looking."""
    db, now = place.db, place.outside.now()
    row = db.get(Attempts, f"naive:{user_id}") or Attempts(subject=f"naive:{user_id}", spent=0, ends_at=now)
    codes = db.exec(select(UpgradeCode).where(UpgradeCode.user_id == user_id)).all()
    db.commit()
    if row.spent >= settings.LETTER_CODE_TRIES:
        return "paused"
    secret = peppered(code, place.outside.config.pepper)
    found = next((one for one in codes if redeeming.verify_hash(one.hash, secret)), None)
    if found and found.usable(now):
        found.redeemed_at = now
        origin = secrets.token_hex(8)
        db.add(EnrolmentTicket(user_id=user_id, origin=origin, opened_at=now, expires_at=now + timedelta(minutes=30)))
        db.add(found)
        db.commit()
        return "redeemed"
    row.spent += 1
    db.merge(row)
    db.commit()
    return "wrong"


def answer(place: Place, session_id: int, *, user_id: int, enrolment_id: int, code: str) -> str:
    """Type a code at the second step."""
    rows = [place.db.get_one(*row) for row in ((User, user_id), (LoginSession, session_id), (Enrolment, enrolment_id))]
    place.db.commit()
    return login_methods.answer(place.db, place.outside, *rows, code).outcome.value


def answer_naively(place: Place, session_id: int, *, user_id: int, enrolment_id: int, code: str) -> str:
    """As many portals do it: look whether the code counts, then write down that it did."""
    enrolment = place.db.get_one(Enrolment, enrolment_id)
    place.db.commit()
    kept = place.outside.seal.open(enrolment.kept)
    proof = shelf()[enrolment.method].proves(kept, {}, code, place.outside)
    if isinstance(proof, NotProved):
        return "wrong"
    enrolment.kept = place.outside.seal.close(proof.kept)
    place.db.commit()
    return "right"


def ask(place: Place, session_id: int, *, user_id: int, enrolment_id: int) -> bool:
    """Have a text message sent; whether one was."""
    rows = [place.db.get_one(*row) for row in ((User, user_id), (LoginSession, session_id), (Enrolment, enrolment_id))]
    place.db.commit()
    return login_methods.ask(place.db, place.outside, *rows).free_at is None


def close(place: Place, *, user_id: int, session_id: int) -> bool:
    """Make the upgrade effective."""
    user, session = place.db.get_one(User, user_id), place.db.get_one(LoginSession, session_id)
    place.db.commit()
    return closing.close(place.db, place.outside, user, session)
