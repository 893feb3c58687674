"""The pages on which administrators, and the fund, look after one person, in one language."""

from playwright.sync_api import expect

from tests.browser.journeys.gallery import REFUSED, Tour
from tests.browser.journeys.holding import holds
from webapp.accounts.models import User
from webapp.config import WELCOMES_A_DAY

DONE = "#status .success"


def looked_after(tour: Tour, admin: User, colleague: User, clerk: User) -> None:
    """Set right, given rights, deactivated and activated again; the last administrator stays."""
    for user in (admin, clerk):
        holds(tour.stage, user, "sms")
    person, own = f"/administration/users/{colleague.public_id}", f"/administration/users/{admin.public_id}"
    tour.as_(admin, level=2).at(f"{person}/changes", "person, to be changed")
    tour.sends("/changes", REFUSED, last_name="").sees("person, no name")
    tour.sends("/changes", DONE, last_name="Nouveau-Exemple").sees("person, changed")
    tour.at(f"{person}/administrator-rights", "rights, to be given")
    tour.sends("/administrator-rights", DONE).sees("rights, given")
    tour.at(f"{person}/administrator-rights", "rights, to be taken").sends("/removal", DONE).sees("rights, taken")
    tour.at(f"{person}/permissions")
    tour.at(f"{person}/deactivation", "person, to be deactivated")
    tour.sends("/deactivation", DONE).sees("person, deactivated").sends("/activation", DONE).sees(
        "person, active again"
    )
    tour.at(f"{own}/deactivation", "oneself, not to be deactivated").at(own, "oneself")
    last = f"/desk/users/{admin.public_id}"
    tour.as_(clerk, level=2).at(last, "desk, person").at(f"{last}/administrator-rights", "desk, the last administrator")


def several(tour: Tour, admin: User, _colleague: User) -> None:
    """Ticked, looked at, done; nobody is left to be chosen."""
    people, what = "/administration/users", "/administration/several"
    tour.as_(admin, level=2).at(f"{what}/deactivations", "several, nobody")
    tour.at(f"{what}/permissions", "several, nobody to be permitted").page.goto(people)
    everybody(tour)
    permissions(tour, f"{what}/permissions")
    tour.page.goto(people)
    everybody(tour)
    tour.at(f"{what}/deactivations", "several, to be deactivated")
    tour.at(f"{what}/upgrade-reminders", "several, to be asked").page.locator(".bar button.primary").click()
    expect(tour.page.locator("#lines")).to_be_visible()
    tour.sees("several, asked")


def everybody(tour: Tour) -> None:
    """All in the list are ticked."""
    tour.page.locator("#all").click()
    expect(tour.page.locator("input:checked").first).to_be_visible()


def permissions(tour: Tour, path: str) -> None:
    """Nothing is chosen, then a level, then looked at where another could be chosen, then done."""
    tour.at(path, "several, permissions").sends(path, REFUSED).sees("several, no permission chosen")
    tour.page.locator("#salaries").select_option("read")
    tour.page.locator("#administration").select_option("read")
    tour.sends(path, "#selected").sees("several, permissions to be changed")
    tour.page.locator("main details summary").click()
    tour.sees("several, other permissions").page.locator(".bar button.primary").click()
    expect(tour.page.locator("#lines")).to_be_visible()
    tour.sees("several, permissions changed")


def newcomer(tour: Tour, admin: User) -> None:
    """Somebody is invited, by a letter and an e-mail."""
    new = "/administration/users/new"
    tour.as_(admin, level=2).at(new).sends(new, REFUSED, first_name="Anna").sees("newcomer, incomplete")
    told = {"last_name": "Neu", "email": f"anna-{tour.language}@neu.example"}
    tour.sends(new, "#letters", **told).sees("newcomer, invited")
    tour.sends("/welcome-email", DONE).sees("newcomer, welcomed again")
    for _time in range(WELCOMES_A_DAY - 1):
        tour.page.reload()
        tour.sends("/welcome-email", DONE)
    tour.page.reload()
    tour.sends("/welcome-email", "#status .problem").sees("newcomer, welcomed often enough")


def acting(tour: Tour, admin: User, other: User, number: str) -> None:
    """A mandate is refused, given, changed; the company is chosen; ``number``: of the other's company."""
    new = "/administration/mandates/new"
    tour.as_(admin, level=2).at("/administration/mandates", "mandates, none").at(new)
    tour.sends(new, REFUSED, until="31.02.2027").sees("mandate, refused")
    tour.sends(new, DONE, member_number=number, email=other.email, until="31.12.2027").sees("mandates, one")
    tour.page.locator("main li a").first.click()
    expect(tour.page.locator("form[action*='/mandates/'] [name=until]")).to_be_visible()
    tour.sees("mandate, to be changed")
    tour.as_(other, level=2).at("/account/companies").sends("/account/companies", DONE).sees("here for another company")
    tour.at("/administration/permissions", "what one may do there")
