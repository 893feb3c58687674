"""The list of 100,000 users: its pages and searches, against a signed-in view that does nothing and the first page."""

import gc
import time
from collections.abc import Callable, Iterator
from functools import partial

from tests.bench.crowd import RARE, Crowd, crowd
from tests.bench.measuring import Line, Variant, at_most, cpu, interleaved, often, percentile, ratio, told
from tests.bench.place import BARE, Place, call, databases, place
from tests.bench.running import Connection, serve

PEOPLE = often(100_000, 20_000)
LIST = "/desk/users"  # all companies: the longest list
PLACES = {"first": "", "last": "?last=yes", "rare": f"?q={RARE}", "none": "?q=nobodyatall", "short": "?q=xz"}
SLOWER = {"since": "?sort=since", "letter": "?sort=letter", "held": "?letter=held", "expired": "?letter=expired"}


def lines() -> Iterator[Line]:
    """Goals 2, 3, 4 and 6, as far as they are about the list."""
    with databases() as found, found.fresh("sqlite") as url, found.fresh("postgresql") as other:
        with place(url) as here, place(other) as there:
            people, others = crowd(here, PEOPLE), crowd(there, PEOPLE)
            gc.collect()
            gc.freeze()  # as the server does
            yield from _rows(here, people, there, others)
            yield from _places(here, people, cpu, "SQLite")
            yield from _places(there, others, wall, "PostgreSQL, wall time")
            cookie = here.cookie(people.admin)
        yield from _slowest(url, cookie)


def wall(work: Callable[[], object], times: int = 1) -> Variant:
    """The time (seconds) that one ``work`` takes, also where another process does it; the mean of ``times``."""

    def measure() -> float:
        begun = time.perf_counter()
        for _ in range(times):
            work()
        return (time.perf_counter() - begun) / times

    return measure


def _rows(here: Place, people: Crowd, there: Place, others: Crowd) -> Iterator[Line]:
    mine, theirs = here.cookie(people.admin), there.cookie(others.admin)
    path = "/administration/users"
    seen = interleaved(
        {
            "bare": cpu(call(here.app, BARE, mine), 10),
            "page": cpu(call(here.app, path, mine), 5),
            "fragment": cpu(call(here.app, path, mine, "main"), 5),
            "count": cpu(call(here.app, path, mine, "count"), 5),
            "there": cpu(call(there.app, path, theirs, "main"), 5),
        },
        often(20, 5),
    )
    yield at_most("60-row users fragment, a company of 10,000", ratio(seen["fragment"], seen["bare"]), 5)
    yield told("  the whole page", ratio(seen["page"], seen["bare"]))
    yield told("  what a tick brings back: how many are selected", ratio(seen["count"], seen["bare"]))
    yield at_most("PostgreSQL / SQLite: the 60-row users fragment", ratio(seen["there"], seen["fragment"]), 1.4)


def _places(at: Place, people: Crowd, timed: Callable[..., Variant], kind: str) -> Iterator[Line]:
    cookie = at.cookie(people.clerk, level=2)
    every = PLACES | SLOWER
    seen = interleaved(
        {name: timed(call(at.app, LIST + query, cookie, "main")) for name, query in every.items()}, often(9, 3)
    )
    first = seen["first"]
    yield at_most(f"The last page of {PEOPLE:,} / the first, {kind}", ratio(seen["last"], first), 1.5)
    yield at_most("  a search that finds one in 10,000", ratio(seen["rare"], first), 3)
    yield at_most("  a search that finds nobody", ratio(seen["none"], first), 3)
    yield told("  a search for two letters that hardly anybody has", ratio(seen["short"], first))
    for name in SLOWER:
        yield told(f"  {SLOWER[name][1:]}", ratio(seen[name], first))


def _slowest(url: str, cookie: str) -> Iterator[Line]:
    headers = {"Cookie": cookie, "HX-Request": "true", "HX-Target": "main"}
    with serve(url) as portal:
        ask = partial(Connection(portal).seconds, "/administration/users", headers)
        for _ in range(100):
            ask()
        times = [ask() for _ in range(often(1000, 200))]
    yield at_most("p99 / p50 of the 60-row fragment, SQLite", percentile(times, 0.99) / percentile(times, 0.5), 3)
