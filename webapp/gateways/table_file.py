"""A table that somebody else's program wrote, as CSV or XLSX: its lines as text, and never a surprise.

Whatever is wrong with the file, there is one exception: UnreadableFile.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path

import openpyxl

MOST_BYTES = 20_000_000  # of the file as it lies there
MOST_LINES = 100_000
MOST_COLUMNS = 60
MOST_PARTS = 200  # files inside a workbook
MOST_UNPACKED = 100_000_000  # bytes of all parts together
MOST_RATIO = 100  # unpacked to packed
SMALL_PART = 1_000_000  # bytes below which the ratio of one part proves nothing
UNWELCOME_PARTS = ("vbaproject", "externallinks/", "activex/", "embeddings/", "macrosheets/")
DELIMITERS = ";,\t"
MISREAD = re.compile("[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2013-\u2122]")

Line = tuple[int, tuple[str, ...]]  # number in the file, counted from 1; the cells, trimmed


class UnreadableFile(Exception):
    """The file is no table that we read; the sentence says why."""


def read_table(path: Path) -> list[Line]:
    """The lines of a CSV file or of a workbook's first sheet that are not empty, with their numbers."""
    try:
        content = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        raise UnreadableFile(f"The file cannot be opened: {error.strerror}.") from error
    if content is None:
        raise UnreadableFile(f"The file is larger than {MOST_BYTES // 1_000_000} megabytes.")
    lines = _workbook(content) if content.startswith(b"PK") else _separated(_decoded(content))
    return [(number, cells) for number, cells in lines if any(cells)]


# -- CSV --


def _decoded(content: bytes) -> str:
    """UTF-8, with or without a byte order mark; UTF-16 with one (Excel's "Unicode text"); else Windows-1252."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if marked else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" and MISREAD.search(text):
            raise UnreadableFile("The file mixes UTF-8 and Windows-1252. Save it again as UTF-8.")
        if "\0" in text:
            break
        return text
    raise UnreadableFile("The file is neither a workbook (.xlsx) nor text in UTF-8 or Windows-1252.")


def _separated(text: str) -> list[Line]:
    """The lines of a CSV text; a quotation mark that is never closed is an error, not a very long cell."""
    delimiter = _delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[Line] = []
    while True:
        number = rows.line_num + 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            raise UnreadableFile(f"Line {number} cannot be read as CSV: {error}.") from error
        if cells is None:
            return lines
        if number > MOST_LINES:
            raise UnreadableFile(f"The file has more than {MOST_LINES:,} lines.")
        if not (number == 1 and cells[:1] == ["sep="]):
            lines.append((number, tuple(cell.strip() for cell in cells)))


def _delimiter(text: str) -> str:
    """The one that Excel was told in a first line "sep=;", else the one that cuts the first line most often."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if told := re.fullmatch(f"sep=([{DELIMITERS}])", first):
        return told[1]
    bare = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=bare.count)


# -- XLSX --


def _workbook(content: bytes) -> Iterator[Line]:
    """The lines of the first sheet. The parts are counted and weighed before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _inspect(archive.infolist(), len(content))
        return _numbered(_sheet(content))
    except UnreadableFile:
        raise
    except Exception as error:  # a damaged workbook raises almost anything in the reader
        raise UnreadableFile("The workbook is damaged, or it is no Excel workbook (.xlsx).") from error


def _inspect(parts: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * packed:
        raise UnreadableFile("The workbook unpacks to far more than a table needs.")
    if any(part.file_size > max(SMALL_PART, MOST_RATIO * part.compress_size) for part in parts):
        raise UnreadableFile("The workbook unpacks to far more than a table needs.")
    if any(word in part.filename.lower() for part in parts for word in UNWELCOME_PARTS):
        raise UnreadableFile("The workbook holds macros, links or other files. Save it as a plain workbook (.xlsx).")
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableFile("The workbook is protected by a password.")


def _sheet(content: bytes) -> list[tuple[object, ...]]:
    """Every cell of the first sheet, whatever extent the file claims for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and printer settings, which we do not look at
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = list(sheet.iter_rows(max_row=MOST_LINES + 1, max_col=MOST_COLUMNS, values_only=True))
    finally:
        book.close()
    if len(rows) > MOST_LINES:
        raise UnreadableFile(f"The sheet has more than {MOST_LINES:,} lines.")
    return rows


def _numbered(rows: Iterable[tuple[object, ...]]) -> Iterator[Line]:
    for number, cells in enumerate(rows, start=1):
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        yield number, tuple(texts)


def _text(cell: object) -> str:
    """A cell as it would be typed: whole numbers without a point, dates in ISO order, yes and no as words."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() | date() | time():
            return cell.isoformat()
        case _:
            return str(cell).strip()
