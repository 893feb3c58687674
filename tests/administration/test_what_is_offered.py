"""Whatever is offered to somebody is open to them: every link and every form from their own menu on."""

from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session

from tests.acting import a_mandate
from tests.administration.crawler import Crawler
from tests.administration.inside import BOTH_FACTORS, Company, a_clerk_with_both, a_company
from tests.doors import sign_in
from tests.factories import a_user, an_employer
from tests.letters.orders import an_order
from tests.test_routes import ONLY_SQLITE
from webapp.accounts.models import User
from webapp.accounts.topics import Level, Topic
from webapp.letters.actions import report_wrong_address
from webapp.ports import Outside

pytestmark = [ONLY_SQLITE, pytest.mark.usefixtures("without_tokens")]
READS = {Topic.ADMINISTRATION.value: Level.READ.word}
EVERY_LIST = "/administration/users"


@pytest.fixture
def without_tokens(app: Flask) -> None:
    """The forms ask for no token."""
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def company(db: Session, outside: Outside) -> Company:
    """With a letter that is held, and somebody who reads along."""
    company = a_company(db)
    an_order(db, company.julia)
    report_wrong_address(db, outside, company.julia, "moved")
    return company


def browsing(app: Flask, db: Session, outside: Outside, user: User, level: int) -> Crawler:
    """``user``, signed in."""
    return Crawler(app, sign_in(app.test_client(), db, outside, user, level=level))


@pytest.mark.parametrize(
    ("level", "facts", "lists"),
    [
        (1, {"administrator": True}, {EVERY_LIST}),
        (2, {"administrator": True, **BOTH_FACTORS}, {EVERY_LIST}),
        (1, {"topics": READS}, {EVERY_LIST}),
        (2, {"topics": READS, **BOTH_FACTORS}, {EVERY_LIST}),
        (1, {}, set()),
        (2, dict(BOTH_FACTORS), set()),
    ],
    ids=["administrator-1", "administrator-2", "reads-1", "reads-2", "nothing-1", "nothing-2"],
)
def test_in_a_company(
    level: int, facts: dict[str, Any], lists: set[str], app: Flask, db: Session, outside: Outside, company: Company
) -> None:
    person = a_user(db, company.employer, **facts)
    crawler = browsing(app, db, outside, person, level)
    assert crawler.goes_through("/administration") == []
    assert crawler.seen & {EVERY_LIST} == lists
    assert len(crawler.seen) > 8


def test_by_mandate(app: Flask, db: Session, outside: Outside, company: Company) -> None:
    nora = a_user(db, an_employer(db), **BOTH_FACTORS)
    mandate = a_mandate(db, outside, nora, company.admin)
    crawler = browsing(app, db, outside, nora, 2)
    crawler.client.post("/account/companies", data={"company": mandate.public_id})
    assert crawler.goes_through("/administration") == []
    assert EVERY_LIST in crawler.seen


def test_at_the_desk(app: Flask, db: Session, outside: Outside, company: Company) -> None:
    crawler = browsing(app, db, outside, a_clerk_with_both(db), 2)
    assert crawler.goes_through("/desk") == []
    assert {"/desk/users", "/desk/addresses", "/account/settings"} <= crawler.seen
    assert company


def test_what_is_offered_and_closed_would_be_found(app: Flask, db: Session, outside: Outside, company: Company) -> None:
    reader = a_user(db, company.employer, topics=READS, **BOTH_FACTORS)
    crawler = browsing(app, db, outside, reader, 2)
    assert crawler.goes_through("/administration/users/new", "/nowhere") == [
        "403 /administration/users/new",
        "404 /nowhere",
    ]
