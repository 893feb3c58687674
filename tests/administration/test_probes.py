"""What belongs to another company is as unknown as what does not exist, wherever an id may stand."""

import io
import re

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from tests.doors import sign_in
from tests.factories import a_clerk, a_user, an_administrator, an_employer
from webapp.accounts.models import User, public_id
from webapp.administration.models import Selected
from webapp.ports import Outside

PEOPLE = "/administration/users"


@pytest.fixture
def me(db: Session) -> User:
    return an_administrator(db, language="en")


@pytest.fixture
def client(app: Flask, db: Session, outside: Outside, me: User) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in(app.test_client(), db, outside, me, level=1)


def told(client: FlaskClient, method: str, path: str, **data: object) -> tuple[int, str]:
    """Status and body, without what differs from request to request."""
    answer = client.open(path, method=method, data=data)
    return answer.status_code, re.sub(
        r'(?:csrf_token" value=)"[^"]*"|users/\w{32}|(?:after|before)=\w{32}', "", answer.text
    )


@pytest.mark.parametrize("place", ["/{}", "?after={}", "?before={}", "?after={}&sort=-letter&q=mul"])
def test_a_foreign_id_in_an_address_is_unknown(client: FlaskClient, db: Session, me: User, place: str) -> None:
    foreign, unknown = (told(client, "GET", PEOPLE + place.format(one)) for one in (a_user(db).public_id, public_id()))
    assert foreign == unknown
    assert foreign[0] == 404
    assert told(client, "GET", PEOPLE + place.format(me.public_id))[0] == 200


@pytest.mark.parametrize("field", ["user", "seen"])
def test_one_foreign_id_in_the_form_changes_nothing(client: FlaskClient, db: Session, me: User, field: str) -> None:
    mine = a_user(db, db.get_one(type(an_employer(db)), me.employer_id))
    answers = []
    for strange in (a_user(db).public_id, public_id(), "", "x" * 500):
        fields = {"user": [mine.public_id], "seen": [mine.public_id], "action": "all"}
        fields[field] = [mine.public_id, strange]
        answers.append(told(client, "POST", PEOPLE, **fields))
    assert {status for status, _text in answers} == {404}
    assert len(set(answers)) == 1
    assert not db.exec(select(Selected)).all()


def test_no_word_of_another_company_is_told(client: FlaskClient, db: Session) -> None:
    a_user(db, first_name="Canary", last_name="Canary", email="canary@other.example")
    for path in (PEOPLE, f"{PEOPLE}.csv", f"{PEOPLE}?q=canary", f"{PEOPLE}?company=Exemple", f"{PEOPLE}?last=yes"):
        assert "Canary" not in client.get(path).text
    client.post(PEOPLE, data={"action": "all"})
    assert len(db.exec(select(Selected)).all()) == 1


def test_nobody_sees_what_another_has_ticked(app: Flask, client: FlaskClient, db: Session, outside: Outside) -> None:
    client.post(PEOPLE, data={"action": "all"})
    other = an_administrator(db, language="en")
    assert "Nobody is selected" in sign_in(app.test_client(), db, outside, other, level=1).get(PEOPLE).text


def test_whoever_changes_company_takes_no_tick_along(client: FlaskClient, db: Session, me: User) -> None:
    client.post(PEOPLE, data={"action": "all"})
    me.employer_id = an_employer(db).id
    db.add(me)
    db.add(Selected(chooser_id=me.id or 0, user_id=a_user(db).id or 0))
    db.commit()
    assert "1 person selected" in client.get(PEOPLE).text  # herself, who came along


def test_a_clerk_sees_all_companies_and_finds_one(app: Flask, db: Session, outside: Outside) -> None:
    clerk = a_clerk(db, language="en", last_name="Desk", upgraded_at=outside.now(), factor_since=outside.now())
    client = sign_in(app.test_client(), db, outside, clerk, level=2)
    one, two = an_employer(db, name="Muster Handel AG", member_number="999.88"), an_employer(db, name="Favre SA")
    a_user(db, one, last_name="Eins")
    someone = a_user(db, two, last_name="Zwei")
    everybody = client.get("/desk/users").text
    assert all(word in everybody for word in ("Eins", "Zwei", "Muster Handel AG", "999.88", "2 people found"))
    for told in ("999.88", "muster"):
        found = client.get(f"/desk/users?company={told}").text
        assert "Eins" in found
        assert "Zwei" not in found
    assert "Favre SA" in client.get(f"/desk/users/{someone.public_id}").text
    assert client.get(f"/desk/users/{clerk.public_id}").status_code == 404
    assert client.get("/administration/users").status_code == 403


EVIL = ("=1+1", "+41", "-2", "@SUM(A1)", "\tx", "\rx")


@pytest.mark.parametrize("evil", EVIL)
def test_no_file_holds_a_formula(client: FlaskClient, db: Session, me: User, evil: str) -> None:
    me.last_name = evil
    db.add(me)
    db.commit()
    text = client.get(f"{PEOPLE}.csv").data.decode()
    assert text.startswith("\ufeffName, first name;E-mail address;Lg;Status;")
    assert f"'{evil}, Anne" in text
    assert not re.search(rf'(?:^|;|")(?:{re.escape(evil)})', text, re.MULTILINE)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PEOPLE}.xlsx").data))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any(str(cell.value).endswith(f"{evil[-1]}, Anne") for cell in cells)


def test_the_file_is_the_list_as_shown(client: FlaskClient, db: Session, me: User) -> None:
    company = db.get_one(type(an_employer(db)), me.employer_id)
    for number in range(70):
        a_user(db, company, last_name=f"Müller {number:02d}")
    lines = client.get(f"{PEOPLE}.csv?q=muller&sort=-name&size=20").data.decode().splitlines()
    assert len(lines) == 71
    assert lines[1].startswith("Müller 69, Anne;")
    assert lines[1].endswith(";F;Active;15.01.2024;;Not ordered;")
