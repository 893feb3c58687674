"""The events in their chains: one chain a company, one for the fund. The database itself lets no event change or go.

No foreign keys: what happened stays known, whatever becomes of the person or the company.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from webapp.database import UtcDateTime


class AuditEvent(SQLModel, table=True):
    """One thing that happened; never changed, never deleted."""

    __tablename__ = "audit_event"
    __table_args__ = (
        sa.Index("ix_audit_event_about", "about_id", "at"),  # one's own
        sa.Index("ix_audit_event_at", "at"),  # the desk's
        sa.Index("ix_audit_event_event", "event", "at"),
    )

    chain: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})  # the company's id; 0: the fund
    position: int = Field(primary_key=True)  # 1, 2, 3 … without a gap
    at: datetime = Field(sa_type=UtcDateTime)
    event: str
    about_id: int | None = None  # whose account
    by_id: int | None = None  # who did it; None: a command, or the portal by itself
    details: str = "{}"
    signature: str  # see records.py


class AuditChain(SQLModel, table=True):
    """Where a chain ends: confirmed by a seal, so that cutting it shows."""

    __tablename__ = "audit_chain"

    chain: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    count: int
    last: str  # the signature of the last event
    seal: str
    key: str  # drawn for this chain, sealed with the installation's secret
