"""The open pages and the style guide, in a real browser: wide and narrow, light and dark.

In French and in German; ``make prove``: in all four languages.
"""

import pytest
from playwright.sync_api import Page

from tests.browser.checks import NARROW, Examiner, axe, sideways, walk
from tests.browser.validator import Validator
from tests.conftest import PROVE

IN_LANGUAGES = pytest.mark.parametrize(
    "locale", ["fr-CH", "de-CH", *(["it-CH", "en-CH"] if PROVE else [])], indirect=True
)
OPEN = [
    "/sign-in",
    "/sign-in/help",
    "/upgrade/information",
    "/info/terms",
    "/info/accessibility",
    "/styleguide",
    "/gone",
]


@IN_LANGUAGES
@pytest.mark.parametrize("path", OPEN)
def test_an_open_page_is_without_fault(window: Page, examiner: Examiner, path: str, locale: str) -> None:
    window.goto(path)
    assert window.locator("html").get_attribute("lang") == locale
    examiner.only_words = locale != "fr-CH"
    examiner.look(window, path)
    examiner.faults += examiner.validator.faults(window.content())


@pytest.mark.parametrize("path", OPEN)
def test_the_keyboard_reaches_everything(window: Page, path: str) -> None:
    window.goto(path)
    assert not walk(window)
    window.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert not walk(window)


def test_the_lookers_see_faults(window: Page, validator: Validator) -> None:
    window.goto("/sign-in")
    window.evaluate("""() => document.querySelector("main").insertAdjacentHTML("beforeend",
        "<img src='/logo'><table><tr><td id='main'></table><button tabindex='-1'>x</button><a href='/x'></a>")""")
    window.locator("main").evaluate("node => node.style.minWidth = '2000px'")
    assert any("image-alt" in fault for fault in axe(window))
    assert any("2" in fault for fault in sideways(window))
    assert any("Duplicate ID" in fault for fault in validator.faults(window.content()))
