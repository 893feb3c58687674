"""The delivery note of a print run: what the printer must have received, and nobody's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One document of the run: its file, language, the letters' numbers in the order of the sheets, and its SHA-256."""

    name: str
    language: str
    numbers: tuple[str, ...]
    sha256: str


def manifest(
    run: str,
    started_at: datetime,
    operator: int | None,
    entries: Sequence[Entry],
    audit: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """The same for the same run, however often it is written; ``operator``: a user’s number, None for a command.

    ``audit``: how many events the fund's audit had when the run began, and the signature of the last of them.
    """
    return {
        "run": run,
        "started_at": started_at.isoformat(timespec="seconds"),
        "operator": operator,
        "audit": dict(audit) if audit else None,
        "letters": sum(len(entry.numbers) for entry in entries),
        "documents": [
            {
                "name": entry.name,
                "language": entry.language,
                "letters": len(entry.numbers),
                "sha256": entry.sha256,
                "numbers": list(entry.numbers),
            }
            for entry in entries
        ],
    }
