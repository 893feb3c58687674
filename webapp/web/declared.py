"""Whether every view says whom it is for; one that says nothing, or two things, stops the start."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from webapp.config import Misconfigured
from webapp.web.access import Door, door_of


def check_declared(app: Flask) -> None:
    """Misconfigured for a view that does not say whom it is open to, or says that it is to anyone and to some only."""
    views = {name: view for name, view in app.view_functions.items() if name != "static"}
    silent = [name for name, view in views.items() if not hasattr(view, "door")]
    if silent:
        raise Misconfigured(f"Nobody has said whom these are open to: {', '.join(sorted(silent))}.")
    unclear = [name for name, view in views.items() if door_of(view) is Door.ANYONE and _asks_more(view)]
    if unclear:
        raise Misconfigured(f"These are open to anyone, yet to some only: {', '.join(sorted(unclear))}.")


def _asks_more(view: Callable[..., Any]) -> bool:
    return any(hasattr(view, mark) for mark in ("administrators_only", "clerks_only", "needs", "needs_fresh_proof"))
