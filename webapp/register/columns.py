"""The columns of a fund's register export, and what their headings are called in four languages."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """One column; its word is the heading that the documentation uses."""

    MEMBER_NUMBER = "Member number"
    COMPANY = "Company"
    UID = "UID"
    ADDRESS_1 = "Address line 1"
    ADDRESS_2 = "Address line 2"
    ADDRESS_3 = "Address line 3"
    POSTCODE = "Postcode"
    TOWN = "Town"
    PERSON = "Person"
    LAST_NAME = "Last name"
    FIRST_NAME = "First name"
    EMAIL = "E-mail"
    LANGUAGE = "Language"
    ADMINISTRATOR = "Administrator"
    ACTIVE_SINCE = "Active since"
    INACTIVE_SINCE = "Inactive since"
    PASSWORD_HASH = "Password hash"  # noqa: S105 -- a heading


ADDRESS = (Column.ADDRESS_1, Column.ADDRESS_2, Column.ADDRESS_3)
OPTIONAL = frozenset({Column.UID, *ADDRESS, Column.PERSON, Column.INACTIVE_SINCE, Column.PASSWORD_HASH})

# "Name" and "Nom" stand for the last name where there is a column for the first name, else for "Last, First".
SYNONYMS: dict[Column, str] = {
    Column.MEMBER_NUMBER: "member no; membership number; numéro d'affilié; n° d'affilié; no d'affilié; affilié;"
    "numéro de décompte; n° de décompte; mitgliednummer; mitgliedernummer; mitglied nr; mitglieder nr;"
    "abrechnungsnummer; abrechnungs nr; numero di affiliato; n. affiliato; numero affiliato; numero di conteggio",
    Column.COMPANY: "employer; company name; entreprise; raison sociale; employeur; firma; firmenname; unternehmen;"
    "arbeitgeber; ditta; azienda; ragione sociale; datore di lavoro",
    Column.UID: "ide; idi; uid number; uid nummer; uid nr; numéro ide; n° ide; no ide; numero idi; n. idi",
    Column.ADDRESS_1: "address 1; adresse; adresse 1; adresszeile 1; ligne d'adresse 1; indirizzo; indirizzo 1;"
    "riga d'indirizzo 1; address; c/o; adresszusatz; complément d'adresse; complemento d'indirizzo",
    Column.ADDRESS_2: "address 2; adresse 2; adresszeile 2; ligne d'adresse 2; indirizzo 2; riga d'indirizzo 2;"
    "street; street and number; rue; rue et numéro; strasse; strasse und nummer; strasse nr; strasse und hausnummer;"
    "via; via e numero",
    Column.ADDRESS_3: "address 3; adresse 3; adresszeile 3; ligne d'adresse 3; indirizzo 3; riga d'indirizzo 3;"
    "post box; po box; postfach; case postale; casella postale",
    Column.POSTCODE: "postal code; zip; zip code; npa; code postal; plz; postleitzahl; cap; npa/cap; codice postale;"
    "numero postale",
    Column.TOWN: "city; place; localité; lieu; ville; ort; ortschaft; località; luogo; città",
    Column.PERSON: "last name, first name; personne; nom, prénom; nom et prénom; name, vorname; persona;"
    "cognome, nome; cognome e nome; user; utilisateur; benutzer; utente",
    Column.LAST_NAME: "surname; family name; nom; nom de famille; name; nachname; familienname; cognome",
    Column.FIRST_NAME: "given name; prénom; vorname; nome",
    Column.EMAIL: "email; mail; e-mail address; adresse e-mail; courriel; e-mail-adresse; indirizzo e-mail;"
    "posta elettronica",
    Column.LANGUAGE: "langue; sprache; lingua; langue de correspondance; korrespondenzsprache;lingua di corrispondenza",
    Column.ADMINISTRATOR: "admin; administrator rights; administrateur; administratrice; droits d'administrateur;"
    "administratorrechte; admin-rechte; amministratore; diritti di amministratore",
    Column.ACTIVE_SINCE: "active from; actif depuis; activé depuis; aktiv seit; aktiviert seit; attivo dal; attivo da;"
    "attivato dal",
    Column.INACTIVE_SINCE: "inactif depuis; désactivé depuis; inaktiv seit; deaktiviert seit; inattivo dal;"
    "disattivato dal",
    Column.PASSWORD_HASH: "hash du mot de passe; passwort-hash; passworthash; hash della password",
}


def plain(text: str) -> str:
    """A heading or a word without accents, case, blanks and punctuation: how two of them are compared."""
    letters = unicodedata.normalize("NFKD", text.replace("°", "o").replace("ß", "ss")).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


_KNOWN = {plain(word): column for column, words in SYNONYMS.items() for word in (str(column), *words.split(";"))}


@dataclass(frozen=True)
class Heading:
    """Where each column stands in a file, and what else was found there."""

    places: dict[Column, int]
    width: int
    unknown: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[Column, ...]:
        """Columns without which nothing can be read."""
        optional = set(OPTIONAL)
        if Column.PERSON in self.places:
            optional |= {Column.LAST_NAME, Column.FIRST_NAME}
        return tuple(column for column in Column if column not in self.places and column not in optional)

    @property
    def complaints(self) -> tuple[str, ...]:
        """Why the file cannot be read at all; nothing when it can."""
        doubled = tuple(f"The column “{text}” is there twice." for text in self.doubled)
        return doubled + tuple(f"The column “{column}” is missing." for column in self.missing)


def read_heading(cells: Sequence[str]) -> Heading:
    """The columns that the first line of a file names, in any of the four languages."""
    places: dict[Column, int] = {}
    unknown: list[str] = []
    doubled: list[str] = []
    for place, text in enumerate(cells):
        column = _KNOWN.get(plain(text))
        if column is None:
            unknown += [text] if text else []
        elif column in places:
            doubled.append(text)
        else:
            places[column] = place
    if Column.LAST_NAME in places and not places.keys() & {Column.FIRST_NAME, Column.PERSON}:
        places[Column.PERSON] = places.pop(Column.LAST_NAME)
    return Heading(places, len(cells), tuple(unknown), tuple(doubled))
