"""A person's own letters: what is told about each, and the copy without the code."""

import re

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.doors import sign_in
from tests.factories import a_user
from tests.letters.orders import an_order, draw
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.letters.actions import post_run, report_wrong_address, start_run
from webapp.letters.enclosure import enclose
from webapp.letters.models import Letter, Purpose
from webapp.ports import Outside

CODE = re.compile(r"\b(?:[1-9B-DF-HJ-KM-NP-TV-Z]{4} ){2}[1-9B-DF-HJ-KM-NP-TV-Z]{4}\b")


@pytest.fixture
def julia(app: Flask, db: Session, outside: Outside, visitor: Visitor) -> User:
    """Somebody who signed in with her password and has ordered a letter."""
    enclose(Purpose.UPGRADE, draw)
    user = a_user(db, first_name="Julia", last_name="Favre", language="en")
    an_order(db, user)
    sign_in(visitor.client, db, outside, user, level=1)
    return user


def test_nothing_was_ordered(app: Flask, db: Session, outside: Outside, visitor: Visitor) -> None:
    sign_in(visitor.client, db, outside, a_user(db, language="en"), level=1)
    visitor.goes_to("/letters").sees("No letter has been ordered for you yet.")


@pytest.mark.usefixtures("julia")
def test_a_letter_is_followed_from_the_order_to_the_post(visitor: Visitor, db: Session, outside: Outside) -> None:
    visitor.goes_to("/letters").sees("Ordered on", "15.01.2024", "Expected by", "26.11.2026").does_not_see(
        "Printed on", "Copy of"
    )
    run = start_run(db, outside, None)
    assert run
    visitor.goes_to("/letters").sees("Printed on", "23.11.2026", "Valid until", "23.12.2026", "Rue du Marché 7")
    post_run(db, outside, run, None)
    visitor.goes_to("/letters").sees("Posted on", "Expected by", "26.11.2026")


def test_a_held_letter_says_why(visitor: Visitor, db: Session, outside: Outside, julia: User) -> None:
    report_wrong_address(db, outside, julia, "")
    visitor.goes_to("/letters").sees("the fund is checking your postal address").does_not_see("Expected by")


@pytest.mark.usefixtures("julia")
def test_the_copy_has_no_code(visitor: Visitor, db: Session, outside: Outside) -> None:
    start_run(db, outside, None)
    assert CODE.search(outside.press.printed[0])
    copy = visitor.goes_to("/letters").downloads("Copy of letter").decode()
    assert "•••• •••• ••••" in copy
    assert "Julia Favre" in copy
    assert not CODE.search(copy)
    assert "<path" not in copy


def test_somebody_elses_letter_is_unknown(visitor: Visitor, db: Session, outside: Outside, julia: User) -> None:
    an_order(db, a_user(db))
    start_run(db, outside, None)
    for letter in db.exec(select(Letter)).all():
        mine = letter.user_id == julia.id
        answer = visitor.client.get(f"/letters/{letter.public_id}")
        assert answer.status_code == (200 if mine else 404)
        if mine:
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Content-Disposition"].startswith("inline")


def test_an_unprinted_letter_has_no_copy(visitor: Visitor, db: Session, julia: User) -> None:
    letter = db.exec(select(Letter)).one()
    assert visitor.client.get(f"/letters/{letter.public_id}").status_code == 404
