"""The upgrade in Chromium, with script and without: from the password to both factors."""

import pytest
from playwright.sync_api import expect

from tests.browser.journeys.conftest import Desk
from tests.browser.journeys.person import Person
from tests.browser.journeys.stage import Stage

BOTH = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"], indirect=True)


@BOTH
def test_from_the_password_to_both_factors(
    person: Person,
    stage: Stage,
    the_fund_prints_and_posts: Desk,
    script: bool,  # noqa: FBT001
) -> None:
    admin = stage.administrator(first_name="Élise", last_name="Favre-Script" if script else "Favre-Plain")
    person.signs_in(admin).sees("Upgrade now").follows("Yes").sees("Rue du Marché 7").has_focus_on("body")
    person.presses("Request the upgrade code").sees("Your letter is ordered", "Expected by")
    person.has_focus_on("title" if script else "body").is_at("/upgrade/letter")
    the_fund_prints_and_posts()
    code = stage.code_on_paper(admin)
    person.goes_to("/").follows("Go on with the upgrade").is_at("/upgrade/code")
    person.fills("Registration / upgrade code", code.lower()).presses("Continue")
    person.sees("Accept the terms of use to go on.").has_focus_on("error-summary")
    person.finds_in("Registration / upgrade code", code.lower()).ticks("I accept the terms of use in force")
    person.presses("Continue").sees("Registration of multi-factor logins").is_at("/login-methods")
    person.has_focus_on("title" if script else "body")
    registers_a_telephone(person, stage, script=script)
    person.presses("Close").sees("Welcome to PartnerWeb 2.0").is_at("/").has_focus_on("body")
    person.presses("Sign out").sees("You are signed out.")
    stage.passes(minutes=1)
    person.signs_in(admin).sees("Second step").goes_to("/").sees("Second step")
    person.fills("SMS code", person.code_on_telephone(right=False)).presses("OK").sees("This is not the code")
    person.has_focus_on("error-summary")
    stage.passes(minutes=1)
    person.presses("Resend the SMS").sees("We have sent you a text message")
    person.fills("SMS code", person.code_on_telephone()).presses("OK").sees("Welcome to PartnerWeb 2.0")


def registers_a_telephone(person: Person, stage: Stage, *, script: bool) -> None:
    """A wrong number, a wrong code, another text message, the right code; in the dialog where there is one."""
    dialog = person.page.locator("dialog:modal")
    number = "number" if script else "body"
    person.follows("Create an SMS login").sees("Mobile number").has_focus_on(number)
    expect(dialog).to_have_count(1 if script else 0)
    if script:
        person.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(person.page.get_by_role("link", name="Create an SMS login")).to_be_focused()
        person.follows("Create an SMS login").has_focus_on(number)
    person.fills("Mobile number", "032 000 00 00").presses("OK").has_focus_on("error-summary")
    person.finds_in("Mobile number", "032 000 00 00")
    right, person.mobile = person.mobile, "079 765 43 21"
    person.fills("Mobile number", person.mobile).presses("OK").sees("+41 79 ••• •• 21")
    person.code_on_telephone()
    stage.passes(minutes=1)
    person.mobile = right
    person.follows("Change the number").fills("Mobile number", right).presses("OK").sees(f"••• •• {right[-2:]}")
    person.fills("SMS code", person.code_on_telephone(right=False)).presses("OK").sees("You have 4 more tries")
    person.has_focus_on("error-summary").finds_in("SMS code", "")
    expect(dialog).to_have_count(1 if script else 0)
    stage.passes(minutes=1)
    person.presses("Resend the SMS").has_focus_on("code" if script else "body")
    person.fills("SMS code", person.code_on_telephone()).presses("OK").sees("The data has been saved successfully")
    expect(dialog).to_have_count(0)
    person.is_at("/login-methods").has_focus_on("body")
