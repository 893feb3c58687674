"""The pages of what happened, in one language."""

from tests.browser.journeys.gallery import Tour
from webapp.accounts.models import User


def activity(tour: Tour, admin: User, clerk: User) -> None:
    """One's own, the company's, and everything; a page beyond the end, and a search without a result."""
    tour.as_(admin, level=2).at("/account/activity", "what happened, own")
    tour.at("/account/activity?page=9", "what happened, beyond the end")
    tour.at("/administration/activity", "what happened, company")
    tour.as_(clerk, level=2).at("/desk/activity", "what happened, everywhere")
    tour.at("/desk/activity?company=none&event=upgraded", "what happened, nothing found")
