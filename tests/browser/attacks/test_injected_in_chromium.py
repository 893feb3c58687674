"""What people are called and what they write stays words in a real browser, on whole pages and after htmx swaps."""

import secrets
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.attacks.injected import PAYLOADS
from tests.browser.attacks.canaries import Haunted, unescaped
from tests.browser.journeys.stage import Stage
from tests.conftest import PROVE
from tests.factories import LONG_AGO, a_clerk, a_user, an_administrator, an_employer
from webapp.accounts.models import User
from webapp.letters.models import AddressReport
from webapp.login_methods.models import Enrolment
from webapp.upgrade.actions import bulk
from webapp.upgrade.models import CodeWish

ALL = " ".join(PAYLOADS)
TYPED = PAYLOADS if PROVE else PAYLOADS[:6:2]
OF_THE_BOSS = """/ /administration /administration/users /administration/users/{person} /administration/upgrade-letters
    /administration/upgrade-letters/preview?user={person} /administration/upgrade-letters/{order} /upgrade/letter
    /upgrade/address-report /upgrade/question /login-methods /letters""".split()
OF_THE_CLERK = """/desk /desk/users /desk/users/{person} /desk/orders /desk/orders/new /desk/orders/{order}
    /desk/orders/preview?user={person} /desk/addresses /desk/wishes /info/contact""".split()


class Company:
    """A company with such a name, whose people have such names, addresses, remarks and telephones."""

    def __init__(self, stage: Stage) -> None:
        with stage.portal.db() as db:
            company = an_employer(db, name=ALL)
            self.boss = an_administrator(db, company, language="en", **named(ALL))
            people = [a_user(db, company, **named(payload)) for payload in PAYLOADS]
            self.clerk = a_clerk(db, language="en", factor_since=LONG_AGO, upgraded_at=LONG_AGO, **named(ALL))
            for person, payload in zip(people[::2], PAYLOADS[::2], strict=True):
                db.add(AddressReport(user_id=person.id or 0, reported_at=stage.now(), remark=payload))
            db.add_all(CodeWish(user_id=person.id or 0, asked_at=stage.now()) for person in people)
            telephone = {"kept": stage.outside.seal.close({"number": "+41795550101"}), "shown_as": ALL}
            since = {"started_at": LONG_AGO, "confirmed_at": LONG_AGO}
            db.add(Enrolment(user_id=self.clerk.id or 0, method="sms", **telephone, **since))
            db.commit()
            ids = [person.id or 0 for person in people[:6]]
            given = {"by": self.boss, "user_ids": ids, "employer_id": company.id, "key": secrets.token_hex(16)}
            order, _new = bulk.order_for_many(db, stage.outside, **given)
            self.ids = {"person": people[7].public_id, "order": order.public_id}
            for user in (self.boss, self.clerk):
                db.refresh(user)
                db.expunge(user)


def named(payload: str) -> dict[str, object]:
    """Everything that a person may be called."""
    return {"first_name": payload, "last_name": payload, "town": payload, "address_lines": [payload]}


@pytest.fixture
def company(stage: Stage) -> Company:
    """Those people, a wrong address, a wish and an order."""
    return Company(stage)


@pytest.fixture
def window(chromium: Browser, stage: Stage) -> Iterator[Haunted]:
    """A window that listens."""
    context = chromium.new_context(base_url=stage.portal.url, locale="en-CH")
    yield Haunted.opened(context)
    context.close()


def lets_in(window: Haunted, stage: Stage, user: User, level: int) -> None:
    stage.lets_in(window.page.context, user, level)


def test_no_word_comes_alive_in_a_browser(window: Haunted, stage: Stage, company: Company) -> None:
    for user, level, paths in ((company.boss, 1, OF_THE_BOSS), (company.clerk, 2, OF_THE_CLERK)):
        lets_in(window, stage, user, level)
        for path in paths:
            window.visits(path.format(**company.ids))
    lets_in(window, stage, company.clerk, 1)
    window.visits("/sign-in/second-factor")
    assert window.heard == []
    assert len(window.read) >= 2 * (len(OF_THE_BOSS) + len(OF_THE_CLERK) + 1) - 4


def test_nor_what_is_typed_wrongly(window: Haunted, stage: Stage, company: Company) -> None:
    page = window.page
    page.goto("/sign-in?lang=en")
    for payload in TYPED:
        page.get_by_label("E-mail address").fill(payload)
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_load_state()
        window.listens("/sign-in")
    lets_in(window, stage, company.boss, 1)
    page.goto("/upgrade/code?lang=en")
    for payload in TYPED:
        page.get_by_label("Registration / upgrade code").fill(payload)
        with page.expect_response("**/upgrade/code"):
            page.get_by_role("button", name="Continue").click()
        window.listens("/upgrade/code")
    page.goto("/administration/users?lang=en")
    for payload in TYPED:
        page.goto(f"/administration/users?q={quote(payload)}")
        window.listens("/administration/users?q")
    assert window.heard == []


@pytest.mark.parametrize("path", ["/administration/users", "/desk/addresses"])
def test_the_same_window_hears_a_page_that_trusts(path: str, window: Haunted, stage: Stage, company: Company) -> None:
    window.page.route("**/*", lambda route: unescaped(route) if path in route.request.url else route.continue_())
    lets_in(window, stage, company.clerk if "desk" in path else company.boss, 2 if "desk" in path else 1)
    window.visits(path)
    told = "\n".join(window.heard)
    assert "POST" in told or "GET" in told
    assert "/canary" in told  # htmx asked, whatever the policy says
    assert "the policy stopped" in told  # what the policy stops was tried
    assert f"{path}: <" in told
