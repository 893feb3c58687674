"""The terms of use, a text with versions: each is a dated folder, complete in each language, never changed again."""

from datetime import date

from webapp.config import ROOT

FOLDER = "upgrade/terms"
VERSIONS = tuple(sorted(version.name for version in (ROOT / "templates" / FOLDER).glob("????-??-??")))


def current_version(today: date) -> str:
    """The version in force on ``today``: the newest whose day has come; the first one before that."""
    in_force = [version for version in VERSIONS if version <= today.isoformat()]
    return in_force[-1] if in_force else VERSIONS[0]


def published(today: date) -> list[str]:
    """The version in force on ``today`` and those before it, the newest first."""
    return [version for version in reversed(VERSIONS) if version <= current_version(today)]


def template(version: str, language: str) -> str:
    """The text of ``version`` in ``language``, to be included below a heading; it asks for ``fund`` and ``language``.

    Raises KeyError for a version that was never published.
    """
    if version not in VERSIONS:
        raise KeyError(version)
    return f"{FOLDER}/{version}/{language}.html"
