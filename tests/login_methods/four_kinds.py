"""A shelf with one method of each strength besides the real ones, and people who hold them."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from tests.attacks.arranging import a_session
from tests.factories import a_user
from webapp.accounts.models import LoginSession, User
from webapp.login_methods.method import Strength
from webapp.login_methods.methods.sms import Sms
from webapp.login_methods.models import Enrolment
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside

KINDS = {"spare": Strength.SPARE, "basic": Strength.BASIC, "strong": Strength.STRONG, "strongest": Strength.STRONGEST}


@pytest.fixture
def four_kinds() -> Iterator[None]:
    """They work as text messages do."""
    real = dict(shelf())
    for slug, strength in KINDS.items():
        shelf()[slug] = type(slug, (Sms,), {"strength": strength})()
    yield
    shelf().clear()
    shelf().update(real)


def holding(db: Session, outside: Outside, *slugs: str) -> tuple[User, LoginSession, list[Enrolment]]:
    """Somebody who holds these methods, the first one used last."""
    user, now = a_user(db, language="en"), outside.now()
    held = []
    for slug in slugs:
        kept = outside.seal.close({"number": f"+4179555{len(held):04}"})
        held.append(Enrolment(user_id=user.id, method=slug, kept=kept, shown_as=slug, started_at=now, confirmed_at=now))
    db.add_all(held)
    user.factor_since = user.upgraded_at = now
    db.commit()
    return user, a_session(db, outside, user, level=2), held
