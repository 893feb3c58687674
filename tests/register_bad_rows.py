"""Lines that the register's import refuses: what is changed in a good line, and the sentence that must follow."""

from tests.register_data import HEADINGS, Row

GOOD: dict[str, str] = {
    "Member number": "100.00001.1",
    "Company": "Boulangerie Favre SA",
    "UID": "CHE-100.155.212",
    "Address line 1": "",
    "Address line 2": "Rue du Marché 7",
    "Address line 3": "Case postale 12",
    "Postcode": "1800",
    "Town": "Vevey",
    "Person": "Favre-Dell’Acqua, Anne-Marie",
    "E-mail": "anne-marie@favre.example",
    "Language": "F",
    "Administrator": "oui",
    "Active since": "11.09.2018",
}
EMPTY = "The cell is empty."
NO_POSTCODE = "“{}” is no postcode of Switzerland or Liechtenstein (four digits, 1000 to 9999)."
NO_EMAIL = "“{}” is no e-mail address."
NO_PERSON = "“{}” is not written “Last name, first name”."
NO_DATE = "“{}” is no date. It looks like 31.01.2019."

BAD: list[tuple[str, str, str]] = [  # column, what stands there, the sentence
    *((column, "", EMPTY) for column in GOOD if column not in {"UID", "Administrator"} and "line" not in column),
    ("Town", " \u00a0 ", EMPTY),
    ("Member number", "-.-", EMPTY),
    ("Member number", "1" * 21, "The number is longer than 20 characters."),
    ("Company", "F" * 201, "The text is longer than 200 characters."),
    ("Company", "#REF!", "The cell holds an error of the spreadsheet, “#REF!”."),
    ("Company", "Favre\u202eSA", "The cell holds a character that cannot be printed."),
    ("Company", "Boulanger\ufffd", "The cell holds a character that cannot be printed."),
    ("UID", "100155212X", "“100155212X” is no UID. It looks like CHE-123.456.788, or the cell stays empty."),
    ("Address line 3", "12", "“12” is only a number. Write the line as it is to be printed, like “Postfach 12”."),
    *(("Postcode", text, NO_POSTCODE.format(text)) for text in ("180", "0800", "18000", "D-79539", "F-68300", "18OO")),
    *(
        ("E-mail", text.lower(), NO_EMAIL.format(text.lower()))
        for text in (
            "anne", "anne@favre", "anne@@favre.example", "anne favre@favre.example", "anne@favre..example",
            ".anne@favre.example", "anne@-favre.example", "Anne <anne@favre.example>", "anne@bäckerei.example",
            "anne@favre.example;paul@favre.example", "a" * 65 + "@favre.example",
        )
    ),
    *(("Person", text, NO_PERSON.format(text)) for text in ("Anne Favre", "Favre,", ", Anne", "a, b, c")),
    ("Language", "R", "“R” is none of F, A, I, E (or fr, de, it, en)."),
    ("Language", "fr/de", "“fr/de” is none of F, A, I, E (or fr, de, it, en)."),
    ("Administrator", "peut-être", "“peut-être” is neither yes nor no."),
    *(("Active since", text, NO_DATE.format(text)) for text in ("31.02.2019", "2019", "soon", "11.9.18", "11.09.1918")),
    ("Active since", "24.11.2026", "“24.11.2026” lies in the future."),
]  # fmt: skip


def good_row(**different: str) -> Row:
    """A good line; columns by their heading with "_" for blanks and hyphens."""
    cells = {heading.replace(" ", "_").replace("-", "_"): text for heading, text in GOOD.items()} | different
    return tuple(cells.values())


def bad_row(column: str, text: str) -> Row:
    """The good line with one cell changed."""
    return tuple(text if heading == column else GOOD[heading] for heading in HEADINGS)
