"""The list of people: its rows, its pages, one person, and who is ticked."""

from webapp.administration.queries.matching import matching
from webapp.administration.queries.pages import CAP, Rows, all_rows, count_of, one_page
from webapp.administration.queries.people import Person, one_person
from webapp.administration.queries.selection import how_many_ticked, selected_ids

__all__ = [
    "CAP",
    "Person",
    "Rows",
    "all_rows",
    "count_of",
    "how_many_ticked",
    "matching",
    "one_page",
    "one_person",
    "selected_ids",
]
