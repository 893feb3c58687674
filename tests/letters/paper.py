"""Letters read back from the paper: what stands where on each sheet, and what its square says."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import segno
from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTPage, LTTextLine

MILLIMETRE = 72 / 25.4
HEIGHT = 297.0
ASCENT, DESCENT = 0.75, 0.22  # ink above and below the line, in sizes


@dataclass(frozen=True)
class Line:
    """One line of text; millimetres from the upper left corner of the sheet."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float  # points
    font: str

    def within(self, left: float, top: float, width: float, height: float) -> bool:
        """Whether it stands wholly inside a box."""
        inside = left - 0.1 <= self.left and self.right <= left + width + 0.1
        return inside and top - 0.1 <= self.top and self.bottom <= top + height + 0.1


def sheets(pdf: bytes) -> list[list[Line]]:
    """The lines of each sheet."""
    return [list(_lines(page)) for page in extract_pages(BytesIO(pdf), laparams=LAParams(boxes_flow=None))]


def _lines(page: LTPage) -> Iterator[Line]:
    for box in page:
        for line in box if hasattr(box, "__iter__") else ():
            if isinstance(line, LTTextLine) and line.get_text().strip():
                first = next(character for character in line if isinstance(character, LTChar))
                baseline = first.matrix[5]
                yield Line(
                    line.get_text().strip(),
                    line.x0 / MILLIMETRE,
                    HEIGHT - (baseline + ASCENT * first.size) / MILLIMETRE,
                    line.x1 / MILLIMETRE,
                    HEIGHT - (baseline - DESCENT * first.size) / MILLIMETRE,
                    first.size,
                    first.fontname,
                )


def pages(pdf: bytes, side: str = "") -> list[str]:
    """The text of each page, quickly; of the envelope's window only, if a side is given."""
    corner = {"right": ["-x", "346", "-W", "210"], "left": ["-x", "57", "-W", "230"]}
    crop = [*corner[side], "-y", "145", "-H", "93"] if side else []  # points
    command = ["pdftotext", "-layout", *crop, "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return text.split("\f")[:-1]


def in_window(lines: list[Line], side: str) -> list[Line]:
    """What shows through the envelope's window and a little around it, from top to bottom."""
    left, right = (120, 210) if side == "right" else (15, 115)
    seen = [line for line in lines if left <= line.left <= right and 45 <= line.top <= 84]
    return sorted(seen, key=lambda line: line.top)


def code_of(lines: list[Line]) -> str:
    """The code as printed, with its blanks."""
    [code] = [line.text for line in lines if "Letter-Code" in line.font]
    return code


def square_of(pdf: Path, page: int, lines: list[Line], side: int) -> list[list[bool]]:
    """The modules of the QR code on one sheet, as a camera sees them: sampled in the middle of each."""
    dots = 8
    name = pdf.with_suffix(f".{page}")
    [code] = [line for line in lines if "Letter-Code" in line.font]
    box = {"-x": 210 - 17 - 26, "-y": code.top - 12, "-W": 27, "-H": 45}
    crop = [part for key, value in box.items() for part in (key, str(round(value * dots)))]
    options = ["-r", str(25.4 * dots), "-f", str(page), "-l", str(page), "-singlefile", "-gray"]
    subprocess.run(["pdftoppm", *options, *crop, pdf, name], check=True)
    _, size, _, pixels = name.with_name(name.name + ".pgm").read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    dark = [[pixels[y * width + x] < 128 for x in range(width)] for y in range(height)]
    first = next(y for y in range(height) if 40 < sum(dark[y][: 26 * dots]) < 200)  # not the rule above
    module = 26 * dots / side
    return [
        [dark[round(first + (y + 0.5) * module)][round((x + 0.5) * module)] for x in range(side)] for y in range(side)
    ]


def modules_of(address: str) -> list[list[bool]]:
    """What a QR code of ``address`` must look like."""
    drawn = segno.make(address, error="m", mask=4, boost_error=False, micro=False)
    return [[bool(module) for module in row] for row in drawn.matrix]
