"""A code from an e-mail: long, kept nowhere, for one person and one purpose, once."""

from datetime import timedelta
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from tests.attacks.kept import everything
from tests.factories import a_user
from webapp.accounts.actions import Found, Unopened, find_link, make_link, use_link, withdraw_links, write_to
from webapp.accounts.links import AccountLink, LinkPurpose
from webapp.accounts.mailed_code import LENGTH, draw, mistake
from webapp.codes import ALPHABET, Mistyped, as_printed, as_typed, check_symbol
from webapp.messages.models import Message
from webapp.ports import Outside

HOUR = timedelta(hours=1)
CODES = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1).map(lambda drawn: drawn + check_symbol(drawn))


def test_nobody_guesses_it() -> None:
    assert (LENGTH - 1) * log2(len(ALPHABET)) > 128
    assert len({draw() for _ in range(1000)}) == 1000


@given(CODES, st.integers(0, LENGTH - 2), st.sampled_from(ALPHABET))
def test_every_slip_is_noticed(code: str, position: int, symbol: str) -> None:
    assert mistake(as_typed(as_printed(code).lower())) is None
    changed = code[:position] + symbol + code[position + 1 :]
    assert mistake(changed) is (None if changed == code else Mistyped.CHECK)
    swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
    assert mistake(swapped) is (None if swapped == code else Mistyped.CHECK)


def test_it_opens_once_and_for_its_purpose(db: Session, outside: Outside) -> None:
    user = a_user(db)
    code = make_link(db, outside, user, LinkPurpose.PASSWORD, life=HOUR)
    assert find_link(db, outside, code, LinkPurpose.EMAIL, LinkPurpose.INVITATION) is Unopened.UNKNOWN
    found = find_link(db, outside, as_printed(code).lower(), *LinkPurpose)
    assert isinstance(found, Found)
    assert found.user.id == user.id
    assert use_link(db, outside, found.link) is None
    assert use_link(db, outside, found.link) is Unopened.USED
    assert find_link(db, outside, code, *LinkPurpose) is Unopened.USED


def test_it_ends_to_the_second(db: Session, outside: Outside) -> None:
    code = make_link(db, outside, a_user(db), LinkPurpose.PASSWORD, life=HOUR)
    outside.now.passes(hours=1, seconds=-1)  # type: ignore[attr-defined]
    found = find_link(db, outside, code, LinkPurpose.PASSWORD)
    assert isinstance(found, Found)
    outside.now.passes(seconds=1)  # type: ignore[attr-defined]
    assert find_link(db, outside, code, LinkPurpose.PASSWORD) is Unopened.EXPIRED
    assert use_link(db, outside, found.link) is Unopened.EXPIRED


def test_a_newer_one_takes_its_place_and_no_other_s(db: Session, outside: Outside) -> None:
    user, other = a_user(db), a_user(db)
    first, foreign, invited = (
        make_link(db, outside, *whose, life=HOUR)
        for whose in (
            (user, LinkPurpose.PASSWORD),
            (other, LinkPurpose.PASSWORD),
            (user, LinkPurpose.INVITATION),
        )
    )
    newer = make_link(db, outside, user, LinkPurpose.PASSWORD, life=HOUR)
    assert find_link(db, outside, first, *LinkPurpose) is Unopened.WITHDRAWN
    assert all(isinstance(find_link(db, outside, code, *LinkPurpose), Found) for code in (foreign, invited, newer))
    assert withdraw_links(db, outside, user)
    assert {find_link(db, outside, code, *LinkPurpose) for code in (invited, newer)} == {Unopened.WITHDRAWN}
    assert not withdraw_links(db, outside, user)
    assert isinstance(find_link(db, outside, foreign, *LinkPurpose), Found)


def test_it_opens_nothing_for_who_is_not_active(db: Session, outside: Outside) -> None:
    user = a_user(db)
    code = make_link(db, outside, user, LinkPurpose.INVITATION, life=HOUR)
    user.deactivated_at = outside.now()
    db.commit()
    assert find_link(db, outside, code, LinkPurpose.INVITATION) is Unopened.UNKNOWN


def test_the_database_itself_allows_one_at_a_time(db: Session, outside: Outside) -> None:
    user = a_user(db)
    make_link(db, outside, user, LinkPurpose.PASSWORD, life=HOUR)
    at = {"made_at": outside.now(), "expires_at": outside.now()}
    db.add(AccountLink(user_id=user.id or 0, purpose=LinkPurpose.PASSWORD, key="another", **at))
    with pytest.raises(IntegrityError):
        db.flush()
    db.rollback()


def test_it_is_kept_nowhere(db: Session, outside: Outside) -> None:
    user = a_user(db)
    code = make_link(db, outside, user, LinkPurpose.PASSWORD, life=HOUR)
    write_to(db, outside, user, "password_forgotten", code=as_printed(code), until=outside.now() + HOUR)
    db.flush()
    kept = repr(db.exec(select(AccountLink)).all()) + repr(db.exec(select(Message)).all())  # while it waits
    db.commit()
    kept += repr(everything(db))
    assert code not in kept
    assert as_printed(code) not in kept
    assert code in outside.mailer.sent[-1].text  # type: ignore[attr-defined]
    assert not any(word in outside.mailer.sent[-1].subject for word in as_printed(code).split())  # type: ignore[attr-defined]
