"""The forms of administrators, of the fund's desk and of the second factor take their own answers and no others."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from tests.administration.ticking import ticks
from tests.attacks import (
    test_extra_answers,
    test_extra_answers_of_administrators,
    test_extra_answers_of_holders,
    test_extra_answers_of_mandates,
)
from tests.attacks.arranging import a_code, a_letter, a_session, a_telephone, the_code
from tests.attacks.filling import ON_SQLITE, sends
from tests.attacks.test_extra_answers import PROVED, without_counts
from tests.doors import sign_in
from tests.factories import LONG_AGO, a_clerk, a_user, an_administrator, an_employer
from tests.test_routes import rules
from webapp.accounts.models import LoginSession, User
from webapp.letters.actions import post_run, report_wrong_address, start_run
from webapp.letters.models import AddressReport, Letter, PrintRun
from webapp.login_methods import actions as login_methods
from webapp.ports import Outside
from webapp.upgrade.models import BulkOrder, UpgradeCode

pytestmark = [ON_SQLITE, pytest.mark.usefixtures("without_tokens")]
KEY = {"key": "f" * 32}
ORDERED = {"+bulk_order": 1, "+bulk_order_line": 1, "+letter": 1, "+message": 1}
VOIDED = {"upgrade_code.voided_at": 1, "upgrade_code.voided_by_id": 1}
RETURNED = VOIDED | {"+message": 1, "letter.returned_at": 1, "letter.returned_by_id": 1}
PRINTED = {"+print_document": 1, "+print_run": 1, "+upgrade_code": 1}
PRINTED |= {f"letter.{fact}": 1 for fact in ("addressed_to", "document_id", "printed_at", "printed_on")}
POSTED = {"print_document.announced_at": 1, "print_run.posted_at": 1, "print_run.posted_by_id": 1}
POSTED |= {"+message": 1, "letter.posted_at": 1}


@dataclass
class Staff:
    """A company with an administrator and a colleague who waits for a letter, another company, the fund's clerk."""

    admin: User
    colleague: User
    stranger: User
    clerk: User
    run: PrintRun

    def named(self, sentence: str) -> str:
        """With the ids that stand in an address or an answer."""
        known = {"colleague": self.colleague.public_id, "run": self.run.public_id}
        return re.sub(r"<(\w+)>", lambda name: known[name[1]], sentence)


@pytest.fixture
def staff(db: Session, outside: Outside) -> Staff:
    """All of them; a run is ready for the post, two are ticked, an address is said to be wrong."""
    company = an_employer(db, member_number="999.17")
    admin, colleague, printed, wrong = an_administrator(db, company), *(a_user(db, company) for _ in range(3))
    clerk = a_clerk(db, factor_since=LONG_AGO, upgraded_at=LONG_AGO)
    a_letter(db, printed, outside.now())
    run = start_run(db, outside, None)
    assert run
    report_wrong_address(db, outside, wrong, "moved")
    ticks(db, admin, [colleague, printed])
    ticks(db, clerk, [colleague, printed])
    return Staff(admin, colleague, a_user(db), clerk, run)


PRESSES: list[tuple[str, dict[str, str], dict[str, int]]] = [  # address, its own answers, what it changes
    ("/upgrade/lost-letters", {}, VOIDED),
    ("/administration/users", {"seen": "<colleague>", "action": ""}, {"-selected": 1}),
    ("/administration/upgrade-letters/preview/removals", {"user": "<colleague>"}, {"-selected": 1}),
    ("/administration/upgrade-letters", KEY | {"user": "<colleague>"}, ORDERED),
    ("/administration/upgrade-letters", {"key": "forged"}, {}),
    ("/desk/users", {"seen": "<colleague>", "action": ""}, {"-selected": 1}),
    ("/desk/orders/new", {"numbers": "999.17"}, {"+selected": 2}),
    ("/desk/orders/preview/removals", {"user": "<colleague>"}, {"-selected": 1}),
    ("/desk/orders", KEY | {"user": "<colleague>"}, ORDERED),
    ("/desk/addresses/1/settlement", {}, {"address_report.settled_at": 1, "address_report.settled_by_id": 1}),
    ("/desk/returned-letters", {"numbers": "26-000001", "why": "moved"}, {}),
    ("/desk/returned-letters/preview", {"numbers": "26-000001", "why": "not_collected"}, RETURNED),
    ("/desk/print-runs", {}, PRINTED),
    ("/desk/print-runs/<run>/posting", {}, POSTED),
    ("/desk/print-runs/<run>/new-try", {}, {}),
]


@pytest.mark.parametrize(("path", "own", "facts"), PRESSES)
def test_nor_does_a_press_of_the_staff(
    path: str, own: dict[str, str], facts: dict[str, int], app: Flask, db: Session, outside: Outside, staff: Staff
) -> None:
    person = staff.clerk if path.startswith("/desk") else staff.admin
    if path.startswith("/desk/returned-letters"):
        post_run(db, outside, staff.run)
    if path == "/desk/print-runs":
        a_letter(db, staff.colleague, outside.now())
    if path == "/upgrade/lost-letters":
        a_code(db, outside, person)
    client = sign_in(app.test_client(), db, outside, person, 2 if person.clerk else 1)
    answers = {name: staff.named(value) for name, value in own.items()}
    done = sends(db, outside, client, staff.named(path), answers)
    assert done.status in (303, 400)
    assert done.facts == facts
    signed_by_nobody_else(db, person)


def signed_by_nobody_else(db: Session, person: User) -> None:
    """What was ordered, started, posted or settled names who pressed; for whom stands in no hidden answer."""
    for order in db.exec(select(BulkOrder)):
        assert (order.ordered_by_id, order.employer_id) == (person.id, None if person.clerk else person.employer_id)
    for run in db.exec(select(PrintRun).where(col(PrintRun.id) > 1)):
        assert run.started_by_id == person.id
    voided = [code for code in db.exec(select(UpgradeCode)) if code.voided_at]
    assert {code.voided_by_id for code in voided} <= {person.id}
    assert person.clerk or {code.user_id for code in voided} <= {person.id}
    assert {letter.returned_by_id for letter in db.exec(select(Letter))} <= {None, person.id}
    assert {run.posted_by_id for run in db.exec(select(PrintRun))} <= {None, person.id}
    assert {report.settled_by_id for report in db.exec(select(AddressReport))} <= {None, person.id}
    ordered = db.exec(select(Letter).where(Letter.ordered_by_id == person.id)).all()
    assert len({letter.user_id for letter in ordered}) == len(ordered) <= 1


def test_nor_does_the_second_factor(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    enrolment = a_telephone(db, outside, user)
    outside.now.passes(days=1)
    client = sign_in(app.test_client(), db, outside, user, 1)
    done = sends(db, outside, client, "/sign-in/second-factor/messages", {})
    assert without_counts(done) == {"+challenge": 1, "+message": 1}
    assert login_methods.ask(db, outside, user, a_session(db, outside, user), enrolment).free_at  # one was sent
    done = sends(db, outside, client, "/sign-in/second-factor", {"code": the_code(outside)})
    assert done.status == 303
    assert without_counts(done) == PROVED
    newest = db.exec(select(LoginSession).order_by(col(LoginSession.id).desc())).first()
    assert newest
    assert (newest.user_id, newest.level, newest.idle_minutes) == (user.id, 2, 20)


def test_no_form_is_forgotten(app: Flask) -> None:
    tried = {path for path, *_rest in [*PRESSES, *test_extra_answers.FORMS]}
    tried |= {path.replace("<user>", "nobody") for _who, path, *_rest in test_extra_answers_of_holders.FORMS}
    tried |= {*test_extra_answers_of_administrators.FORMS, *test_extra_answers_of_mandates.FORMS}
    tried |= {"/account/sessions/1/end", "/sign-in", "/sign-in/second-factor", "/sign-in/second-factor/messages"}
    tried |= {"/login-methods/sms/nobody/confirmation", "/login-methods/sms/nobody/messages"}
    named: Callable[[str], str] = lambda path: re.sub(r"<\w+>", "nobody", path)  # noqa: E731
    forms = {address for _rule, method, address, _door in rules(app) if method == "POST"}
    assert forms - {named(path) for path in tried} == {"/styleguide"}
