"""What tests of the SuisseID login begin with, and how somebody goes to a provider and comes back."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from sqlmodel import Session

from tests.attacks.arranging import a_ticket
from tests.factories import an_administrator
from tests.journeys.places import signs_in
from tests.openid.twin import OpenIdTwin
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.config import OpenIdProvider
from webapp.ports import Identity, Outside

SWISSID = OpenIdProvider("swissid", "SwissID", "https://login.swissid.example/oauth2", "portal", "s3cret", ("loa-2",))
AGOV = OpenIdProvider("agov", "AGOV", "https://agov.example", "portal", "s3cret", ("urn:ac:400", "urn:ac:500"))
ANNE = "anne-4711"


def with_a_letter(visitor: Visitor, db: Session, outside: Outside) -> User:
    """Somebody who has typed the code of a letter and stands before the shelf."""
    user = an_administrator(db)
    a_ticket(db, outside, user)
    signs_in(visitor, user.email).goes_to("/login-methods").sees("Registration of multi-factor logins")
    return user


def begins(visitor: Visitor, provider: str = "SwissID", *, several: bool = False) -> Visitor:
    """Choose the method, and the provider where there is a choice; the link to it is there."""
    visitor.follows("Create a SuisseID login")
    if several:
        visitor.chooses(provider).presses("OK")
    else:
        visitor.presses("Continue")
    return visitor.sees(f"Continue with {provider}")


def way_out(visitor: Visitor, provider: str = "SwissID") -> str:
    """The address to which the link leads."""
    return str(visitor.page.link(f"Continue with {provider}").attrs["href"])


def state_in(address: str) -> str:
    """What ties the way back to it."""
    return parse_qs(urlsplit(address).query)["state"][0]


def arrives(visitor: Visitor, **query: Any) -> Visitor:
    """Come back from a provider."""
    return visitor.goes_to(f"/login-methods/arrival?{urlencode(query)}")


def confirmed(outside: Outside, provider: OpenIdProvider = SWISSID, **facts: Any) -> str:
    """A code that stands for Anne, signed in just now as strictly as it takes; or for somebody a little different."""
    twin = outside.openid
    assert isinstance(twin, OpenIdTwin)
    usual = {"issuer": provider.issuer, "subject": ANNE, "acr": provider.acr[0], "signed_in_at": outside.now()}
    code = f"code-{len(twin.people)}-{len(twin.asked)}"
    twin.people[code] = Identity(**usual | facts)
    return code


def registers(visitor: Visitor, outside: Outside, provider: OpenIdProvider = SWISSID) -> Visitor:
    """The whole round, from the shelf to the shelf."""
    state = state_in(way_out(begins(visitor, provider.label), provider.label))
    arrives(visitor, state=state, code=confirmed(outside, provider), iss=provider.issuer)
    return visitor.sees("The data has been saved successfully").is_at("/login-methods")
