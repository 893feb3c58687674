"""The portal as it is served, with a clock that a test can put forward: ``DATA/ahead`` holds the seconds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from webapp import create_app, the_outside
from webapp.config import Config
from webapp.ports import Outside


def ahead(data: Path) -> timedelta:
    """By how much the portal's clock was put forward."""
    written = data / "ahead"
    return timedelta(seconds=float(written.read_text())) if written.exists() else timedelta()


def now(data: Path) -> datetime:
    """The time it is in that portal."""
    return datetime.now(UTC) + ahead(data)


def _outside(config: Config) -> Outside:
    return replace(the_outside(config), now=lambda: now(config.data))


app = create_app(outside=_outside)
