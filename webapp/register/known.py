"""The companies and people that are already there, as the register names them."""

from collections.abc import Mapping
from typing import Any

from webapp.register.columns import Column, plain
from webapp.register.identifiers import compact_number
from webapp.register.rows import Problem, RegisterRow

Facts = Mapping[str, Any]  # the columns of one row


class Known:
    """Companies by their member number without blanks, dots and hyphens; people by their e-mail.

    Who has changed it in the portal is found by the one that the register knows, too.
    """

    def __init__(self, companies: Mapping[str, Facts], people: Mapping[str, Facts]) -> None:
        self.companies = companies
        self.people = people
        self._former = {
            person["register_said"]["email"]: person for person in people.values() if "email" in person["register_said"]
        }
        self._names = {
            (person["employer_id"], plain(f"{person['first_name']} {person['last_name']}")): email
            for email, person in people.items()
        }

    def person(self, email: str) -> Facts | None:
        """Who has this e-mail, or had it."""
        return self.people.get(email) or self._former.get(email)

    def accepts(self, row: RegisterRow, problems: list[Problem], warnings: list[Problem]) -> bool:
        """Whether the e-mail is free or belongs to the same company; adds to ``problems`` if not."""
        company = self.companies.get(compact_number(row.member_number))
        person = self.person(row.email)
        if person is None:
            warnings += self._second_account(row, company)
        elif company is None or person["employer_id"] != company["id"]:
            sentence = f"“{row.email}” already belongs to somebody of another company, or of the fund."
            problems.append(Problem(row.line, Column.EMAIL, sentence))
            return False
        return True

    def missing(self, emails: set[str]) -> int:
        """How many active people of companies are not among ``emails``."""
        active = (row for row in self.people.values() if row["employer_id"] and not row["deactivated_at"])
        return sum(not emails & {row["email"], row["register_said"].get("email")} for row in active)

    def _second_account(self, row: RegisterRow, company: Facts | None) -> list[Problem]:
        twin = company and self._names.get((company["id"], plain(f"{row.first_name} {row.last_name}")))
        sentence = f"The same name is already there with the address “{twin}”; this becomes a second account."
        return [Problem(row.line, Column.EMAIL, sentence)] if twin else []
