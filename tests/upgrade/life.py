"""What must be true of one person's letters and codes: the rules told once more, without a database, as an oracle."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZURICH = ZoneInfo("Europe/Zurich")
QUARTER, HALF_HOUR = timedelta(minutes=15), timedelta(minutes=30)
DAY, MONTH = timedelta(days=1), timedelta(days=30)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Paper:
    """A letter as the person knows it."""

    ordered: datetime
    recovery: bool = False  # for a new login after a loss
    code: str = ""  # once it is printed
    last_day: date | None = None
    used: bool = False
    void: bool = False
    returned: bool = False  # by the post
    withdrawn: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is still to be printed."""
        return not self.code and not self.withdrawn

    @property
    def closed(self) -> bool:
        """Whether its code opens nothing any more, whatever the time is."""
        return self.used or self.void

    def opens(self, now: datetime) -> bool:
        """Whether its code would be taken: until the calendar in Switzerland shows the day after the last one."""
        return self.last_day is not None and not self.closed and now.astimezone(ZURICH).date() <= self.last_day

    def edge(self) -> datetime:
        """The first instant at which its code is not taken any more."""
        return datetime.combine((self.last_day or date.max) + DAY, time(), ZURICH).astimezone(UTC)


@dataclass
class Life:
    """One person, from the first letter to the second factor, and to another one after a loss."""

    administrator: bool
    papers: list[Paper] = field(default_factory=list)
    reported: bool = False  # the address is said to be wrong
    ticket_until: datetime | None = None
    factor: bool = False
    upgraded: bool = False
    tries: int = 0  # in the quarter of an hour that ends at ``free``
    tries_in_all: int = 0
    free: datetime = LONG_AGO
    number: str = ""  # of the telephone that counts
    way_back: tuple[Paper, int, datetime] | None = None  # by which code, in which session, until when

    @property
    def kept(self) -> list[Paper]:
        """Every letter of the upgrade that was not withdrawn, oldest first."""
        return self.kept_for(recovery=False)

    def kept_for(self, *, recovery: bool) -> list[Paper]:
        """Every letter with this purpose that was not withdrawn, oldest first."""
        return [paper for paper in self.papers if not paper.withdrawn and paper.recovery == recovery]

    def step(self, now: datetime) -> str:
        """What is next."""
        if self.upgraded:
            return "done"
        if self.factor or (self.ticket_until and now < self.ticket_until):
            return "method"
        return "code" if self.kept else "letter"

    def too_often(self, now: datetime, *, recovery: bool = False) -> str | None:
        """Why the calendar alone allows no letter."""
        recent = [paper.ordered for paper in self.kept_for(recovery=recovery) if now - paper.ordered < MONTH]
        if recent and now - recent[-1] < DAY:
            return "too_soon"
        return "too_many" if len(recent) >= 4 else None

    def why_no_letter(self, now: datetime, *, recovery: bool = False) -> str | None:
        """Why no letter is ordered now; None when one is."""
        if self.factor != recovery:
            return "already_upgraded" if self.factor else "not_upgraded"
        if self.reported:
            return "address_reported"
        if any(paper.waits for paper in self.kept_for(recovery=recovery)):
            return "letter_waiting"
        return self.too_often(now, recovery=recovery)

    def orders(self, now: datetime, *, lost: bool, recovery: bool = False) -> bool:
        """Whether a letter is ordered; a letter that was lost is void even if not."""
        if lost:
            self.void_all()
        if recovery and self.factor:
            self._withdraw([paper for paper in self.papers if not paper.recovery])
        allowed = self.why_no_letter(now, recovery=recovery) is None
        if allowed:
            self.papers.append(Paper(now, recovery))
        return allowed

    def void_all(self) -> None:
        """No code sent so far opens anything."""
        for paper in self.papers:
            paper.void = paper.void or (bool(paper.code) and not paper.used)

    def comes_back(self, paper: Paper, *, moved: bool) -> bool:
        """Whether a posted letter is taken back: once, and not when its code was used."""
        taken = not paper.used and not paper.returned
        if taken:
            paper.returned = paper.void = True
            self.reported = self.reported or moved
        return taken

    def types(self, code: str, now: datetime, *, after_loss_in: int | None = None) -> str:
        """What is said to a code without a typing mistake: on the page of the upgrade, or after a loss in a session."""
        if self.tries >= 5 and now < self.free:
            return "paused"
        if now >= self.free or not self.tries:
            self.tries, self.free = 0, now + QUARTER
        self.tries, self.tries_in_all = self.tries + 1, self.tries_in_all + 1
        self.free = now + QUARTER if self.tries == 5 else self.free
        recovery = after_loss_in is not None
        printed = [paper for paper in self.papers if paper.code and paper.recovery == recovery]
        found = next((paper for paper in printed[-12:] if paper.code == code), None)
        if found and found.opens(now):
            self._redeems(found, now, after_loss_in)
            return "redeemed"
        if self.way_back and found is self.way_back[0] and now < self.way_back[2]:
            self._begins_again()
            self.way_back = (self.way_back[0], after_loss_in or 0, self.way_back[2])
            return "resumed"
        if self.tries_in_all == 15:
            self.void_all()
            self.tries_in_all = 0
            return "all_voided"
        if found is None:
            return "wrong" if self.tries < 5 else "paused"
        return "used" if found.used else "replaced" if found.void else "expired"

    def _redeems(self, found: Paper, now: datetime, after_loss_in: int | None) -> None:
        found.used = True
        self._begins_again()
        if after_loss_in is None:
            self.ticket_until = now + HALF_HOUR
        else:
            self.way_back = (found, after_loss_in, now + HALF_HOUR)

    def _begins_again(self) -> None:
        self.ends()
        self.tries = self.tries_in_all = 0

    @property
    def recovering(self) -> bool:
        """Whether anything is under way that a loss has begun."""
        under_way = any(not paper.closed and paper.recovery for paper in self.papers if not paper.withdrawn)
        return under_way or self.way_back is not None

    def ends(self) -> None:
        """Nothing that was ordered so far is of any use."""
        self.void_all()
        self._withdraw(self.papers)

    def _withdraw(self, papers: list[Paper]) -> None:
        for paper in papers:
            paper.withdrawn = paper.withdrawn or paper.waits
