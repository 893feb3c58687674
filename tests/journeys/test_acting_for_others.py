"""Whoever acts for another company keeps an account of their own: its pages say so, and name no other company."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlmodel import Session

from tests.acting import a_mandate, acts_by
from tests.attacks.arranging import a_letter
from tests.factories import LONG_AGO, an_administrator, an_employer
from tests.journeys.places import the_fund_prints_and_posts
from tests.pages import text_of
from tests.visitor import Visitor
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import User
from webapp.accounts.topics import USUAL, Level, Topic
from webapp.ports import Outside
from webapp.web import navigation

BOTH = {"language": "en", "upgraded_at": LONG_AGO, "factor_since": LONG_AGO}
CLIENT, OFFICE = "Boulangerie Favre SA", "Fiduciaire Duport SA"
OWN = f"Your own account, {OFFICE}"
NAMES_BOTH = ("/account/activity", "/account/companies")  # where which company is the question


@pytest.fixture
def nora(db: Session, outside: Outside) -> User:
    """Administers a fiduciary; a letter went to her there."""
    office = an_employer(db, name=OFFICE)
    nora = an_administrator(db, office, first_name="Nora", last_name="Duport", **BOTH)
    a_letter(db, nora, outside.now())
    the_fund_prints_and_posts(db, outside)
    return nora


@pytest.fixture
def boss(db: Session) -> User:
    """Of the company for which she acts."""
    return an_administrator(db, an_employer(db, name=CLIENT), last_name="Favre", **BOTH)


@pytest.fixture
def mandate(db: Session, outside: Outside, nora: User, boss: User) -> Mandate:
    """She may read there."""
    return a_mandate(db, outside, nora, boss)


@pytest.fixture
def acting(visitor: Visitor, db: Session, outside: Outside, nora: User, mandate: Mandate) -> Visitor:
    """At a browser, for the other company."""
    acts_by(visitor.client, db, outside, nora, mandate)
    return visitor


def own_pages(app: Flask) -> Iterator[str]:
    """Every page of one's own account that can be asked for without more."""
    for rule in app.url_map.iter_rules():
        own = rule.endpoint.partition(".")[0] in navigation.OWN or rule.endpoint == "activity.own"
        if own and "GET" in (rule.methods or ()) and not rule.arguments:
            yield rule.rule


def main_of(visitor: Visitor) -> str:
    """What stands on the page itself, without the header."""
    return text_of(visitor.page.by_id("main"))


def misleading(app: Flask, acting: Visitor) -> list[str]:
    """Pages of one's own account that do not say so, or that name the other company as if it were one's own."""
    wrong = []
    for path in own_pages(app):
        shown = main_of(acting.goes_to(path))
        assert CLIENT in acting.page.text, f"{path}: the header says for which company one is here"
        if not acting.path.startswith(path):  # a step that is behind her
            assert acting.path in ("/", "/login-methods"), path
        elif (OWN not in shown and path != "/account/companies") or (CLIENT in shown and path not in NAMES_BOTH):
            wrong.append(path)
    return wrong


def test_the_pages_of_ones_own_account_say_whose_it_is(app: Flask, acting: Visitor) -> None:
    pages = set(own_pages(app))
    assert pages >= {"/letters", "/login-methods", "/account/sessions", "/account/settings", "/upgrade/letter"}
    assert misleading(app, acting) == []
    acting.goes_to("/letters").sees("Sent to")
    assert f"Sent to {OFFICE} Nora Duport" in main_of(acting)


@pytest.mark.parametrize("named", [None, CLIENT], ids=["nobody's", "the other company's"])
def test_a_page_that_does_not_say_it_is_caught(
    app: Flask, acting: Visitor, monkeypatch: pytest.MonkeyPatch, named: str | None
) -> None:
    monkeypatch.setitem(app.jinja_env.globals, "own_account", lambda: named)
    assert {"/letters", "/login-methods", "/account/activity"} <= set(misleading(app, acting))


def test_the_menu_tells_the_two_apart(acting: Visitor, boss: User) -> None:
    acting.goes_to("/").sees(f"You act for {CLIENT}.", f"stay those of your own account, {OFFICE}.")
    acting.goes_to("/administration")
    own, _heading, theirs = main_of(acting).partition(f"{CLIENT} What I may do")
    assert OWN in own
    assert "My letters" in own
    assert "What happened on my account" in own
    assert "What happened in the company" in theirs
    assert "My letters" not in theirs
    acting.does_not_see("your company", "Mandates").follows("Manage other users").sees(boss.listed_name)
    acting.does_not_see("Duport, Nora", "Create a user", OFFICE, "Request the upgrade code")
    assert acting.client.get("/administration/users/new").status_code == 403
    acting.goes_to("/administration/mandates").sees(f"You act for {CLIENT}. If you need this page there")
    acting.goes_to("/administration/activity").sees("Mandate given").does_not_see(OFFICE)


def test_without_rights_there_is_nothing_of_the_company_in_the_menu(
    visitor: Visitor, db: Session, outside: Outside, nora: User, boss: User
) -> None:
    acts_by(visitor.client, db, outside, nora, a_mandate(db, outside, nora, boss, USUAL))
    visitor.goes_to("/administration").sees(OWN).does_not_see("Manage other users", "What happened in the company")


def test_for_ones_own_company_everything_is_as_ever(
    visitor: Visitor, db: Session, outside: Outside, nora: User, mandate: Mandate
) -> None:
    acts_by(visitor.client, db, outside, nora, None)
    visitor.goes_to("/administration").sees("Users", "Mandates").does_not_see("Your own account", CLIENT)
    visitor.goes_to("/letters").sees(OFFICE).does_not_see("Your own account", "You act for it")
    visitor.goes_to("/administration/users").sees("Duport, Nora", "Create a user")


def test_a_mandate_is_told_once_with_its_company(acting: Visitor) -> None:
    shown = main_of(acting.goes_to("/account/activity"))
    assert shown.count("Mandate given") == 1
    assert f"Mandate given {CLIENT}" in shown
    assert f"Company chosen: {CLIENT}" in shown
    assert f"Company chosen: {CLIENT} {CLIENT}" not in shown


def test_what_one_may_do_is_what_one_may_do_there(
    visitor: Visitor, db: Session, outside: Outside, nora: User, boss: User
) -> None:
    acts_by(visitor.client, db, outside, nora, a_mandate(db, outside, nora, boss, USUAL | {Topic.SALARIES: Level.READ}))
    visitor.goes_to("/administration").follows("What I may do")
    shown = main_of(visitor)
    assert CLIENT in shown
    assert OFFICE not in shown
    visitor.sees("Administrator no", "Salaries Read", "This is what your mandate says.", "and has no end")
