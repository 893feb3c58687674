"""Why somebody stays as they are: who may come in, and who administers a company, is not changed by everybody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from webapp.accounts.topics import Levels, Rights


class Objection(StrEnum):
    """Why an administrator, or the fund, cannot do this to a person."""

    ONESELF = "oneself"  # somebody else has to do it
    ALREADY = "already"  # it is so
    INACTIVE = "inactive"
    LAST_ADMINISTRATOR = "last_administrator"  # the company would have nobody left
    ADMINISTRATOR = "administrator"  # may do everything anyway


@dataclass(frozen=True)
class Standing:
    """What decides it: whose, whether active, and whether an administrator."""

    id: int
    employer_id: int | None
    active: bool
    administrator: bool


def to_deactivate(chosen: Collection[Standing], administrators: Collection[Standing], by: int) -> dict[int, Objection]:
    """Of these people, who stays active, and why; ``administrators`` are all the active ones of their companies.

    Where no administrator of a company would be left, all of its administrators stay: whom else could one choose?
    """
    found = {}
    for one in chosen:
        if one.id == by:
            found[one.id] = Objection.ONESELF
        elif not one.active:
            found[one.id] = Objection.ALREADY
    going = {one.id for one in chosen} - set(found)
    left = {one.employer_id for one in administrators if one.id not in going}
    last = [one for one in administrators if one.id in going and one.employer_id not in left]
    return found | {one.id: Objection.LAST_ADMINISTRATOR for one in last}


def to_take_rights(one: Standing, administrators: Collection[Standing], by: int) -> Objection | None:
    """Why somebody stays an administrator; ``administrators`` are all the active ones of the company."""
    if not one.administrator:
        return Objection.ALREADY
    if one.id == by:
        return Objection.ONESELF
    others = [other for other in administrators if other.id != one.id and other.employer_id == one.employer_id]
    return None if others or not one.active else Objection.LAST_ADMINISTRATOR


def to_give_rights(one: Standing) -> Objection | None:
    """Why somebody does not become an administrator."""
    if one.administrator:
        return Objection.ALREADY
    return None if one.active else Objection.INACTIVE


def to_permit(people: Mapping[int, Rights], levels: Levels) -> dict[int, Objection]:
    """Of these people, whose permissions stay as they are, and why; whoever may not sign in can be given others."""
    same = {one: rights for one, rights in people.items() if not rights.changes(levels)}
    return {one: Objection.ADMINISTRATOR if rights.administrator else Objection.ALREADY for one, rights in same.items()}
