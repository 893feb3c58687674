"""The engine's own tables as they stand in the application's database: their names, and how much is waiting in them."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlmodel import Session

from webapp.ports import Backlog

FAILED = ["ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
UNFINISHED = ["ENQUEUED", "PENDING", "DELAYED"]
TABLES = frozenset(
    "dbos_migrations workflow_status workflow_input workflow_output workflow_events workflow_events_history"
    " workflow_schedules operation_outputs notifications streams queues application_versions event_dispatch_kv".split()
)


def is_job_table(name: str) -> bool:
    """Whether the engine itself makes and changes this table (on PostgreSQL they are in the schema "dbos")."""
    return name in TABLES


def backlog(db: Session) -> Backlog:
    """Count in the engine's list of work."""
    names = ("status", "created_at", "delay_until_epoch_ms")
    schema = "dbos" if db.get_bind().dialect.name == "postgresql" else None
    work = sa.table("workflow_status", *(sa.column(name) for name in names), schema=schema)
    due = sa.func.coalesce(work.c.delay_until_epoch_ms, work.c.created_at)  # milliseconds
    unfinished = work.c.status.in_(UNFINISHED)
    counts = sa.select(
        sa.func.count().filter(unfinished),
        sa.func.min(due).filter(unfinished, work.c.status != "DELAYED"),
        sa.func.count().filter(work.c.status.in_(FAILED)),
    )
    waiting, oldest, failed = db.execute(counts.where(work.c.status.in_([*UNFINISHED, *FAILED]))).one()
    return Backlog(waiting, datetime.fromtimestamp(oldest / 1000, UTC) if oldest else None, failed)
