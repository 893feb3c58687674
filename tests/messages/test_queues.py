"""A code by SMS waits for no e-mail, however many are under way; shown with the real job engine."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from tests.jobs_place import QUICK, comes_true
from tests.messages.samples import MAILS
from tests.twins import MailTwin
from webapp.config import Config
from webapp.database import create_engine
from webapp.jobs import Jobs
from webapp.messages.actions import send_mail, send_sms
from webapp.ports import Outside

MANY = 60


class SlowRelay(MailTwin):
    """Takes half a second for each e-mail."""

    def send(self, *args: str, **how: str) -> None:
        """Take the time, then keep it."""
        time.sleep(0.5)
        super().send(*args, **how)


@pytest.fixture
def working(database: str, tmp_path: Path, outside: Outside) -> Iterator[tuple[Outside, Any]]:
    """The outside world with a slow relay and the real queue, and whoever works at it."""
    engine = create_engine(database)
    jobs = Jobs(Config(database=database, data=tmp_path, executor="here"), QUICK)
    real = replace(outside, mailer=SlowRelay(), jobs=jobs)
    yield real, lambda: Session(engine)
    jobs.stop()
    engine.dispose()


def test_a_code_waits_for_no_e_mail(working: tuple[Outside, Any]) -> None:
    outside, sessions = working
    with sessions() as db:
        for _ in range(MANY):
            about = {"user_id": None, "recipient": "anne@company.example", "name": "letter_posted", "language": "de"}
            send_mail(db, outside, **about, **MAILS["letter_posted"])
        until = outside.now().replace(hour=23)
        sms = {"user_id": None, "number": "+41790000067", "name": "sms_code", "language": "fr"}
        send_sms(db, outside, **sms, code="376649", until=until)
        db.commit()
    outside.jobs.launch(outside, sessions)  # type: ignore[attr-defined]
    assert comes_true(lambda: bool(outside.sms.sent))  # type: ignore[attr-defined]
    assert len(outside.mailer.sent) < MANY // 2, "the code was written last and left among the first"  # type: ignore[attr-defined]
