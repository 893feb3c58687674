"""What the boxes of the upgrade cost, against a signed-in view that does nothing; and PostgreSQL against SQLite."""

import gc
from collections.abc import Iterator

from tests.bench.measuring import Line, Variant, at_most, cpu, interleaved, often, ratio, told
from tests.bench.people import Box, dialogs, row, steps
from tests.bench.place import BARE, Place, call, databases, place

CALLS = 20  # of each kind in a round
STEP = "typing the code"


def lines() -> Iterator[Line]:
    """Goals 2 and 6."""
    with databases() as found, found.fresh("sqlite") as url, place(url) as here:
        parts, dialog, one_row = steps(here), dialogs(here), row(here)
        with found.fresh("postgresql") as other_url, place(other_url) as there:
            gc.collect()
            gc.freeze()  # as the server does
            yield from _boxes(here, parts, dialog, one_row)
            yield from _databases(here, there, next(box for box in parts if box.name == STEP))


def _boxes(here: Place, parts: list[Box], dialog: list[Box], one_row: Box) -> Iterator[Line]:
    boxes = [*parts, *dialog, one_row]
    variants = {box.name: asking(here, box) for box in boxes}
    variants |= {
        f"bare {cookie}": asking(here, Box("bare", BARE, "main", cookie)) for cookie in {box.cookie for box in boxes}
    }
    variants["page"] = asking(here, Box("page", parts[3].path, "", parts[3].cookie))
    seen = interleaved(variants, often(40, 8))
    for kind, some, goal in (("Wizard", parts, 1.8), ("Dialog", dialog, 1.8), ("Table", [one_row], 1.6)):
        for box in some:
            yield at_most(f"{kind} fragment: {box.name}", ratio(seen[box.name], seen[f"bare {box.cookie}"]), goal)
    yield told(f"  the whole page of “{STEP}”", ratio(seen["page"], seen[f"bare {parts[3].cookie}"]))
    yield told("  django-two-factor-auth's wizard page / Django's bare view", "5.9x, quoted, not measured")


def _databases(here: Place, there: Place, box: Box) -> Iterator[Line]:
    twin = next(twin for twin in steps(there) if twin.name == box.name)
    bare = {"bare": asking(here, Box("", BARE, "main", box.cookie))}
    bare |= {"bare there": asking(there, Box("", BARE, "main", twin.cookie))}
    seen = interleaved({"here": asking(here, box), "there": asking(there, twin), **bare}, often(40, 8))
    yield at_most(f"PostgreSQL / SQLite: “{box.name}”", ratio(seen["there"], seen["here"]), 1.4)
    yield told("  the same of the bare view", ratio(seen["bare there"], seen["bare"]))


def asking(place: Place, box: Box) -> Variant:
    """The CPU seconds of asking for ``box``; of the whole page when it has no target."""
    ask = call(place.app, box.path, box.cookie, box.target)
    status = ask()
    if status != 200:
        raise RuntimeError(f"{box.path} answered {status}")
    return cpu(ask, CALLS)
