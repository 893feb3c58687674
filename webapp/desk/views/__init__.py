"""The fund's own pages: how the campaign goes, print runs, letters that came back, wrong addresses, wishes."""

from webapp.desk.views import overview, returned, runs, tasks
from webapp.desk.views.blueprint import desk

__all__ = ["desk", "overview", "returned", "runs", "tasks"]
