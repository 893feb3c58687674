"""The whole register: every line read, and what only shows when lines are compared."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from webapp.register.columns import Column, Heading, plain, read_heading
from webapp.register.identifiers import compact_number, uid_checks
from webapp.register.rows import Problem, RegisterRow, read_row

Lines = Sequence[tuple[int, tuple[str, ...]]]  # number in the file, cells


@dataclass
class Register:
    """What a file says: the good rows, the refused lines, what deserves a look, and why it cannot be read at all."""

    rows: list[RegisterRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    complaints: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()  # headings that we do not know

    @property
    def refused_lines(self) -> int:
        """How many lines are refused; one may have several problems."""
        return len({problem.line for problem in self.problems})


def read_register(lines: Lines, now: datetime, progress: Callable[[int], object] = lambda _: None) -> Register:
    """Check every line; ``progress`` is told how many more were read."""
    if not lines:
        return Register(complaints=("The file is empty.",))
    heading = read_heading(lines[0][1])
    register = Register(complaints=heading.complaints, ignored=heading.unknown)
    if heading.complaints:
        return register
    for row in _read(lines[1:], heading, now, register.problems, progress):
        register.rows.append(row)
    register.rows = [*_agreeing(register.rows, register.problems)]
    _look_twice(register)
    register.problems.sort(key=lambda problem: problem.line)
    return register


def _read(
    lines: Lines, heading: Heading, now: datetime, problems: list[Problem], progress: Callable[[int], object]
) -> Iterable[RegisterRow]:
    for number, texts in lines:
        found = read_row(number, texts, heading, now)
        progress(1)
        if isinstance(found, RegisterRow):
            yield found
        else:
            problems += found


def _agreeing(rows: Iterable[RegisterRow], problems: list[Problem]) -> Iterable[RegisterRow]:
    """The rows that contradict none before them: one person an e-mail, one name and one UID a company."""
    people: dict[str, RegisterRow] = {}
    companies: dict[str, RegisterRow] = {}
    for row in rows:
        twin = people.setdefault(row.email, row)
        first = companies.setdefault(compact_number(row.member_number), row)
        if twin is not row:
            sentence = f"“{row.email}” is already on line {twin.line}; each person needs an address of their own."
            problems.append(Problem(row.line, Column.EMAIL, sentence))
        elif plain(first.company) != plain(row.company):
            sentence = (
                f"Member {row.member_number} is “{row.company}” here, but “{first.company}” on line {first.line}."
            )
            problems.append(Problem(row.line, Column.COMPANY, sentence))
        elif first.uid and row.uid and first.uid != row.uid:
            sentence = f"Member {row.member_number} has the UID {row.uid} here, but {first.uid} on line {first.line}."
            problems.append(Problem(row.line, Column.UID, sentence))
        else:
            yield row


def _look_twice(register: Register) -> None:
    """What is taken over all the same, but may be a slip: UIDs that do not check, companies without administrator."""
    companies: dict[str, list[RegisterRow]] = {}
    for row in register.rows:
        companies.setdefault(compact_number(row.member_number), []).append(row)
    for people in companies.values():
        first = people[0]
        for row in [person for person in people if person.uid and not uid_checks(person.uid)][:1]:
            sentence = f"The check digit of {row.uid} ({row.company}) is wrong; it is taken over as it stands."
            register.warnings.append(Problem(row.line, Column.UID, sentence))
        if not any(person.administrator and not person.inactive_since for person in people):
            sentence = f"{first.company} has no administrator; nobody there can order a letter."
            register.warnings.append(Problem(first.line, Column.ADMINISTRATOR, sentence))
