"""Measure things side by side, round by round, and say in one line how they compare."""

import gc
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

QUICK = os.environ.get("QUICK", "") not in ("", "0")
WIDTHS = (78, 30, 12)

Variant = Callable[[], float]  # one measurement: seconds for one unit of work


@dataclass(frozen=True)
class Line:
    """What was measured, how much it was, and whether the goal is met (None: there is no goal, or no measurement)."""

    what: str
    measured: str
    goal: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        """The line as it is printed."""
        verdict = {True: "met", False: "NOT MET", None: ""}[self.met]
        cells = (self.what, self.measured, self.goal)
        return "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)) + f"  {verdict}"


@dataclass(frozen=True)
class Ratio:
    """How one thing compares to another: the median of the rounds' ratios, and the rounds that differed most."""

    middle: float
    low: float
    high: float

    def __str__(self) -> str:
        """For people."""
        return f"{self.middle:.2f}x [{self.low:.2f}..{self.high:.2f}]"


def often(full: int, quick: int) -> int:
    """How many rounds: fewer when QUICK=1."""
    return quick if QUICK else full


def interleaved(variants: Mapping[str, Variant], rounds: int) -> dict[str, list[float]]:
    """Every variant once a round, each time beginning with another; one round before them does not count."""
    names = list(variants)
    seen: dict[str, list[float]] = {name: [] for name in names}
    for variant in variants.values():
        variant()
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            seen[name].append(variants[name]())
    return seen


def ratio(over: list[float], under: list[float]) -> Ratio:
    """``over`` as a multiple of ``under``, from the same rounds."""
    each = [one / other for one, other in zip(over, under, strict=True)]
    return Ratio(median(each), min(each), max(each))


def cpu(work: Callable[[], object], times: int = 1) -> Variant:
    """The CPU time (seconds) of this process, all threads, for one ``work``; the mean of ``times``."""

    def measure() -> float:
        gc.collect()
        begun = time.process_time()
        for _ in range(times):
            work()
        return (time.process_time() - begun) / times

    return measure


def percentile(values: list[float], share: float) -> float:
    """The smallest of ``values`` that ``share`` (0 to 1) of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def at_most(what: str, found: Ratio | float, goal: float, unit: str = "x") -> Line:
    """A line that is met when ``found`` is not above ``goal``."""
    return Line(what, _shown(found, unit), f"<= {goal:g}{unit}", _number(found) <= goal)


def at_least(what: str, found: Ratio | float, goal: float, unit: str = "x") -> Line:
    """A line that is met when ``found`` is not below ``goal``."""
    return Line(what, _shown(found, unit), f">= {goal:g}{unit}", _number(found) >= goal)


def within(what: str, found: Ratio, low: float, high: float) -> Line:
    """A line that is met when ``found`` lies between the two."""
    return Line(what, str(found), f"{low:g}-{high:g}x", low <= found.middle <= high)


def told(what: str, found: Ratio | float | str, unit: str = "x") -> Line:
    """A line for information, without a goal."""
    return Line(what, found if isinstance(found, str) else _shown(found, unit))


def _number(found: Ratio | float) -> float:
    return found.middle if isinstance(found, Ratio) else found


def _shown(found: Ratio | float, unit: str) -> str:
    return str(found) if isinstance(found, Ratio) else f"{found:.3g}{unit}"
