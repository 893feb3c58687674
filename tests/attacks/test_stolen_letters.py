"""A letter in the wrong hands opens nothing, and no page, table or file tells a code to anybody."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlmodel import Session, SQLModel, select

from tests.attacks.arranging import a_code
from tests.attacks.company_probes import _unpacked
from tests.attacks.kept import everything
from tests.conftest import PROVE
from tests.doors import sign_in
from tests.factories import LONG_AGO, a_clerk, a_user, an_administrator, an_employer
from tests.journeys.places import PRINTED, the_fund_prints_and_posts
from tests.test_routes import ONLY_SQLITE, rules
from webapp.accounts.models import User
from webapp.attempts import forgive
from webapp.codes import as_printed, as_typed
from webapp.letters.models import Letter, PrintRun, Reason
from webapp.ports import Outside
from webapp.upgrade.actions import redeeming
from webapp.upgrade.actions.ordering import order_letters
from webapp.upgrade.models import BulkOrder

pytestmark = ONLY_SQLITE
PEOPLE = 100 if PROVE else 8


def types(db: Session, outside: Outside, user: User, code: str) -> str:
    return redeeming.redeem(db, outside, user, code, terms="1", language="fr").outcome.value


def test_nobodys_code_opens_anything_for_anybody_else(db: Session, outside: Outside) -> None:
    people = [a_user(db) for _ in range(PEOPLE)]
    codes = [a_code(db, outside, user) for user in people]
    for user, own in zip(people, codes, strict=True):
        for code in codes:
            if code != own:
                assert types(db, outside, user, code) == "wrong"
                for ledger in ("letter-code", "letter-code-in-all"):  # so that every single one is really looked at
                    forgive(db, f"{ledger}:{user.id}")
    assert [types(db, outside, user, code) for user, code in zip(people, codes, strict=True)] == ["redeemed"] * PEOPLE


@pytest.mark.usefixtures("without_tokens")
def test_nor_without_a_session_or_with_half_of_one(app: Flask, db: Session, outside: Outside) -> None:
    owner, holder = a_user(db), a_user(db, factor_since=LONG_AGO, upgraded_at=LONG_AGO)
    given = {"code": a_code(db, outside, owner), "accepted": "y"}
    stranger, half = app.test_client(), sign_in(app.test_client(), db, outside, holder, 1)
    for client, elsewhere in ((stranger, "/sign-in"), (half, "/sign-in/second-factor")):
        answer = client.post("/upgrade/code", data=given)
        assert answer.headers["Location"].partition("?")[0] == elsewhere
    assert everything(db)["enrolment_ticket"] == []
    assert types(db, outside, owner, given["code"]) == "redeemed"


def printed(db: Session, outside: Outside, admin: User, colleagues: list[User]) -> list[str]:
    """The codes of posted letters, each with an order behind it."""
    order_letters(db, outside, [admin, *colleagues], by=admin, reason=Reason.FIRST)
    the_fund_prints_and_posts(db, outside)
    handed = outside.carrier.handed.values()  # type: ignore[attr-defined]
    sheets = "".join(document.pdf.decode() for documents in handed for document in documents.values())
    codes = sorted({as_typed(code) for code in PRINTED.findall(sheets)})
    assert len(codes) == 1 + len(colleagues)
    outside.press.printed.clear()  # type: ignore[attr-defined]
    return codes


def found(codes: list[str], told: str) -> list[str]:
    """The codes that can be read there, however they are written."""
    plain = re.sub(r"[^0-9A-Z]", "", told.upper())
    return [code for code in codes if code in plain]


def readable(body: bytes) -> str:
    """A page or a file as text; of a workbook all its parts."""
    return (b"".join(_unpacked(body)) if body[:2] == b"PK" else body).decode(errors="replace")


def addresses(app: Flask, db: Session) -> Iterator[str]:
    """Every address that can be read, with the ids of people, letters, runs and orders that exist."""
    tables: list[type[SQLModel]] = [User, Letter, PrintRun, BulkOrder]
    ids = [one for table in tables for one in db.exec(select(table.public_id))]  # type: ignore[attr-defined]
    db.rollback()
    for rule, method, address, _door in rules(app):
        if method == "GET" and not rule.rule.startswith(("/readyz", "/styleguide", "/outbox", "/logo", "/brand")):
            yield from ([address.replace("nobody", one) for one in ids] if "nobody" in address else [address])


def test_no_page_and_no_table_tells_a_code(app: Flask, db: Session, outside: Outside) -> None:
    company = an_employer(db)
    admin, colleague = an_administrator(db, company), a_user(db, company)
    clerk = a_clerk(db, factor_since=LONG_AGO, upgraded_at=LONG_AGO)
    codes = printed(db, outside, admin, [colleague])
    read = 0
    for person, level in ((admin, 1), (colleague, 1), (clerk, 2)):
        client = sign_in(app.test_client(), db, outside, person, level)
        for address in addresses(app, db):
            for headers in ({}, {"HX-Request": "true", "HX-Target": "main"}):
                answer = client.get(address, headers=headers)
                assert not found(codes, f"{answer.headers} {readable(answer.data)}"), address
                read += answer.status_code == 200
    assert read > 60
    assert outside.press.printed  # the copies of letters were among them
    assert not found(codes, repr(everything(db)))
    assert not found(codes, "".join(mail.text + mail.html + mail.subject for mail in outside.mailer.sent))
    assert found(codes, as_printed(codes[0]).lower())


@pytest.mark.parametrize("right", ["administrator", "clerk"])
def test_a_right_that_is_taken_away_is_gone_at_the_next_press(
    right: str, app: Flask, db: Session, outside: Outside
) -> None:
    both = {"factor_since": LONG_AGO, "upgraded_at": LONG_AGO}
    person = an_administrator(db, **both) if right == "administrator" else a_clerk(db, **both)
    client = sign_in(app.test_client(), db, outside, person, 2)
    paths = ["/administration/users", "/administration/users.csv", "/administration/upgrade-letters"]
    paths = paths if right == "administrator" else ["/desk", "/desk/users", "/desk/users.csv", "/desk/orders"]
    assert [client.get(path).status_code for path in paths] == [200] * len(paths)
    setattr(person, right, False)
    db.commit()
    assert [client.get(path).status_code for path in paths] == [403] * len(paths)
