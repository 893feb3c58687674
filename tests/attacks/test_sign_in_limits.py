"""Guessing passwords: it is slowed down, locks nobody out, and tells nothing about who exists."""

import pytest
from flask import Flask
from sqlmodel import Session

from tests.attacks.said import said
from tests.factories import PASSWORD, a_user
from tests.test_routes import ONLY_SQLITE
from webapp.accounts import actions, passwords
from webapp.accounts.actions import SignIn
from webapp.ports import Outside

pytestmark = ONLY_SQLITE  # that tries are spent alike on both engines is tested in the races


def tries(db: Session, outside: Outside, email: str, password: str = "wrong", address: str = "192.0.2.1") -> SignIn:
    return actions.check_password(db, outside, email=email, password=password, address=address)


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each hash that is computed."""
    computed: list[str] = []
    real = passwords.verify_hash
    monkeypatch.setattr(passwords, "verify_hash", lambda kept, typed: computed.append(kept) or real(kept, typed))
    return computed


def test_the_owner_comes_in_from_elsewhere(db: Session, outside: Outside) -> None:
    user = a_user(db)
    for number in range(80):
        tries(db, outside, user.email, address=f"192.0.2.{number % 7}")
    assert tries(db, outside, user.email, PASSWORD).paused_until
    assert tries(db, outside, user.email, PASSWORD, "198.51.100.7").user == user


def test_ten_an_account_a_hundred_an_address(db: Session, outside: Outside, hashes: list[str]) -> None:
    user = a_user(db)
    for spelling in (user.email, user.email.upper(), user.email.title()) * 10:
        tries(db, outside, spelling)
    assert len(hashes) == 10
    for number in range(110):
        tries(db, outside, f"nobody{number}@company.example", address="198.51.100.1")
    assert len(hashes) == 110
    outside.now.passes(minutes=15)
    assert tries(db, outside, user.email, PASSWORD).user == user


def test_one_attacker_has_many_addresses_of_ipv6(db: Session, outside: Outside, hashes: list[str]) -> None:
    user = a_user(db)
    for number in range(40):
        tries(db, outside, user.email, address=f"2001:db8:1:2::{number:x}")
    assert len(hashes) == 10
    assert tries(db, outside, user.email, PASSWORD, "2001:db8:1:3::1").user == user


def test_nobody_says_from_where_they_come(app: Flask, db: Session, without_tokens: None, hashes: list[str]) -> None:
    user = a_user(db)
    client = app.test_client()
    for number in range(30):
        headers = {"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"203.0.113.{number}"}
        client.post("/sign-in", data={"email": user.email, "password": "wrong"}, headers=headers)
    assert len(hashes) == 10


def test_unknown_wrong_and_inactive_are_alike(
    app: Flask, db: Session, outside: Outside, without_tokens: None, hashes: list[str]
) -> None:
    known, gone, without = a_user(db), a_user(db, deactivated_at=outside.now()), a_user(db, password_hash=None)
    emails = [known.email, gone.email, without.email, "nobody@company.example"]
    told, work = [], []
    for email in emails:
        answers = []
        for password in ["wrong"] * 12:
            hashes.clear()
            answer = app.test_client().post("/sign-in", data={"email": email, "password": password})
            text = said(answer).replace(email, "")
            answers.append((answer.status_code, text, sorted(answer.headers.keys())))
            work.append(len(hashes))
        told.append(answers)
    assert told[0] == told[1] == told[2] == told[3]
    assert work == ([1] * 10 + [0, 0]) * 4


def test_success_does_not_use_up_what_neighbours_share(db: Session, outside: Outside) -> None:
    user = a_user(db)
    assert all(tries(db, outside, user.email, PASSWORD).user for _ in range(102))


def test_a_very_long_password_costs_no_more(db: Session, outside: Outside, hashes: list[str]) -> None:
    user = a_user(db)
    assert tries(db, outside, user.email, "x" * 900_000).user is None
    assert tries(db, outside, user.email, PASSWORD + "\0").user is None
    assert len(hashes) == 2
