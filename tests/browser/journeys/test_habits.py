"""What people do with a browser: back, forward, reload, a letter's square, a long pause."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.browser.journeys.person import Person
from tests.browser.journeys.stage import Stage

BOTH = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"], indirect=True)
FIELD = "Registration / upgrade code"


@pytest.mark.parametrize("signed_in", [False, True], ids=["signed out", "signed in"])
def test_the_square_of_the_letter_types_the_code(person: Person, stage: Stage, *, signed_in: bool) -> None:
    admin = stage.administrator()
    code = stage.letter_to(admin)
    plain = code.replace(" ", "")
    asked: list[str] = []
    person.page.on("request", lambda sent: asked.append(f"{unquote(sent.url)} {sent.post_data} {sent.headers}"))
    if signed_in:
        stage.lets_in(person.page.context, admin, level=1)
        person.goes_to(f"/upgrade/code?lang=en#{plain}").sees("Switch to the multi-factor login")
    else:
        person.signs_in(admin, at=f"/upgrade/code?lang=en#{plain}")
    person.finds_in(FIELD, code).leaves_nothing_behind()
    expect(person.page).to_have_url(re.compile(r"/upgrade/code(\?lang=en)?$"))
    assert len(asked) > 2
    assert not [words for words in asked if plain in words.replace(" ", "")]
    assert plain not in stage.portal.log
    person.ticks("I accept the terms of use in force").presses("Continue")
    person.sees("Registration of multi-factor logins").leaves_nothing_behind()


@BOTH
def test_the_terms_are_read_before_they_are_accepted(person: Person, stage: Stage, *, script: bool) -> None:
    """After a refusal the page has them at hand; a fragment fetches them when they are unfolded, and only then."""
    admin = stage.administrator()
    code = stage.letter_to(admin)
    stage.lets_in(person.page.context, admin, level=1)
    person.goes_to("/upgrade/code?lang=en").fills(FIELD, code).presses("Continue").sees("Accept the terms of use")
    asked: list[str] = []
    person.page.on("request", lambda sent: asked.append(sent.url.removeprefix(stage.portal.url)))
    person.page.get_by_text("Show the terms of use").click()
    person.sees("What these terms are about").finds_in(FIELD, code)
    expect(person.page.get_by_text("What these terms are about")).to_be_visible()
    expect(person.page.locator("h1")).to_have_text("Switch to the multi-factor login")
    expect(person.page).to_have_title(re.compile("Switch to the multi-factor login"))
    assert asked == (["/info/terms"] if script else [])
    person.ticks("I accept the terms of use in force").presses("Continue").sees("Choose how you want to prove")


def test_the_warning_before_the_end_of_the_session(person: Person, stage: Stage) -> None:
    admin = stage.administrator()
    person.signs_in(admin).sees("Upgrade now")
    stage.idle_minutes(2)  # so that the warning is due
    person.follows("Yes")
    expect(person.page.locator("dialog:modal")).to_contain_text("Your session ends at")
    expect(person.reach.get_by_role("button", name="Stay signed in")).to_be_focused()
    stage.idle_minutes(20)
    person.presses("Stay signed in").sees("You stay signed in.")
    expect(person.page.locator("dialog:modal")).to_have_count(0)


@BOTH
def test_back_forward_and_reload_show_whole_pages_that_are_true(person: Person, stage: Stage) -> None:
    admin = stage.administrator()
    person.signs_in(admin).sees("Upgrade now").follows("Yes").sees("Is this address right?")
    person.presses("Request the upgrade code").sees("Your letter is ordered")
    person.follows("Enter the code").sees("Switch to the multi-factor login")
    person.page.go_back()
    whole(person, "Request the upgrade code").sees("Ordered on").is_at("/upgrade/letter")
    person.page.reload()
    whole(person, "Request the upgrade code").does_not_see("Is this address right?")
    person.page.go_forward()
    whole(person, "Switch to the multi-factor login").is_at("/upgrade/code")
    code = stage.prints_and_posts(admin)
    person.fills(FIELD, code).ticks("I accept the terms of use in force").presses("Continue")
    person.sees("Choose how you want to prove")
    person.page.go_back()
    whole(person, "Registration of multi-factor logins").is_at("/login-methods")
    person.follows("Create an SMS login").fills("Mobile number", person.mobile).presses("OK").sees("SMS code")
    person.page.reload()
    whole(person, None)
    person.leaves_nothing_behind()
    assert person.mobile not in person.page.content()


def whole(person: Person, heading: str | None) -> Person:
    """Not a fragment: a page with a head, one heading, and its style."""
    expect(person.page.locator("header.header .brand")).to_be_visible()
    expect(person.page.locator("h1")).to_have_count(1)
    if heading:
        expect(person.page.locator("h1")).to_have_text(heading)
    return person
