"""Steps left out, taken in another order, taken for somebody else, or taken back in the database itself."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session

from tests.attacks.arranging import a_pending_sms, a_session, a_telephone, a_ticket, the_code
from tests.attacks.said import said
from tests.doors import sign_in
from tests.factories import a_user, an_administrator
from webapp.accounts.models import User
from webapp.login_methods import queries
from webapp.migrating import bring_up_to_date
from webapp.ports import Outside


@pytest.mark.usefixtures("without_tokens")
def test_a_foreign_enrolment_is_like_none(app: Flask, db: Session, outside: Outside) -> None:
    owner, mallory = a_user(db), a_user(db)
    for person in (owner, mallory):
        a_ticket(db, outside, person)
    enrolment, code = a_pending_sms(db, outside, owner, a_session(db, outside, owner))
    client = sign_in(app.test_client(), db, outside, mallory, 1)
    pages = []
    for name in (enrolment.public_id, "0" * 32):
        path = f"/login-methods/sms/{name}"
        tried = [client.get(f"{path}/confirmation"), client.post(f"{path}/confirmation", data={"code": code})]
        tried.append(client.post(f"{path}/messages"))
        assert [answer.status_code for answer in tried] == [404] * 3
        pages.append([said(answer).replace(name, "") for answer in tried])
    assert pages[0] == pages[1]
    db.refresh(mallory)
    assert mallory.factor_since is None


@pytest.mark.usefixtures("without_tokens")
def test_no_step_can_be_left_out(app: Flask, db: Session, outside: Outside) -> None:
    user = an_administrator(db)
    client = sign_in(app.test_client(), db, outside, user, 1)
    for path in ("/login-methods/sms/new", "/upgrade/completion", "/sign-in/second-factor"):
        client.post(path, data={"number": "079 555 01 01", "code": "123456", "accepted": "y"})
    assert outside.sms.sent == []  # without a code from a letter nothing is sent, nothing enrolled
    a_ticket(db, outside, user)
    begun = client.post("/login-methods/sms/new", data={"number": "079 555 01 01"}).headers["Location"]
    outside.now.passes(minutes=9)
    client.get("/administration")
    outside.now.passes(minutes=15)
    assert client.post(begun, data={"code": the_code(outside)}).status_code == 422  # the message is too old
    assert client.post(begun.replace("confirmation", "messages")).status_code == 303
    outside.now.passes(minutes=7)  # now the ticket is too old; the message is not
    assert client.post(begun, data={"code": the_code(outside)}).headers["Location"] == "/upgrade"
    db.refresh(user)
    assert (user.factor_since, user.upgraded_at, queries.held_by(db, user)) == (None, None, [])


def _by_hand(db: Session, user: User, fact: str) -> None:
    setattr(user, fact, None)
    db.commit()


def _for_all(db: Session, user: User, fact: str) -> None:
    db.execute(sa.update(User).values({fact: None}))


@pytest.mark.parametrize("fact", ["upgraded_at", "factor_since"])
@pytest.mark.parametrize("takes_back", [_by_hand, _for_all])
def test_the_database_keeps_an_upgrade(
    takes_back: Callable[..., None], fact: str, app: Flask, db: Session, outside: Outside
) -> None:
    user = a_user(db)
    a_telephone(db, outside, user)
    user.upgraded_at = outside.now()
    db.commit()
    bring_up_to_date(app)
    with pytest.raises(sa.exc.DBAPIError, match="never taken back"):
        takes_back(db, user, fact)
