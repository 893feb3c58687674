"""The list as a file: CSV for any program, and a workbook. No cell is ever a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

Line = Sequence[str]
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide ones too
WIDEST = 48  # characters of a column


def harmless(cell: str) -> str:
    """``cell``, with an apostrophe before it where a spreadsheet would calculate instead of showing it."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell


def as_csv(lines: Iterable[Line]) -> bytes:
    """UTF-8 with a byte order mark and semicolons: what Excel opens in Switzerland with a double click."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Iterable[Line], name: str) -> bytes:
    """A workbook with one sheet called ``name``: every cell is text, so that it may hold anything."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(name[:31])
    bold, widths = book.add_format({"bold": True}), dict[int, int]()
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            sheet.write_string(row, column, cell, None if row else bold)
            widths[column] = max(widths.get(column, 0), len(cell))
    for column, width in widths.items():
        sheet.set_column(column, column, min(width + 2, WIDEST))
    sheet.freeze_panes(1, 1)
    book.close()
    return content.getvalue()
