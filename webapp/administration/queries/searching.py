"""Finding people by words of their name or e-mail: quick among 100,000, also where hardly anybody is meant."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from webapp.accounts.models import User

FEW = 2000  # as many are looked at one by one; where there are more, the next one is never far
SHORTEST = 3  # letters that an index of three letters can find
trigram = sa.table("trigram", sa.column("rowid", sa.Integer), sa.column("trigram"))


def found_by(db: Session, words: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    """The conditions on ``User`` for having all these folded words somewhere in the name or the e-mail.

    PostgreSQL chooses its index of three letters by itself; SQLite has to be asked, if it has one.
    """
    if db.get_bind().dialect.name == "postgresql":
        return [col(User.search).contains(word, autoescape=True) for word in words]
    exactly: list[sa.ColumnElement[bool]] = [sa.func.instr(col(User.search), word) > 0 for word in words]
    longest = max(words, key=len, default="")
    few = _few(db, longest) if len(longest) >= SHORTEST else None
    return exactly if few is None else [col(User.id).in_(few), *exactly]


def _few(db: Session, word: str) -> list[int] | None:
    """The ids of those who have ``word``; None when they are many, or nobody knows."""
    known = sa.text("SELECT 1 FROM sqlite_master WHERE name = 'trigram'")
    if db.execute(known).first() is None:
        return None
    phrase = '"' + word.replace('"', '""') + '"'
    found = sa.select(trigram.c.rowid).where(trigram.c.trigram.op("MATCH")(phrase)).limit(FEW + 1)
    ids = list(db.connection().execute(found).scalars())
    return ids if len(ids) <= FEW else None
