"""Looking whether the audit is as it was written."""

from webapp.audit.queries.reading import anchored_by_run
from webapp.audit.queries.verifying import Verified, how_many_events, verify

__all__ = ["Verified", "anchored_by_run", "how_many_events", "verify"]
