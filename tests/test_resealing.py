"""The sealing secret can be changed without locking anybody out."""

from dataclasses import replace

import pytest
from cryptography.fernet import InvalidToken
from sqlmodel import Session, select

from tests.factories import a_user
from webapp.login_methods.actions import hand_out
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside
from webapp.resealing import reseal
from webapp.seal import Seal


def test_after_resealing_the_old_word_is_needed_no_more(db: Session, outside: Outside) -> None:
    person = a_user(db)
    hand_out(db, replace(outside, seal=Seal("old-word")), person, slug="sms", answers={"number": "079 123 45 67"})
    enrolment = db.exec(select(Enrolment)).one()
    assert Seal("new-word old-word").open(enrolment.kept) == {"number": "+41791234567"}
    with pytest.raises(InvalidToken):
        Seal("new-word").open(enrolment.kept)
    db.commit()
    assert reseal(db, Seal("new-word old-word")) == 2  # the enrolment, and the key of the audit's chain
    db.refresh(enrolment)
    assert Seal("new-word").open(enrolment.kept) == {"number": "+41791234567"}
