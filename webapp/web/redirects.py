"""The one place that decides whether an address from outside may be followed."""

from flask import Response, make_response, redirect, request, url_for

from webapp.web.context import outside
from webapp.web.pages import fragment_wanted

SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.?=&%+:,~")


def safe(target: str | None) -> str | None:
    """``target`` if it is a plain path on this portal, else None: no host, no scheme, no control characters."""
    if not target or len(target) > 500 or not target.startswith("/") or target.startswith("//"):
        return None
    path = target.partition("?")[0]
    return target if set(target) <= SAFE and ":" not in path and "//" not in path else None


def to(endpoint: str, **values: str | int) -> Response:
    """Post, then 303, then get."""
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[return-value, arg-type]


def to_the_portal(endpoint: str, **values: str) -> Response:
    """As ``to``, from another host of ours."""
    return redirect(outside().config.address + url_for(endpoint, **values), 303)  # type: ignore[return-value, arg-type]


def onward(default: str) -> Response:
    """To the address asked for before signing in, if it may be followed, else to ``default``."""
    return redirect(safe(request.args.get("next")) or url_for(default), 303)  # type: ignore[return-value]


def whole(path: str) -> Response:
    """To a path of ours by a real page load, also from htmx: after a change of level every form needs a new token."""
    if not fragment_wanted():
        return redirect(path, 303)  # type: ignore[return-value]
    response = make_response("", 200)
    response.headers["HX-Redirect"] = path
    return response
