"""Noting what happened, and anchoring it outside the database."""

from webapp.audit.actions.anchoring import Untrue, anchor, write_anchors
from webapp.audit.actions.noting import note

__all__ = ["Untrue", "anchor", "note", "write_anchors"]
