"""After signing out the browser shows and keeps nothing of what was seen."""

import pytest
from playwright.sync_api import Page

from tests.browser.journeys.stage import Stage

KEPT = """async () => JSON.stringify({
    local: {...localStorage}, session: {...sessionStorage}, cookies: document.cookie,
    databases: await indexedDB.databases(), caches: await caches.keys(),
    workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length, name: window.name,
    history: history.state,
})"""
TOUR = ["/administration/users?lang=en", "/upgrade/letter", "/upgrade/address-report", "/letters"]
CANARY = "Kanarienvogel"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"], indirect=True)
def test_back_after_signing_out_shows_nothing(window: Page, stage: Stage, script: bool) -> None:  # noqa: FBT001
    admin = stage.administrator(last_name=CANARY, town=CANARY)
    stage.lets_in(window.context, admin, level=1)
    for path in TOUR:
        window.goto(path)
        assert CANARY in window.inner_text("body")
    if script:
        window.evaluate("() => htmx.ajax('GET', '/upgrade/letter', {target: '#main', swap: 'innerHTML'})")
        assert CANARY.lower() not in window.evaluate(KEPT).lower()
    window.get_by_role("button", name="Sign out").click()
    window.wait_for_url("**/sign-in**")
    for _step in TOUR:
        window.go_back()
        assert CANARY.lower() not in window.content().lower()
    if script:
        assert CANARY.lower() not in window.evaluate(KEPT).lower()
