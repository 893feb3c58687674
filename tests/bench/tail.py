"""How much longer the slowest answers take than the usual ones, also while letters are printed."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from statistics import median

from sqlmodel import select

from tests.bench.letters import Desk
from tests.bench.measuring import Line, at_most, often, percentile, told
from tests.bench.people import steps
from tests.bench.place import Place, databases, place
from tests.bench.running import Connection, serve, worker
from webapp.jobs import Jobs
from webapp.letters.actions import start_run
from webapp.letters.models import PrintRun

WARM_UP = 200
LETTERS = often(200, 40)  # at a time; more than one document of 100 are printed one after the other


def lines() -> Iterator[Line]:
    """Goal 3."""
    with databases() as found:
        with found.fresh("sqlite") as url:
            yield from _measured(url, "in the server's process", embedded=True)
        with found.fresh("postgresql") as url:
            yield from _measured(url, "in a process of their own", embedded=False)


def _measured(url: str, where: str, *, embedded: bool) -> Iterator[Line]:
    with (
        place(url) as here,
        serve(url, EMBEDDED_WORKER=str(embedded)) as portal,
        nullcontext() if embedded else worker(portal),
    ):
        box = steps(here)[3]
        headers = {"Cookie": box.cookie, "HX-Request": "true", "HX-Target": box.target}
        way = Connection(portal)
        ask = partial(way.seconds, box.path, headers)
        for _ in range(WARM_UP):
            ask()
        alone, beside = [], []
        for _ in range(often(3, 1)):
            alone.append([ask() for _ in range(often(1500, 400))])
            beside.append(_while_printing(here, ask))
    kind = "SQLite" if embedded else "PostgreSQL"
    quiet = [percentile(each, 0.99) for each in alone]
    yield at_most(f"p99 / p50, {kind}", median(p99 / median(each) for p99, each in zip(quiet, alone, strict=True)), 3)
    slower = [percentile(each, 0.99) / p99 for each, p99 in zip(beside, quiet, strict=True)]
    yield at_most(f"p99 while letters are printed {where} / p99 without", median(slower), 3.5)
    usual = [median(one) / median(other) for one, other in zip(beside, alone, strict=True)]
    yield told("  the same of p50", median(usual))


def _while_printing(here: Place, ask: Callable[[], float]) -> list[float]:
    """How long answers take until a print run is handed over."""
    Desk(here).has_waiting(LETTERS)
    run = start_run(here.db, replace(here.outside, jobs=Jobs(here.outside.config)), None)
    assert run
    name, seen = run.id, []
    while here.db.exec(select(PrintRun.handed_over_at).where(PrintRun.id == name)).one() is None:
        here.db.rollback()
        seen += [ask() for _ in range(50)]
    here.db.rollback()
    return seen
