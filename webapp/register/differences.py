"""What the register changes about a person who is already known, and what it leaves to that person."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from webapp.accounts.folding import searchable
from webapp.audit.events import Event
from webapp.register.columns import Column
from webapp.register.rows import RegisterRow

CHANGED_HERE = {  # what people and their administrators change in the portal
    "first_name": Column.PERSON,
    "last_name": Column.PERSON,
    "email": Column.EMAIL,
    "language": Column.LANGUAGE,
    "administrator": Column.ADMINISTRATOR,
    "deactivated_at": Column.INACTIVE_SINCE,
}

DETAILS_OF_A_USER = ("first_name", "last_name", "language", "activated_at", "address_lines", "postcode", "town")


def new_person(row: RegisterRow) -> dict[str, Any]:
    """The columns of a person who is not known yet, but for keys."""
    return {
        **_facts(row),
        "search": searchable(row.last_name, row.first_name, row.email),
        "email": row.email,
        "language": row.language,
        "password_hash": row.password_hash,
        "deactivated_at": row.inactive_since,
    }


def changes(row: RegisterRow, known: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a known person that the register sees differently.

    The language is the person's own from the first sign-in on, a password always; who was made inactive stays so.
    What was changed in the portal stays until the register says something else than it said before that.
    """
    said, old = _said(row, known), known["register_said"]
    stays = _stays(said, known)
    said = {column: value for column, value in said.items() if column not in stays}
    now = {**known, **said}
    said["search"] = searchable(now["last_name"], now["first_name"], now["email"])
    said["register_said"] = {column: word for column, word in old.items() if column in stays or column not in said}
    return {column: value for column, value in said.items() if value != known[column]}


def happened(different: Mapping[str, Any]) -> Iterator[Event]:
    """What is noted of a known person of whom these columns change; nothing of what nobody sees."""
    if different.keys() & set(DETAILS_OF_A_USER):
        yield Event.USER_CHANGED
    if "administrator" in different:
        yield Event.ADMINISTRATOR_MADE if different["administrator"] else Event.ADMINISTRATOR_UNMADE
    if different.get("deactivated_at"):
        yield Event.USER_DEACTIVATED


def changed_here(row: RegisterRow, known: Mapping[str, Any]) -> list[Column]:
    """What the register says of a known person that does not count, for it was changed in the portal since."""
    stays = _stays(_said(row, known), known)
    if row.email != known["email"]:
        stays.add("email")
    if row.inactive_since and known["deactivated_at"] is None and not _inactive_by_now(row, known):
        stays.add("deactivated_at")
    return list(dict.fromkeys(heading for column, heading in CHANGED_HERE.items() if column in stays))


def _said(row: RegisterRow, known: Mapping[str, Any]) -> dict[str, Any]:
    said = _facts(row)
    if known["last_login_at"] is None:
        said["language"] = row.language
    if known["password_hash"] is None:
        said["password_hash"] = row.password_hash
    if known["deactivated_at"] is None and _inactive_by_now(row, known):
        said["deactivated_at"] = row.inactive_since
    return said


def _stays(said: Mapping[str, Any], known: Mapping[str, Any]) -> set[str]:
    """The columns of which the register repeats what it said before they were changed in the portal."""
    old = known["register_said"]
    return {column for column, word in old.items() if column in said and said[column] == word != known[column]}


def _inactive_by_now(row: RegisterRow, known: Mapping[str, Any]) -> bool:
    """Whether the register made the person inactive, and later than somebody here has activated them again."""
    again = known["register_said"].get("deactivated_at")
    return bool(row.inactive_since and (again is None or row.inactive_since > datetime.fromisoformat(again)))


def company_changes(rows: list[RegisterRow], known: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a known company that its rows see differently; a UID that is not told is kept."""
    said = {"name": rows[0].company, "uid": company_uid(rows) or known["uid"]}
    return {column: value for column, value in said.items() if value != known[column]}


def company_uid(rows: list[RegisterRow]) -> str | None:
    """The first UID that one of a company's rows tells; they never contradict each other."""
    return next((row.uid for row in rows if row.uid), None)


def _facts(row: RegisterRow) -> dict[str, Any]:
    return {
        "first_name": row.first_name,
        "last_name": row.last_name,
        "administrator": row.administrator,
        "activated_at": row.active_since,
        "address_lines": list(row.address_lines),
        "postcode": row.postcode,
        "town": row.town,
    }
