"""Each line of the register is checked, and each refusal says the line, the column and why."""

from datetime import UTC, datetime

import pytest
from stdnum.ch import uid as standard

from tests.register_bad_rows import BAD, GOOD, bad_row, good_row
from tests.register_data import EXPORT_HEADINGS, HEADINGS, Row, register_rows
from webapp.register.columns import Column, read_heading
from webapp.register.identifiers import uid_checks
from webapp.register.register import Register, read_register

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ARGON2 = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43


def read(*rows: Row, headings: tuple[str, ...] = HEADINGS) -> Register:
    return read_register(list(enumerate((headings, *rows), start=1)), NOW)


def sentences(register: Register) -> list[str]:
    return [str(problem) for problem in register.problems]


def test_a_good_line_is_read() -> None:
    (row,) = read(good_row(Address_line_1="c/o  Fiduciaire\u00a0Exemple", UID="che 100155212 TVA")).rows
    assert row.address.printed == (
        "Boulangerie Favre SA", "Anne-Marie Favre-Dell’Acqua", "c/o Fiduciaire Exemple", "Rue du Marché 7",
        "Case postale 12", "1800 Vevey",
    )  # fmt: skip
    assert (row.line, row.uid, row.language, row.administrator) == (2, "CHE-100.155.212", "fr", True)
    assert row.active_since == datetime(2018, 9, 10, 22, 0, tzinfo=UTC), "midnight in Switzerland"


@pytest.mark.parametrize(("column", "text", "sentence"), BAD, ids=lambda value: str(value)[:24])
def test_a_bad_cell_is_refused_with_its_line_and_column(column: str, text: str, sentence: str) -> None:
    assert sentences(read(good_row(E_mail="other@favre.example"), bad_row(column, text))) == [
        f"Line 3, {column}: {sentence}"
    ]


def test_all_that_is_wrong_with_a_line_is_said_at_once() -> None:
    register = read(good_row(Postcode="180", Language="R", Town=""))
    assert [problem.column for problem in register.problems] == ["Postcode", "Town", "Language"]
    assert register.refused_lines == 1


def test_too_few_and_too_many_lines_on_the_envelope() -> None:
    alone = good_row(Company="Anne Favre", Person="Favre, Anne", Address_line_2="", Address_line_3="")
    assert sentences(read(alone)) == [
        "Line 2, Address line 1: The address would have 2 lines on the envelope; it needs 3 to 6."
    ]


def test_a_line_with_more_cells_than_headings_is_refused() -> None:
    assert sentences(read((*good_row(), "SA"))) == ["Line 2: There are 14 cells, but 13 headings."]


def test_one_address_belongs_to_one_person() -> None:
    register = read(good_row(), good_row(Person="Favre, Marc", E_mail="ANNE-MARIE@favre.example"))
    assert sentences(register) == [
        "Line 3, E-mail: “anne-marie@favre.example” is already on line 2; each person needs an address of their own."
    ]


def test_a_member_number_is_one_company_however_it_is_written() -> None:
    second = {"E_mail": "marc@favre.example", "Member_number": "100 00001-1"}
    assert not read(good_row(), good_row(**second, Company="BOULANGERIE  FAVRE S.A.")).problems
    assert sentences(read(good_row(), good_row(**second, Company="Garage Favre SA"))) == [
        "Line 3, Company: Member 100 00001-1 is “Garage Favre SA” here, but “Boulangerie Favre SA” on line 2."
    ]
    assert sentences(read(good_row(), good_row(**second, UID="CHE-999.999.996"))) == [
        "Line 3, UID: Member 100 00001-1 has the UID CHE-999.999.996 here, but CHE-100.155.212 on line 2."
    ]


def test_a_wrong_check_digit_and_a_company_without_administrator_are_only_mentioned() -> None:
    register = read(good_row(Company="Favre SA", UID="CHE-123.456.789", Administrator="non"))
    assert not register.problems
    assert [str(warning) for warning in register.warnings] == [
        "Line 2, UID: The check digit of CHE-123.456.789 (Favre SA) is wrong; it is taken over as it stands.",
        "Line 2, Administrator: Favre SA has no administrator; nobody there can order a letter.",
    ]


def test_the_check_digit_agrees_with_stdnum() -> None:
    for number in range(100_155_000, 100_155_999):
        written = f"CHE-{number // 1_000_000:03d}.{number // 1000 % 1000:03d}.{number % 1000:03d}"
        assert uid_checks(written) == standard.is_valid(written)


@pytest.mark.parametrize("language", EXPORT_HEADINGS)
def test_headings_in_each_language(language: str) -> None:
    headings = tuple(EXPORT_HEADINGS[language].split(";"))
    assert read(good_row(), headings=headings).rows == read(good_row()).rows


def test_a_name_in_two_columns() -> None:
    for last, first in (("Nom", "Prénom"), ("Name", "Vorname"), ("Cognome", "Nome"), ("Last name", "First name")):
        headings = tuple(last if heading == "Person" else heading for heading in HEADINGS)
        (row,) = read((*good_row(Person="von Däppen"), "Özlem"), headings=(*headings, first)).rows
        assert (row.first_name, row.last_name) == ("Özlem", "von Däppen")


def test_a_file_without_a_needed_column_is_not_read() -> None:
    headings = tuple("Remark" if heading in {"E-mail", "Person"} else heading for heading in HEADINGS)
    assert read(good_row(), headings=headings).complaints == (
        "The column “Last name” is missing.", "The column “First name” is missing.", "The column “E-mail” is missing.",
    )  # fmt: skip
    assert read_heading((*HEADINGS, "PLZ")).complaints == ("The column “PLZ” is there twice.",)
    assert read_register([], NOW).complaints == ("The file is empty.",)


@pytest.mark.parametrize(
    ("text", "understood"),
    [("11.9.2018", True), ("2018-09-11", True), ("2018-09-11T00:00:00", True), ("43354", True), ("11/09/2018", True)],
)
def test_the_ways_to_write_a_day(text: str, understood: object) -> None:
    rows = read(good_row(Active_since=text)).rows
    assert ([row.active_since for row in rows] == [datetime(2018, 9, 10, 22, 0, tzinfo=UTC)]) == understood


@pytest.mark.parametrize(
    ("text", "meant"), [("A", "de"), ("allemand", "de"), ("Français", "fr"), ("it-CH", "it"), ("e", "en")]
)
def test_the_ways_to_write_a_language(text: str, meant: str) -> None:
    assert [row.language for row in read(good_row(Language=text)).rows] == [meant]


@pytest.mark.parametrize(
    ("text", "meant"), [("sì", True), ("X", True), ("1", True), ("JA", True), ("", False), ("nein", False)]
)
def test_the_ways_to_write_yes_and_no(text: str, meant: object) -> None:
    assert [row.administrator for row in read(good_row(Administrator=text)).rows] == [meant]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("", True),
        (ARGON2, True),
        (ARGON2.replace("19456", "99999999"), False),
        ("scrypt:32768:8:1$salt$" + "ab" * 64, True),
        ("scrypt:999999999:8:1$salt$" + "ab" * 64, False),
        ("pbkdf2:sha256:600000$salt$" + "ab" * 32, True),
        ("md5$salt$" + "ab" * 16, False),
        ("demo-Portal-2026", False),
    ],
)
def test_only_hashes_that_can_be_verified_are_taken_over(text: str, taken: object) -> None:
    register = read((*good_row(), text), headings=(*HEADINGS, "Password hash"))
    assert [row.password_hash for row in register.rows] == ([text or None] if taken else [])
    assert not any(text in problem.sentence for problem in register.problems if text), "a hash is never shown"


def test_who_is_inactive() -> None:
    headings = (*HEADINGS, "Inactive since")
    (row,) = read((*good_row(), "01.02.2026"), headings=headings).rows
    assert row.inactive_since == datetime(2026, 1, 31, 23, 0, tzinfo=UTC)
    assert sentences(read((*good_row(), "01.02.2016"), headings=headings)) == [
        "Line 2, Inactive since: The day lies before “Active since”."
    ]


def test_the_invented_register_is_the_same_each_time_and_has_every_shape() -> None:
    rows = register_rows()
    assert rows == register_rows()
    assert len(rows) == 10_000
    assert len({row[0] for row in rows}) == 1_200
    read_rows = read(*rows).rows
    assert {len(row.address.printed) for row in read_rows} == {3, 4, 5, 6}
    assert {row.language for row in read_rows} == {"fr", "de", "it", "en"}
    assert {Column(heading) for heading in GOOD} < set(Column)
