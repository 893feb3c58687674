"""The list of people as an administrator uses it: columns, search, filters, order, pages, ticks."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.administration.people import names
from tests.doors import sign_in
from tests.factories import LONG_AGO, a_user, an_administrator, an_employer
from tests.letters.orders import an_order
from tests.pages import text_of
from tests.visitor import Visitor
from webapp.accounts.models import Employer, User
from webapp.administration.models import Selected
from webapp.ports import Outside
from webapp.upgrade.models import CodeWish

PEOPLE = (("Müller", "Zoé"), ("Meier", "Anna"), ("de la Rue", "Éric"), ("Zufferey", "Marc"), ("Berger", "Ines"))


@pytest.fixture
def company(db: Session) -> Employer:
    return an_employer(db, name="Boulangerie Favre SA")


@pytest.fixture
def admin(app: Flask, db: Session, outside: Outside, visitor: Visitor, company: Employer) -> Visitor:
    """An administrator with a password only, in English; five others are in the company, and one elsewhere."""
    me = an_administrator(db, company, language="en", first_name="Hélène", last_name="Favre")
    for number, (last, first) in enumerate(PEOPLE):
        a_user(db, company, last_name=last, first_name=first, email=f"p{number}@favre.example")
    a_user(db, last_name="Müller", first_name="Foreign")
    sign_in(visitor.client, db, outside, me, level=1)
    return visitor


def test_the_guide_s_columns_and_its_words(admin: Visitor) -> None:
    admin.goes_to("/administration").follows("Manage other users").is_at("/administration/users")
    admin.sees("Name, first name", "E-mail", "Lg", "Status", "Act. date", "Process", "Letter", "6 people found")
    admin.sees("Müller, Zoé", "p0@favre.example", "Active", "15.01.2024", "Not ordered").does_not_see("Foreign")


def test_who_asked_is_named_where_everybody_is_shown(admin: Visitor, db: Session, outside: Outside) -> None:
    admin.goes_to("/administration/users").does_not_see("asked for an upgrade code")
    zoe = db.exec(select(User).where(User.last_name == "Müller", User.first_name == "Zoé")).one()
    db.add(CodeWish(user_id=zoe.id or 0, asked_at=outside.now()))
    db.commit()
    admin.goes_to("/administration/users").sees("1 person has asked for an upgrade code.").follows("Show who asked")
    assert names(admin) == ["Müller, Zoé"]
    admin.does_not_see("has asked for").follows("Details").follows("Request the upgrade code")
    admin.sees("1 gets a letter.", "Müller, Zoé")


def test_low_rows_are_kept_in_the_address(admin: Visitor) -> None:
    admin.goes_to("/administration/users").chooses("Low", of="Height of rows").presses("Show")
    assert urlsplit(admin.path).query == "compact=yes"
    assert admin.goes_to(admin.path).page.document.query(".people.compact")


@pytest.mark.parametrize("path", ["/administration/users", "/upgrade/letter", "/letters"])
def test_the_tab_is_marked_wherever_its_menu_leads(admin: Visitor, path: str) -> None:
    [tab] = admin.goes_to(path).page.document.query(".tabs [aria-current]")
    assert text_of(tab) == "Administration"


def test_nobody_else_may_come_in(app: Flask, db: Session, outside: Outside, visitor: Visitor) -> None:
    client = sign_in(visitor.client, db, outside, a_user(db), level=1)
    assert client.get("/administration/users").status_code == 403
    assert b"/administration/users" not in client.get("/administration").data


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mul", ["Müller, Zoé"]),
        ("MÜLLER", ["Müller, Zoé"]),
        ("mueller", ["Müller, Zoé"]),
        ("zoe mul", ["Müller, Zoé"]),
        ("eric", ["de la Rue, Éric"]),
        ("p1@favre", ["Meier, Anna"]),
        ("m%", []),
        ("_", []),
        ("nobody", []),
    ],
)
def test_somebody_is_found(admin: Visitor, typed: str, found: list[str]) -> None:
    admin.goes_to("/administration/users").fills("Name or e-mail", typed).presses("Show")
    assert names(admin) == found
    admin.finds_in("Name or e-mail", typed)
    if not found:
        admin.sees("Nobody matches.").follows("Show all").sees("6 people found")


def test_the_order_is_turned_and_kept_in_the_address(admin: Visitor) -> None:
    admin.goes_to("/administration/users")
    expected = ["Berger, Ines", "de la Rue, Éric", "Favre, Hélène", "Meier, Anna", "Müller, Zoé", "Zufferey, Marc"]
    assert names(admin) == expected
    assert names(admin.presses("Name, first name")) == expected[::-1]
    assert names(admin.goes_to(admin.path)) == expected[::-1]
    assert names(admin.presses("Name, first name")) == expected
    assert urlsplit(admin.presses("E-mail").path).query == "sort=email"
    assert urlsplit(admin.goes_to("/administration/users?size=20&q=a").presses("Letter").path).query == (
        "q=a&sort=letter&size=20"
    )


def test_filters(admin: Visitor, db: Session, company: Employer, outside: Outside) -> None:
    people = {user.last_name: user for user in db.exec(select(User).where(User.employer_id == company.id))}
    people["Meier"].deactivated_at = people["Berger"].upgraded_at = people["Berger"].factor_since = LONG_AGO
    people["Zufferey"].language = "de"
    db.add(CodeWish(user_id=people["Zufferey"].id or 0, asked_at=outside.now()))
    an_order(db, people["Müller"])
    admin.goes_to("/administration/users").sees("Asked on 23.11.2026", "Ordered", "Upgraded", "Inactive")
    for label, option, found in (
        ("Status", "Inactive", "Meier, Anna"),
        ("Letter", "Ordered", "Müller, Zoé"),
        ("Letter", "Upgraded", "Berger, Ines"),
        ("Language", "Deutsch", "Zufferey, Marc"),
        ("Request", "Asked for a code", "Zufferey, Marc"),
    ):
        admin.goes_to("/administration/users").chooses(option, of=label).presses("Show")
        assert names(admin) == [found]
        assert names(admin.goes_to(admin.path)) == [found]
    admin.chooses("SMS", of="Process").presses("Show").sees("Nobody matches.")


def test_ticks_outlive_everything(admin: Visitor, db: Session) -> None:
    admin.goes_to("/administration/users").ticks("Müller").presses("E-mail").sees("1 person selected")
    admin.ticks("Berger").fills("Name or e-mail", "zuff").presses("Show").ticks("Zufferey").presses("Update")
    admin.sees("3 people selected").goes_to("/administration/users").sees("3 people selected")
    admin.unticks("Müller").presses("Name, first name").sees("2 people selected")
    admin.presses("Clear the selection").sees("Nobody is selected")
    assert not db.exec(select(Selected)).all()


def test_all_that_match_are_selected_and_no_others(admin: Visitor, db: Session) -> None:
    admin.goes_to("/administration/users").fills("Name or e-mail", "favre.example").presses("Show")
    admin.presses("Select all 5 that match").sees("5 people selected")
    chosen = select(User.last_name).join(Selected, Selected.user_id == User.id)  # type: ignore[arg-type]
    assert sorted(db.exec(chosen)) == sorted(last for last, _first in PEOPLE)


def test_what_was_typed_but_not_shown_selects_nobody_else(admin: Visitor) -> None:
    admin.goes_to("/administration/users").fills("Name or e-mail", "mul").presses("Select all 6 that match")
    admin.sees("6 people selected")
