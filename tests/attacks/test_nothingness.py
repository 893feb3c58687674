"""The character NUL, which PostgreSQL does not keep, in each answer to a form: a page comes back, never an error."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlmodel import Session

from tests.acting import a_mandate
from tests.administration.inside import Company, a_clerk_with_both, a_company
from tests.doors import sign_in
from tests.factories import LONG_AGO, a_user, an_administrator
from webapp.accounts.topics import Topic
from webapp.ports import Outside

NOTHING = "a\0b"
NAMES = "first_name last_name email language welcome"
LEVELS = " ".join(Topic)
LIST, PRESSED = "seen user action of q page", "key seen user page"
FORMS = {  # who sends it, the address, its answers
    "anybody": {
        "/info/accessibility/barrier": "words where email",
        "/sign-in": "email password",
        "/sign-in/forgotten": "email",
        "/sign-in/new-password": "code new again",
        "/session/extension": "",
    },
    "admin": {
        "/account/settings": "shown_name phone notices low_rows",
        "/account/language": "language",
        "/account/password": "current new again",
        "/account/email": "email current",
        "/account/email/activation": "code",
        "/account/companies": "company",
        "/administration/users": LIST,
        "/administration/upgrade-letters": PRESSED,
        "/administration/upgrade-letters/preview/removals": PRESSED,
        "/administration/users/new": NAMES,
        "/administration/users/<julia>/changes": NAMES,
        "/administration/users/<julia>/permissions": LEVELS,
        "/administration/mandates/new": f"email member_number since until {LEVELS}",
        "/administration/mandates/<mandate>": f"since until {LEVELS}",
        "/administration/several/permissions": f"{PRESSED} {LEVELS}",
        "/administration/several/deactivations": PRESSED,
        "/administration/several/deactivations/selection/removals": PRESSED,
    },
    "clerk": {
        "/desk/users": LIST,
        "/desk/users/<julia>/changes": NAMES,
        "/desk/users/<julia>/permissions": LEVELS,
        "/desk/orders/new": "numbers",
        "/desk/orders": PRESSED,
        "/desk/orders/preview/removals": PRESSED,
        "/desk/returned-letters": "numbers why",
        "/desk/returned-letters/preview": "numbers why",
        "/desk/several/permissions": f"{PRESSED} {LEVELS}",
        "/desk/several/deactivations/selection/removals": PRESSED,
    },
}


@pytest.fixture
def company(db: Session) -> Company:
    """Boulangerie Favre SA."""
    return a_company(db)


def answers(app: Flask, db: Session, outside: Outside, company: Company) -> Iterator[tuple[str, int]]:
    """What each form answers, with NUL in all of its answers, then in one at a time."""
    office = an_administrator(db, None)
    nora = a_user(db, None, employer_id=office.employer_id, factor_since=LONG_AGO, upgraded_at=LONG_AGO)
    mandate, clerk = a_mandate(db, outside, nora, company.admin), a_clerk_with_both(db)
    known = {"<julia>": company.julia.public_id, "<mandate>": mandate.public_id}
    for who, forms in FORMS.items():
        for path, names in forms.items():
            address = path
            for word, value in known.items():
                address = address.replace(word, value)
            for some in (names.split(), *([name] for name in names.split())):
                client = app.test_client()
                if who != "anybody":
                    sign_in(client, db, outside, company.admin if who == "admin" else clerk, 2)
                answer = client.post(address, data=dict.fromkeys(some, NOTHING))
                yield f"{path} {some}", answer.status_code


def test_a_nul_in_an_answer_is_no_mistake_of_ours(app: Flask, db: Session, outside: Outside, company: Company) -> None:
    app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    found = dict(answers(app, db, outside, company))
    assert len(found) > 60
    assert {where: status for where, status in found.items() if status not in (303, 400, 404, 422)} == {}
