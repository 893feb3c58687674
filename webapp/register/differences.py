"""What the register changes about a person who is already known, and what it leaves to that person."""

from collections.abc import Mapping
from typing import Any

from webapp.accounts.folding import searchable
from webapp.register.rows import RegisterRow


def new_person(row: RegisterRow) -> dict[str, Any]:
    """The columns of a person who is not known yet, but for keys."""
    return {
        **_facts(row),
        "email": row.email,
        "language": row.language,
        "password_hash": row.password_hash,
        "deactivated_at": row.inactive_since,
    }


def changes(row: RegisterRow, known: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a known person that the register sees differently.

    The language is the person's own from the first sign-in on, a password always; who was made inactive stays so.
    """
    said = _facts(row)
    if known["last_login_at"] is None:
        said["language"] = row.language
    if known["password_hash"] is None:
        said["password_hash"] = row.password_hash
    if known["deactivated_at"] is None:
        said["deactivated_at"] = row.inactive_since
    return {column: value for column, value in said.items() if value != known[column]}


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
        "search": searchable(row.last_name, row.first_name, row.email),
    }
