"""Codes for many at once in Chromium, with script and without: found, selected, looked at, ordered, come back to."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import NARROW, WIDE, walk
from tests.browser.journeys.keyboard import IN_LANGUAGES, Keyboard
from tests.browser.journeys.many import Company, a_company
from tests.browser.journeys.person import Person
from tests.browser.journeys.stage import Stage
from tests.browser.live import Portal

BOTH = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"], indirect=True)
LIST, PREVIEW = "/administration/users", "/administration/upgrade-letters/preview"
ALL_FOUR = "Select all 4 that match"


@BOTH
def test_who_asked_is_served_and_others_with_them(person: Person, stage: Stage, script: bool) -> None:  # noqa: FBT001
    company, page = a_company(stage), person.page
    stage.lets_in(page.context, company.admin, level=1)
    selects_two(person, company, script=script)
    person.ticks("Bührer, Carla").presses("E-mail address").sees("3 people selected")
    # only what is pressed after the answer counts
    expect(page.locator("th:has(#sort-email)")).to_have_attribute("aria-sort", "ascending")
    assert "q=buhrer" in page.url
    person.presses("Request the upgrade code").sees("3 people are selected.", "2 get a letter.", "1 gets none.")
    person.is_at(PREVIEW).has_focus_on("title" if script else "body").sees("Already upgraded", "Rue du Marché 7")
    person.presses("Remove : Bührer, Beat").sees("The person is left out.", "2 people are selected.")
    person.presses("Order 1 letter").sees("1 letter is ordered.", "None: Already upgraded")
    person.has_focus_on("title" if script else "body")
    if not script:
        person.portal.waits_for(lambda: "was told by e-mail" in refreshed(page), "e-mail")
    person.sees("The person was told by e-mail.")
    ordered = page.url
    page.reload()
    person.sees("1 letter is ordered.")
    page.go_back()
    person.sees("Nobody is selected.")
    assert len(page.locator("h1").all()) == 1
    person.follows("Earlier orders").follows(page.locator("tbody th a").inner_text())
    expect(page).to_have_url(ordered)
    person.follows("Back to the list").does_not_see("has asked for an upgrade code").leaves_nothing_behind()


def selects_two(person: Person, company: Company, *, script: bool) -> None:
    """Anna, who has asked, and Beat; wherever one goes they stay selected."""
    page = person.page
    person.goes_to("/administration?lang=en").follows("Manage other users").sees("5 people found")
    person.sees("1 person has asked for an upgrade code.").follows("Show who asked").sees("1 person found", "Asked on")
    person.presses("Select the 1 person that matches").sees("1 person selected").has_focus_on(
        "all" if script else "count"
    )
    person.follows("Show all").fills("Name or e-mail", "buhrer").presses("Show").sees("4 people found")
    person.has_focus_on("show" if script else "count").ticks("Bührer, Beat")
    if script:
        expect(page.locator("#count")).to_have_text("2 people selected")
        expect(page.locator("#status")).to_have_text("2 people selected")
        person.has_focus_on(f"user-{company.beat.public_id}")
        expect(page.get_by_role("button", name="Update the selection")).to_be_hidden()
    else:
        person.presses("Update the selection").sees("2 people selected")
    page.reload()
    expect(page.get_by_role("checkbox", name="Bührer, Beat")).to_be_checked()


def refreshed(page: Page) -> str:
    """What the page says when it is asked for again."""
    page.reload()
    return page.locator("main").inner_text()


@BOTH
def test_a_page_that_was_left_open_orders_nothing_twice(person: Person, stage: Stage) -> None:
    company = a_company(stage)
    stage.lets_in(person.page.context, company.admin, level=1)
    person.goes_to(f"{LIST}?lang=en&q=buhrer").presses(ALL_FOUR).sees("4 people selected")
    person.presses("Request the upgrade code").sees("2 get a letter.")
    other = Person(person.page.context.new_page(), stage.portal)
    other.goes_to(PREVIEW).presses("Order 2 letters").sees("2 letters are ordered.")
    person.presses("Order 2 letters").sees("Since you looked, other people were selected.", "Nobody is selected.")
    person.goes_to(f"{LIST}?q=buhrer").presses(ALL_FOUR).sees("4 people selected")
    person.presses("Request the upgrade code").sees("Nobody can get a letter now.", "Letter already ordered")


@IN_LANGUAGES
def test_by_keyboard_alone(window: Page, portal: Portal, stage: Stage, language: str, *, script: bool) -> None:
    company, keyboard = a_company(stage, language), Keyboard(window, portal, language)
    heading = "title" if script else "body"
    keyboard.signs_in(company.admin).presses("Not now").sees("General information")
    keyboard.has_focus_on(heading).follows("Administration").follows("Manage other users")
    keyboard.fills("Name or e-mail", "Buhrer").keys("Enter").sees("4 people found")
    keyboard.unfolds("More filters").ticks("Bührer, Anna")
    if not script:
        keyboard.presses("Update the selection")
    keyboard.sees("1 person selected").presses(ALL_FOUR).sees("4 people selected")
    keyboard.presses("Clear the selection").sees("Nobody is selected").ticks("Bührer, Beat").ticks("Bührer, Dora")
    keyboard.presses("Request the upgrade code").sees("1 gets a letter.", "Account not active")
    keyboard.presses("Remove : Bührer, Dora").sees("1 person is selected.")
    keyboard.has_focus_on("remove-2" if script else "body")  # below the last row: how many letters it will be
    keyboard.presses("Order 1 letter").sees("1 letter is ordered.").follows("Back to the list").follows(
        "Details : Bührer, Beat"
    )
    keyboard.sees("All letters, newest first").follows("Back to the list").sees("5 people found")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_bar_is_never_over_what_has_the_focus(person: Person, stage: Stage, size: dict[str, int]) -> None:
    company = a_company(stage)
    for number in range(16):
        stage.colleague(company.admin, last_name=f"Zürcher {number:02}")
    stage.lets_in(person.page.context, company.admin, level=1)
    person.page.set_viewport_size(size)  # type: ignore[arg-type]
    person.goes_to(f"{LIST}?lang=en&size=20").sees("21 people found")
    assert not walk(person.page)
    person.presses("Select all 21 that match").sees("21 people selected").goes_to(PREVIEW)
    person.sees("21 people are selected.")
    assert not walk(person.page)
