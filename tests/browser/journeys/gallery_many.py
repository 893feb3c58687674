"""The pages on which codes are ordered for many at once, in one language."""

from playwright.sync_api import expect

from tests.browser.journeys.gallery import REFUSED, Tour
from tests.browser.journeys.many import a_company, an_order

PEOPLE, PLACED = "/administration/users", "/administration/upgrade-letters"


def administrators(tour: Tour) -> None:
    """The list and its orders."""
    company = a_company(tour.stage, tour.language)
    orders = {
        "going": an_order(tour.stage, company.admin, [company.anna, company.carla], told=False),
        "done": an_order(tour.stage, company.admin, [company.beat, company.dora]),
    }
    tour.as_(company.admin).at(PEOPLE, "people").at(f"{PEOPLE}?q=nobody", "people, nobody matches")
    tour.at(f"{PEOPLE}?size=20&compact=yes&sort=-letter&asked=yes", "people, who asked")
    tour.at(f"{PEOPLE}/{company.carla.public_id}", "person").at(f"{PLACED}/preview", "preview, nobody")
    tour.page.goto(PEOPLE)
    tour.page.locator("#all").click()
    expect(tour.page.locator("input:checked").first).to_be_visible()
    tour.sees("people, selected").at(f"{PLACED}/preview", "preview")
    for name, public_id in orders.items():
        tour.at(f"{PLACED}/{public_id}", f"order, {name}")
    tour.at(PLACED, "orders")


def clerks(tour: Tour) -> None:
    """The same over all companies, and ordering by member numbers."""
    new = "/desk/orders/new"
    clerk = tour.stage.clerk(language=tour.language)
    tour.as_(clerk, level=2).at("/desk/users?size=20").at(new).sends(new, REFUSED).sees("no numbers")
