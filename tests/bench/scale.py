"""Whether two processes print twice as much as one, and whether memory stays flat. Each process is a fresh one."""

import gc
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from tests.bench.letters import Desk
from tests.bench.measuring import Line, at_least, at_most, often, ratio, told
from tests.bench.place import Place, databases, place
from webapp.letters.actions import start_run
from webapp.letters.models import PrintDocument
from webapp.letters.printing import print_document

DOCUMENTS, LETTERS = often(10, 4), often(10, 5)  # printed by one process, and by two together
FIRST, LAST = often(100, 20), often(1000, 100)
PAGE = os.sysconf("SC_PAGE_SIZE")
fresh = multiprocessing.get_context("spawn")


class Unread:
    """A queue that nobody reads: these processes do the work themselves."""

    def enqueue(self, db: Session, job: Callable[..., None], *ids: int) -> None:
        """Forget it."""


def lines() -> Iterator[Line]:
    """Goal 1, as far as it is about processes and memory."""
    with databases() as found:
        with found.fresh("postgresql") as url, place(url) as here:
            one, two = [], []
            for _ in range(often(3, 1)):
                one.append(_printing(here, 1))
                two.append(_printing(here, 2))
            yield at_least("Two processes print / one prints (wall time, PostgreSQL)", ratio(one, two), 1.8)
        with found.fresh("sqlite") as url:
            first, last = _grown(url)
            yield at_most(f"Memory after {LAST} letters / after {FIRST}", last / first, 1.1)
            yield told("  after the last letter", last / 1e6, " MB")


def _printing(here: Place, processes: int) -> float:
    """The seconds until so many processes, ready and waiting, have printed the same number of documents."""
    shares = _waiting(here, processes)
    ready = fresh.Barrier(processes + 1)
    url = here.outside.config.database
    started = [fresh.Process(target=_print, args=(url, share, ready)) for share in shares]
    for process in started:
        process.start()
    ready.wait(120)
    begun = time.perf_counter()
    ready.wait(600)
    seconds = time.perf_counter() - begun
    for process in started:
        process.join()
    return seconds


def _waiting(here: Place, processes: int) -> list[list[int]]:
    """Documents that wait to be printed, dealt out."""
    unread: Any = Unread()
    desk, outside = Desk(here), replace(here.outside, jobs=unread)
    for _ in range(DOCUMENTS + processes):  # each process prints one before, to warm up
        desk.has_waiting(LETTERS)
        start_run(here.db, outside, None)
    unprinted = select(PrintDocument.id).where(col(PrintDocument.sealed_at).is_(None)).order_by(col(PrintDocument.id))
    ids = [number or 0 for number in here.db.exec(unprinted)]
    here.db.commit()
    return [ids[share::processes] for share in range(processes)]


def _print(url: str, documents: list[int], ready: Any) -> None:
    with place(url) as here:
        for number, document in enumerate(documents):
            print_document(here.db, here.outside, document)
            if number == 0:
                ready.wait(120)
        ready.wait(600)


def _grown(url: str) -> tuple[float, float]:
    """The memory (bytes) of a process after the first and after the last letters."""
    mine, theirs = fresh.Pipe(duplex=False)
    process = fresh.Process(target=_grow, args=(url, theirs))
    process.start()
    first, last = mine.recv(), mine.recv()
    process.join()
    return first, last


def _grow(url: str, told_to: Any) -> None:
    with place(url) as here:
        desk = Desk(here)
        for printed in range(FIRST, LAST + 1, FIRST):
            desk.has_waiting(FIRST)
            desk.prints()
            here.outside.jobs.done.clear()  # type: ignore[attr-defined]
            gc.collect()
            if printed in (FIRST, LAST):
                told_to.send(int(Path("/proc/self/statm").read_text().split()[1]) * PAGE)
