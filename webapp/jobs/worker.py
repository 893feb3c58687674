"""The process that does jobs: it tries again what was put off, shows that it lives, and takes over from the dead."""

import logging
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from dbos import DBOS
from sqlmodel import Session

from webapp.config import Config
from webapp.jobs import engine, executors
from webapp.jobs.rows import FAILED
from webapp.jobs.work import Attempt, JobFailed, Pace, Work
from webapp.ports import Outside, TryAgainLater

FINISHED_KEPT = timedelta(days=7)
FAILED_KEPT = timedelta(days=90)
CLEANING = "43 3 * * *"
LAST_WORDS = 10  # seconds for finishing what is being done
WAITING = 0.5  # seconds between two looks at whether the process before us has ended
log = logging.getLogger(__name__)


class Worker:
    """Does the jobs of this installation in one process, in threads."""

    def __init__(
        self, config: Config, pace: Pace, work: tuple[Work, ...], outside: Outside, sessions: Callable[[], Session]
    ) -> None:
        self._name = config.executor
        self._pace = pace
        self._works = (*work, Work("jobs.forget", self._forget, "messages", CLEANING))
        self._outside = outside
        self._sessions = sessions
        self._connections = engine.pool(config.database)
        self._client = engine.Client(self._connections)
        self._slot = executors.Slot(config.data, config.executor)
        self._stopping = threading.Event()
        self._working = False
        self._thread = threading.Thread(target=self._tend, name="jobs", daemon=True)

    def start(self) -> None:
        """Work, or wait for the process that works under this name to end."""
        self._work_if_alone()
        self._thread.start()

    def stop(self) -> None:
        """End the work."""
        self._stopping.set()
        self._thread.join()
        if self._working:
            self._end()

    def _work_if_alone(self) -> None:
        if not self._slot.take():
            return
        try:
            self._work()
        except BaseException:
            self._end()
            raise

    def _work(self) -> None:
        with self._sessions() as db:
            executors.beat(db, self._name, datetime.now(UTC))
        DBOS(config=engine.settings(self._name, self._connections))
        _let_the_application_log()
        runs = {work: self._registered(work) for work in self._works}
        self._client.open_queues()
        DBOS.launch()
        _keep_the_calendar({work: run for work, run in runs.items() if work.cron})
        self._working = True

    def _end(self) -> None:
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=LAST_WORDS)
        self._working = False
        self._connections.dispose()
        self._slot.give_back()

    def _registered(self, work: Work) -> Callable[..., None]:
        @DBOS.workflow(name=work.name, max_recovery_attempts=self._pace.deaths)
        def run(*given: int) -> None:
            ids = () if work.cron else given  # a scheduled job is given its time, which it does not want
            problem = self._try(work, ids)
            if problem is not None:
                self._try_again(work, ids, problem, Attempt.named(str(DBOS.workflow_id)))

        return run

    def _try(self, work: Work, ids: tuple[int, ...]) -> BaseException | None:
        try:
            with self._sessions() as db:
                work.function(db, self._outside, *ids)
        except BaseException as problem:  # noqa: BLE001 -- what escaped would leave the job under way for ever
            return problem
        return None

    def _try_again(self, work: Work, ids: tuple[int, ...], problem: BaseException, attempt: Attempt) -> None:
        """Leave the next attempt for later, whoever does it: a waiting job must not keep others from being done."""
        put_off = isinstance(problem, TryAgainLater)
        wait = attempt.wait(self._pace, put_off=put_off)
        where = traceback.extract_tb(problem.__traceback__)[-1]
        said = f"{work.name} {ids}: {type(problem).__name__} at {where.filename}:{where.lineno}"
        if wait is None:
            raise JobFailed(f"{said}, given up")
        log.log(logging.INFO if put_off else logging.ERROR, "%s, again in %s seconds", said, wait)
        self._client.add_attempt(attempt.following(put_off=put_off), wait, work, *ids)

    def _tend(self) -> None:
        while not self._stopping.wait(self._pace.beat if self._working else WAITING):
            try:
                if self._working:
                    self._show_life()
                else:
                    self._work_if_alone()
            except Exception:
                log.exception("the worker could not be tended; it goes on")

    def _show_life(self) -> None:
        now = datetime.now(UTC)
        with self._sessions() as db:
            executors.beat(db, self._name, now)
            for name in executors.claim_dead(db, now - timedelta(seconds=self._pace.silence), now):
                self._take_over(db, name, now)

    def _take_over(self, db: Session, name: str, now: datetime) -> None:
        for left in self._client.left_by(name):
            if executors.count_takeover(db, left.workflow_id, now) > self._pace.deaths:
                log.error("%s was given up: one process after the other died over it", left.name)
                self._client.give_up(left)
            else:
                self._client.begin_again(left)
        executors.bury(db, name, now)

    def _forget(self, db: Session, _outside: Outside) -> None:
        now = datetime.now(UTC)
        executors.forget_takeovers(db, now - FAILED_KEPT)
        self._client.forget(["SUCCESS"], now - FINISHED_KEPT)
        self._client.forget(FAILED, now - FAILED_KEPT)


def _keep_the_calendar(runs: dict[Work, Callable[..., None]]) -> None:
    """Let the engine's calendar say what ``cron`` says, and nothing else."""
    for known in DBOS.list_schedules():
        if known["schedule_name"] not in {work.name for work in runs}:
            DBOS.delete_schedule(known["schedule_name"])
    DBOS.apply_schedules(
        [
            {
                "schedule_name": work.name,
                "workflow_fn": run,
                "schedule": str(work.cron),
                "cron_timezone": "Europe/Zurich",
                "automatic_backfill": True,
                "queue_name": work.queue,
            }
            for work, run in runs.items()
        ]
    )


def _let_the_application_log() -> None:
    """Take the engine's own console away: its lines go where ours go."""
    engine_log = logging.getLogger("dbos")
    engine_log.handlers.clear()
    engine_log.propagate = True
