"""A form is sent with its own answers, then with hundreds more: it must do the same, to the last fact of any row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, SQLModel

import webapp.slices  # noqa: F401 -- every table
from tests.attacks.kept import copy_of, drawn, everything, facts_changed, undrawn
from tests.conftest import PROVE
from tests.databases import KINDS
from tests.factories import a_user, an_employer
from webapp.accounts.models import User
from webapp.ports import Outside

COLUMNS = sorted({column.name for table in SQLModel.metadata.sorted_tables for column in table.columns} - {"remark"})
WAYS = ("{}", "user[{}]", "user-{}", "{}[]", "{}-0")
FOREIGN = "4711"  # a stranger, and the stranger's company
VALUES = ("y", "", "2026-01-01T00:00:00+00:00", FOREIGN)  # true, false, a moment, somebody else
ON_SQLITE = pytest.mark.parametrize("database", KINDS if PROVE else KINDS[:1], indirect=True)  # by default


def extra(*own: str, turn: int) -> dict[str, str]:
    """Every column of every table, spelt in many ways, save the form's own answers; each turn asks for other values."""
    names = [way.format(column) for way in WAYS for column in COLUMNS]
    return {name: VALUES[(number + turn) % len(VALUES)] for number, name in enumerate(names) if name not in own}


@dataclass(frozen=True)
class Done:
    """What a form did: its status, where it led, what it changed, see facts_changed(), and whom it wrote to."""

    status: int
    location: str
    facts: dict[str, int]
    told: list[tuple[str, ...]]


def sends(db: Session, outside: Outside, client: FlaskClient, path: str, own: Mapping[str, str]) -> Done:
    """What a form does, which is what it does with every extra answer too, in its body and in its address."""
    if db.get(User, int(FOREIGN)) is None:
        a_user(db, an_employer(db, id=int(FOREIGN)), id=int(FOREIGN), public_id=FOREIGN)
    before, back = everything(db), copy_of(db)
    mailer, sms = outside.mailer.sent, outside.sms.sent  # type: ignore[attr-defined]

    def done(more: Mapping[str, str], asked: Mapping[str, str]) -> tuple[Done, Any]:
        mailer.clear()
        texts = len(sms)
        answer = _copy(client).post(path, data={**more, **own}, query_string=asked)
        after = everything(db)
        new = drawn(after) - drawn(before)
        assert not new & (set(VALUES) - {"", *own.values()})
        led = answer.headers.get("Location", "")
        for word in (word for word in new if isinstance(word, str) and word):
            led = led.replace(word, "…")
        told = [(mail.recipient, mail.subject) for mail in mailer] + [(one.number,) for one in sms[texts:]]
        return Done(answer.status_code, led, facts_changed(before, after), told), undrawn(after)

    meant = done({}, {})
    for turn in range(len(VALUES)):
        back()
        more, asked = extra(*own, turn=turn), extra(turn=turn)
        assert min(len(more), len(asked)) >= 200
        assert done(more, asked) == meant
    return meant[0]


def _copy(client: FlaskClient) -> FlaskClient:
    """Another browser with the same cookies."""
    copy = client.application.test_client()
    copy._cookies = dict(client._cookies)
    return copy
