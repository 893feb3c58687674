"""Every page and state of the journeys, one after the other, in one language; the words are nobody's business here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from playwright.sync_api import Page, expect

from tests.browser.journeys.person import Person
from tests.browser.journeys.stage import Stage
from tests.factories import PASSWORD
from webapp.accounts.models import User

REFUSED = "#error-summary"
CODE = "/upgrade/code"


@dataclass
class Tour:
    """Goes through the portal by addresses and forms, and has each state looked at."""

    page: Page
    stage: Stage
    language: str
    look: Callable[[Page, str], None]

    def sees(self, name: str) -> Self:
        """Have a look at what is shown."""
        self.look(self.page, name)
        return self

    def at(self, path: str, name: str | None = None) -> Self:
        """Go to ``path``, and look."""
        self.page.goto(path)
        expect(self.page.locator("html")).to_have_attribute("lang", f"{self.language}-CH")
        return self.sees(name or path)

    def sends(self, path: str, then: str, **typed: str) -> Self:
        """Fill in the form that goes to ``path`` and send it; wait for ``then``."""
        form = self.page.locator(f"form[action*='{path}']:visible").first
        for name, value in typed.items():
            field = form.locator(f"[name={name}]").first
            field.check() if value == "tick" else field.fill(value)
        form.locator("button[type=submit]").first.click()
        expect(self.page.locator(then).first).to_be_visible()
        return self

    def opens(self, path: str) -> Self:
        """Press the link to ``path`` that opens the dialog."""
        self.page.locator(f"[data-hx-get^='{path}']:visible").last.click()
        expect(self.page.locator("dialog[open] input:visible").first).to_be_focused()
        return self

    def as_(self, user: User, level: int = 1) -> Self:
        """Be somebody else."""
        self.page.context.clear_cookies()
        self.stage.lets_in(self.page.context, user, level)
        return self


def strangers(tour: Tour, anybody: User) -> None:
    """Who is not signed in, or not quite."""
    for path in ("/info/contact", "/info/data-protection", "/info/sessions", "/login-methods/sms/help"):
        tour.at(path)
    tour.at("/session/warning", "the session has ended").at("/sign-in").sends("/sign-in", REFUSED).sees(
        "sign-in, empty"
    )
    tour.sends("/sign-in", REFUSED, email=anybody.email, password="wrong-wrong").sees("sign-in, wrong")


def ordering(tour: Tour, admin: User, colleague: User) -> None:
    """The question, the letter, the address; asking for a letter."""
    tour.as_(admin).at("/upgrade/question").at("/", "home 1.0").at("/administration", "administration 1.0")
    tour.at("/letters", "no letters").at(CODE, "code, no letter").at("/upgrade/letter", "letter, none")
    tour.sends("/upgrade/letters", ".facts").sees("letter, ordered")
    tour.at("/upgrade/question", "question, ordered").at(CODE, "code, ordered")
    tour.at("/upgrade/address-report").sends("/upgrade/address-report", REFUSED, remark="x" * 501).sees(
        "remark refused"
    )
    tour.sends("/upgrade/address-report", ".facts", remark="Rue Neuve 3").sees("letter, held")
    tour.at(CODE, "code, held").at("/letters", "letters, held")
    tour.as_(colleague).at("/upgrade/letter", "letter, no rights").sends("/upgrade/wishes", "#status .status")
    tour.sees("letter, asked")


def codes(tour: Tour, user: User, typed: dict[str, str]) -> None:
    """Each refusal of a code; ``typed``: its name, and what is typed."""
    tour.as_(user).at("/upgrade/letter", "letter, several").at("/letters", "letters, several").page.goto(CODE)
    tour.page.locator("details > summary").first.click()
    tour.sees("terms, open").sends(CODE, REFUSED).sees("code, nothing at all")
    for name, code in typed.items():
        tour.page.goto(CODE)
        tour.sends(CODE, REFUSED, code=code, accepted="tick").sees(f"code, {name}")


def one_code(tour: Tour, user: User, name: str, code: str) -> None:
    """A letter whose code opens nothing any more."""
    tour.as_(user).at("/upgrade/letter", f"letter, {name}").page.goto(CODE)
    tour.sends(CODE, REFUSED, code=code, accepted="tick").sees(f"code, {name}")
    tour.page.goto("/upgrade/letter")
    tour.sends("/upgrade/letters", REFUSED).sees(f"letter, {name}, no reason")


def methods(tour: Tour, user: User, code: str, person: Person) -> None:
    """From the right code to PartnerWeb 2.0 and the second step; in the dialog and on pages of their own."""
    new, sms = "/login-methods/sms/new", {"number": person.mobile}
    tour.as_(user).page.goto(CODE)
    tour.sends(CODE, "main li [data-hx-get]:visible", code=code, accepted="tick").sees("shelf")
    tour.at(new, "number, page").sends(new, REFUSED, number="032 000 00 00").sees("number refused, page")
    tour.page.goto("/login-methods")
    tour.opens(new).sees("number, dialog").sends(new, REFUSED, number="1").sees("number refused, dialog")
    tour.sends(new, "dialog #code", **sms).sees("SMS code, dialog")
    wrong = person.code_on_telephone(right=False)
    tour.sends("/confirmation", REFUSED, code=wrong).sees("SMS code refused, dialog")
    tour.page.locator("dialog .dialog-close button").click()
    tour.opens(new).sends(new, "dialog form[action$='/messages']", **sms).sees("number again, too early")
    tour.stage.passes(minutes=1)
    tour.sends("/messages", "#status .success").sees("sent again")
    with tour.page.expect_navigation(url="**/login-methods"):
        tour.sends("/confirmation", "#status .success", code=person.code_on_telephone())
    tour.sees("saved").sends("/upgrade/completion", ".cards").sees("home 2.0")
    for path in ("/administration", "/login-methods", "/letters"):
        tour.at(path, f"{path} 2.0")
    tour.sends("/sign-out", "#password").sees("signed out")
    tour.stage.passes(minutes=1)
    tour.sends("/sign-in", "#code", email=user.email, password=PASSWORD).sees("second step")
    wrong = person.code_on_telephone(right=False)
    tour.sends("/sign-in/second-factor", REFUSED, code=wrong).sees("second step, refused")
    tour.stage.idle_minutes(2)
    tour.page.goto("/sign-in/second-factor")
    expect(tour.page.locator("dialog[open] button.primary")).to_be_focused()
    tour.sees("the session's end, dialog").at("/session/warning", "the session's end, page")
    tour.stage.idle_minutes(20)


def mistakes(tour: Tour, user: User) -> None:
    """Pages that say what went wrong; 404 is looked at with the open pages."""
    tour.as_(user, level=2).at("/desk", "forbidden").at("/upgrade/letters", "wrong method").page.goto("/")
    tour.page.context.clear_cookies()
    tour.sends("/sign-out", "main .button.primary").sees("a form that is too old")


def desk(tour: Tour, clerk: User, runs: dict[str, str]) -> None:
    """The fund's desk; ``runs``: names of states and the runs' public ids. At last everything is settled."""
    tour.as_(clerk, level=2).at("/desk").at("/desk/addresses").at("/desk/wishes")
    for name, public_id in runs.items():
        tour.at(f"/desk/print-runs/{public_id}", f"run, {name}")
    tour.page.goto("/desk/addresses")
    while tour.page.locator("form[action*='/settlement']").count():
        tour.sends("/settlement", "#status .status").page.goto("/desk/addresses")
    tour.sees("addresses, all settled")
    tour.at("/outbox").at(str(tour.page.locator("td a[href*=messages]").first.get_attribute("href")), "outbox, message")


def letters_back(tour: Tour, clerk: User, person: User) -> None:
    """A letter that is in the post comes back."""
    page, preview = "/desk/returned-letters", "/returned-letters/preview"
    tour.stage.letter_to(person)
    tour.as_(clerk, level=2).at(page, "returned, none").sends(page, REFUSED, numbers="xyz").sees("returned, refused")
    tour.page.goto(page)
    tour.page.locator("#why-0").check()
    tour.sends(page, f"form[action$='{preview}']", numbers=tour.stage.number_to(person)).sees("returned, looked at")
    tour.sends(preview, "#returned").sees("returned, one")
