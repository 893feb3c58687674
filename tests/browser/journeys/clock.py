"""A clock that a test can put forward: ``DATA/ahead`` holds the seconds."""

from datetime import UTC, datetime, timedelta
from pathlib import Path


def ahead(data: Path) -> timedelta:
    """By how much the clock of the portal with this folder was put forward."""
    written = data / "ahead"
    return timedelta(seconds=float(written.read_text())) if written.exists() else timedelta()


def now(data: Path) -> datetime:
    """The time it is in that portal."""
    return datetime.now(UTC) + ahead(data)


def put_forward(data: Path, **how_long: float) -> None:
    """``put_forward(data, days=2, minutes=5)``."""
    (data / "ahead").write_text(str((ahead(data) + timedelta(**how_long)).total_seconds()))
