"""For which company one is here: chosen after signing in, and changed from the header."""

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, request
from flask_babel import gettext as _

from webapp.accounts import mandate_queries
from webapp.accounts.actions import mandating
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import Employer
from webapp.accounts.views.blueprint import account
from webapp.formats import local_day
from webapp.web import redirects
from webapp.web.access import chooses_company, for_the_upgraded
from webapp.web.announcements import announce
from webapp.web.context import db, mandate_over, me, my_mandate, my_session, now, outside
from webapp.web.pages import page

OWN = "own"
MANY = 10


@dataclass(frozen=True)
class Choice:
    """A company, the mandate for it (none: one's own), and whether one is here for it."""

    company: Employer
    mandate: Mandate | None
    here: bool

    @property
    def key(self) -> str:
        """What a press on it sends."""
        return self.mandate.public_id if self.mandate else OWN

    def is_called(self, words: str) -> bool:
        """Whether somebody who types this looks for it."""
        return words.casefold() in f"{self.company.name} {self.company.member_number}".casefold()


def _choices() -> list[Choice]:
    user, session, chosen = me(), my_session(), my_mandate()
    own = mandate_queries.own_company(db(), user)
    here = chosen is None and session.chose_at is not None and not mandate_over()
    first = [Choice(own, None, here)] if own else []
    others = mandate_queries.companies_of(db(), user, local_day(now()))
    return first + [Choice(company, one, chosen is not None and chosen[0].id == one.id) for one, company in others]


def _to_come() -> list[Choice]:
    found = mandate_queries.companies_to_come(db(), me(), local_day(now()))
    return [Choice(company, one, here=False) for one, company in found]


@account.get("/companies")
@for_the_upgraded
@chooses_company
def companies() -> Response:
    """One's own company, and those that one acts for, now or from a later day on."""
    words, found, later = request.args.get("q", "").strip()[:100], _choices(), _to_come()
    many = len(found) + len(later) > MANY
    shown, begin = ([one for one in some if one.is_called(words)] for some in (found, later))
    told: dict[str, Any] = {"choices": shown, "to_come": begin, "many": many, "words": words, "over": mandate_over()}
    return page("accounts/companies.html", onward=redirects.safe(request.args.get("next")), **told)


@account.post("/companies")
@for_the_upgraded
@chooses_company
def choose_company() -> Response:
    """Go on for one of them, to the page asked for before; by a real page load, for the whole frame changes."""
    found = next((one for one in _choices() if one.key == request.form.get("company")), None) or abort(404)
    mandating.choose_company(db(), outside(), me(), my_session(), found.mandate)
    announce(_("You are here for %(company)s.", company=found.company.name), "success")
    return redirects.onward("home.show")
