"""The list of people: its rows, its pages, one person, and who is ticked."""

from webapp.administration.queries.counts import CAP, Counts, count_of, counts, how_many_ticked
from webapp.administration.queries.matching import matching
from webapp.administration.queries.pages import Rows, all_rows, is_there, one_page
from webapp.administration.queries.people import Person, one_person, one_user
from webapp.administration.queries.selection import selected_ids

__all__ = [
    "CAP",
    "Counts",
    "Person",
    "Rows",
    "all_rows",
    "count_of",
    "counts",
    "how_many_ticked",
    "is_there",
    "matching",
    "one_page",
    "one_person",
    "one_user",
    "selected_ids",
]
