"""A table is read completely or refused quickly: CSV as programs write it, workbooks that lie, bombs."""

import struct
import time
import zipfile
from pathlib import Path
from random import Random

import pytest

from tests.register_data import HEADINGS, Row, register_rows, write_csv, write_xlsx
from webapp.gateways.table_file import UnreadableFile, read_table

ROWS = register_rows(people=60, companies=20)


def cells(path: Path) -> list[Row]:
    return [row for _, row in read_table(path)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_as_programs_write_it(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = write_csv(tmp_path / "register.csv", ROWS, delimiter=delimiter, encoding=encoding)
    assert cells(path) == [HEADINGS, *ROWS]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text('sep=;\nName;Town\n\n"Favre\nSA";Vevey\n;\nMuster;Zug\n', encoding="utf-8")
    assert read_table(path) == [(2, ("Name", "Town")), (4, ("Favre\nSA", "Vevey")), (7, ("Muster", "Zug"))]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'Name;Town\n"Favre;Vevey\nMuster;Zug\n', "Line 2 cannot be read as CSV"),
        ("Name\nGenève\n".encode() + "Zürich\n".encode("cp1252"), "mixes UTF-8 and Windows-1252"),
        (b"Name\n\x00\x01\x02", "neither a workbook"),
        (b"Name\n\x81\xff", "neither a workbook"),
        (b"Name\n" * 100_001, "more than 100,000 lines"),
        (b"Name\n" + b"x" * 140_000, "Line 2 cannot be read as CSV"),
        (b"PK\x03\x04 and nothing more", "The workbook is damaged"),
        (b"x" * 20_000_001, "larger than 20 megabytes"),
    ],
    ids=["quote", "mixed", "binary", "unknown", "long", "wide", "broken", "large"],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=sentence):
        read_table(path)


def test_a_folder_or_a_missing_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.csv"):
        with pytest.raises(UnreadableFile, match="cannot be opened"):
            read_table(path)


# -- workbooks --


def test_a_workbook_says_the_same_as_the_csv(tmp_path: Path) -> None:
    day = HEADINGS.index("Active since")
    wanted = [(*row[:day], f"{row[day][6:]}-{row[day][3:5]}-{row[day][:2]}T00:00:00") for row in ROWS]
    assert cells(write_xlsx(tmp_path / "register.xlsx", ROWS)) == [HEADINGS, *wanted]


@pytest.mark.parametrize("claim", ["A1", "A1:B2", "A1:M3", "A1:XFD1048576", "D5:E6", ""])
def test_the_extent_that_a_workbook_claims_is_not_believed(tmp_path: Path, claim: str) -> None:
    honest = write_xlsx(tmp_path / "honest.xlsx", ROWS)
    lying = rewritten(honest, tmp_path / "lying.xlsx", lambda xml: with_extent(xml, claim))
    assert cells(lying) == cells(honest)


def test_a_believer_would_lose_lines(tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415 -- the naive twin

    honest = write_xlsx(tmp_path / "honest.xlsx", ROWS)
    lying = rewritten(honest, tmp_path / "lying.xlsx", lambda xml: with_extent(xml, "A1:M3"))
    book = openpyxl.load_workbook(lying, read_only=True)
    assert len(list(book.worksheets[0].iter_rows())) == 3
    book.close()


def bomb(path: Path, *, parts: int = 1, size: int = 1_000, name: str = "xl/worksheets/sheet{}.xml") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(parts):
            archive.writestr(name.format(number), b"\0" * size)
    return path


@pytest.mark.parametrize(
    "facts",
    [
        {"size": 400_000_000},
        {"parts": 10, "size": 30_000_000},
        {"parts": 1_000, "size": 10},
        {"name": "xl/vbaProject.bin"},
        {"name": "xl/externalLinks/externalLink1.xml"},
        {"name": "xl/embeddings/oleObject1.bin"},
    ],
    ids=str,
)
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, facts: dict[str, int]) -> None:
    path = bomb(tmp_path / "bomb.xlsx", **facts)  # type: ignore[arg-type]
    began = time.process_time()
    with pytest.raises(UnreadableFile, match=r"far more than a table needs|macros, links"):
        read_table(path)
    assert time.process_time() - began < 0.2


def test_a_workbook_that_understates_its_parts_is_not_unpacked_further(tmp_path: Path) -> None:
    path = bomb(tmp_path / "bomb.xlsx", size=90_000_000)
    content = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.index(signature) + place, 100)
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="damaged"):
        read_table(path)


def test_entities_do_not_multiply(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<!DOCTYPE worksheet [<!ENTITY l0 "lol">{laughs}]>'
    honest = write_xlsx(tmp_path / "honest.xlsx", ROWS)

    def told(xml: str) -> str:
        return xml.replace("<worksheet", laughs + "<worksheet", 1).replace("<t>Company</t>", "<t>&l9;</t>")

    began = time.process_time()
    with pytest.raises(UnreadableFile):
        read_table(rewritten(honest, tmp_path / "laughs.xlsx", told))
    assert time.process_time() - began < 2


def test_too_many_lines_are_refused(tmp_path: Path) -> None:
    rewritten_path = rewritten(
        write_xlsx(tmp_path / "honest.xlsx", ROWS),
        tmp_path / "far.xlsx",
        lambda xml: xml.replace('<row r="3"', '<row r="1048576"', 1),
    )
    with pytest.raises(UnreadableFile, match="more than 100,000 lines"):
        read_table(rewritten_path)


def test_a_damaged_workbook_raises_nothing_else(tmp_path: Path) -> None:
    content = write_xlsx(tmp_path / "honest.xlsx", ROWS).read_bytes()
    dice = Random(7)
    path, refused = tmp_path / "damaged.xlsx", 0
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(dice.randrange(1, 30)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        path.write_bytes(b"PK" + damaged[2 : dice.choice((len(damaged), dice.randrange(10, len(damaged))))])
        try:
            read_table(path)
        except UnreadableFile:
            refused += 1
    assert refused > 75, "the harness must do damage"


def rewritten(source: Path, target: Path, change: object) -> Path:
    """A workbook whose first sheet is changed as XML."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                changed = change(content.decode()).encode()  # type: ignore[operator]
                assert changed != content, "the change must change something"
                content = changed
            new.writestr(part.filename, content)
    return target


def with_extent(xml: str, claim: str) -> str:
    """The sheet with another <dimension>, or with none."""
    head, _, rest = xml.partition("<dimension ")
    tail = rest.partition("/>")[2] if rest else xml.partition("<sheetViews")[2]
    head = head if rest else xml.partition("<sheetViews")[0]
    return head + (f'<dimension ref="{claim}"/>' if claim else "") + (tail if rest else "<sheetViews" + tail)
