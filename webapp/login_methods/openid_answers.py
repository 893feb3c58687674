"""What a provider of identities sends a person back with, and whether it is what was asked for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest

from webapp.config import OpenIdProvider
from webapp.ports import Identity

SKEW = timedelta(seconds=30)  # between our clock and a provider's


class Fault(StrEnum):
    """Why nobody gets in, each with a sentence of its own."""

    GONE = "gone"  # the fund has no agreement with the provider any more
    INCOMPLETE = "incomplete"
    STATE = "state"  # the answer to another question
    CANCELLED = "cancelled"  # by the person
    TOO_WEAK = "too_weak"  # not as strictly as the fund asks
    OUT_OF_ORDER = "out_of_order"  # the provider says so itself
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    ISSUER = "issuer"  # another provider has answered
    CODE = "code"  # used or lapsed
    TOKEN = "token"  # noqa: S105 -- not signed by the provider, or not for us
    NONCE = "nonce"
    EXPIRED = "expired"
    UNDATED = "undated"  # nothing says when the person signed in there
    STALE = "stale"  # the person signed in there before we asked
    SOMEBODY_ELSE = "somebody_else"


SAID = {
    "access_denied": Fault.CANCELLED,
    "unmet_authentication_requirements": Fault.TOO_WEAK,
    "temporarily_unavailable": Fault.OUT_OF_ORDER,
    "server_error": Fault.OUT_OF_ORDER,
}


@dataclass(frozen=True)
class Arrival:
    """The query of the address with which somebody comes back."""

    state: str | None = None
    code: str | None = None
    error: str | None = None
    issuer: str | None = None


def arrival_in(typed: str) -> Arrival:
    """What is in ``typed``, a JSON object of texts; anything else is an arrival with nothing."""
    try:
        brought = json.loads(typed)
    except (ValueError, RecursionError):
        brought = None
    brought = brought if isinstance(brought, dict) else {}
    said = {name: value for name, value in brought.items() if isinstance(value, str)}
    return Arrival(said.get("state"), said.get("code"), said.get("error"), said.get("iss"))


def fault_of_arrival(arrival: Arrival, state: str) -> Fault | None:
    """What can be seen before the provider is asked. Some providers forget our ``state`` when they say no."""
    if arrival.state is None and arrival.error is None:
        return Fault.INCOMPLETE
    if arrival.state is not None and not same(arrival.state, state):
        return Fault.STATE
    if arrival.error is not None:
        return SAID.get(arrival.error, Fault.FAILED)
    return None if arrival.code else Fault.INCOMPLETE


def fault_of_identity(
    identity: Identity, provider: OpenIdProvider, asked_at: datetime, now: datetime, bound: Mapping[str, str]
) -> Fault | None:
    """Whether somebody was confirmed freshly and strictly enough, and is who is ``bound`` already, if anybody is."""
    signed_in_at = identity.signed_in_at
    if signed_in_at is None:
        return Fault.UNDATED
    if not asked_at - provider.max_age - SKEW <= signed_in_at <= now + SKEW:
        return Fault.STALE
    if identity.acr is None or identity.acr not in provider.acr:
        return Fault.TOO_WEAK
    known = same(identity.issuer, bound.get("issuer", "")) & same(identity.subject, bound.get("subject", ""))
    return Fault.SOMEBODY_ELSE if "subject" in bound and not known else None


def same(one: str, other: str) -> bool:
    """Compared in a time that tells nothing."""
    return compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))
