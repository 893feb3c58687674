"""Letters ordered for 10,000 people with one press, against one statement that only writes the 10,000 letters."""

import gc
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tests.bench.crowd import LARGE, crowd, swept
from tests.bench.measuring import Line, at_most, interleaved, often, ratio, told
from tests.bench.place import Place, databases, place
from webapp.accounts.models import User, public_id
from webapp.administration.models import Selected
from webapp.administration.ordering import fingerprint, order_selected
from webapp.administration.queries import orders, selected_ids
from webapp.letters.models import AddressReport, Letter
from webapp.upgrade.models import BulkOrder, BulkOrderLine, UpgradeCode

FREE = {"deactivated_at": None, "postcode": "1800"}


class Unread:
    """A queue that nobody reads: telling people is not measured here."""

    def enqueue(self, db: Session, job: Callable[..., None], *ids: int) -> None:
        """Forget it."""


class Company:
    """A company of 10,000 who may all have a letter."""

    def __init__(self, at: Place) -> None:
        people = crowd(at, LARGE * 2, upgraded=0)
        self.db, self.admin, self.outside = at.db, people.admin, replace(at.outside, jobs=Unread())
        mine = sa.select(col(User.id)).where(col(User.employer_id) == people.company.id)
        mine = mine.where(col(User.upgraded_at).is_(None))
        for table in (UpgradeCode, Letter, AddressReport):
            self.db.execute(sa.delete(table))
        self.db.execute(sa.update(User).where(col(User.employer_id) == people.company.id).values(**FREE))
        self.db.commit()
        self.ids = [one or 0 for one in self.db.execute(mine).scalars()]

    def writes(self) -> float:
        """Only the letters, in one executemany; the seconds."""
        facts = {"purpose": "upgrade", "reason": "first", "ordered_at": self.outside.now()}
        self.clears()
        rows = [{"public_id": public_id(), "user_id": one, "ordered_by_id": self.admin.id, **facts} for one in self.ids]
        return self._timed(lambda: self.db.connection().execute(sa.insert(Letter), rows))

    def orders(self) -> float:
        """The press: who is selected, who may, letters, lines, wishes; the seconds."""
        self.clears()
        seen = fingerprint(self.ticked())
        given: dict[str, Any] = {"by": self.admin, "scope": self.admin.employer_id, "key": secrets.token_hex(16)}
        return self._timed(lambda: order_selected(self.db, self.outside, seen=seen, **given))

    def looks(self) -> float:
        """The page before: who would get one; the seconds."""
        self.clears()
        self.ticked()
        return self._timed(self._preview)

    def ticked(self) -> list[int]:
        """Everybody is ticked; their ids."""
        self.db.execute(sa.insert(Selected), [{"chooser_id": self.admin.id, "user_id": one} for one in self.ids])
        self.db.commit()
        return selected_ids(self.db, self.admin, self.admin.employer_id)

    def clears(self) -> None:
        """As before the press: in a portal no letters are ever deleted, so nothing is left of those that are here."""
        for table in (BulkOrderLine, BulkOrder, Selected):
            self.db.execute(sa.delete(table))
        waiting = (col(Letter.printed_at).is_(None), col(Letter.user_id).in_(sa.select(col(User.id))))
        self.db.execute(sa.delete(Letter).where(*waiting), execution_options={"synchronize_session": False})
        self.db.commit()
        swept(self.db)

    def _preview(self) -> None:
        ids = selected_ids(self.db, self.admin, self.admin.employer_id)
        now = self.outside.now()
        found = orders.preview(self.db, ids, self.admin, now)
        orders.shown(self.db, found, 50, now)
        fingerprint(ids)

    def _timed(self, work: Callable[[], object]) -> float:
        gc.collect()
        begun = time.perf_counter()
        work()
        self.db.commit()
        return time.perf_counter() - begun


def lines() -> Iterator[Line]:
    """Goal 4, as far as it is about orders; wall time, for on PostgreSQL the server does most of it."""
    with databases() as found:
        for kind, name in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL")):
            with found.fresh(kind) as url, place(url) as at:
                company = Company(at)
                work = {"alone": company.writes, "order": company.orders, "preview": company.looks}
                seen = interleaved(work, often(9, 3))
            what = f"An order of 10,000 / writing 10,000 letters in one executemany, {name}"
            yield at_most(what, ratio(seen["order"], seen["alone"]), 1.2)
            yield told("  one page of its preview", ratio(seen["preview"], seen["alone"]))
