"""Who lives in the demo world: everybody is invented, and so are their companies."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How far somebody has come on the way to the multi-factor login."""

    UNTOUCHED = "never signed in"
    SIGNED_IN = "signed in, asked, no code yet"
    POSTPONED = "said not now"
    WISHING = "asked the administrators for a code"
    WAITING = "letter waits for the next print run"
    HELD = "letter is held, the address is said to be wrong"
    PRINTED = "letter printed, not yet posted"
    POSTED = "letter in the post"
    ARRIVED = "letter arrived, code still good"
    RETURNED = "letter came back from the post, the address is checked"
    EXPIRED = "code expired unused"
    REPLACED = "first letter did not arrive, a second is in the post"
    VOIDED = "letter lost, its code void, a new one waits"
    TICKET = "code redeemed a moment ago, no method yet"
    LAPSED = "code redeemed, but no method enrolled in time"
    UPGRADED = "upgraded by SMS"
    INACTIVE = "no longer active"


@dataclass(frozen=True)
class Company:
    """An employer and where it is."""

    member_number: str
    name: str
    uid: str
    lines: tuple[str, ...]
    postcode: str
    town: str


@dataclass(frozen=True)
class Person:
    """Somebody who signs in."""

    company: Company | None
    last_name: str
    first_name: str
    email: str
    language: str
    administrator: bool
    state: State
    lines: tuple[str, ...] = ()  # where letters go; the company's when empty

    @property
    def facts(self) -> dict[str, Any]:
        """What the register says about the person, by column."""
        return {
            "first_name": self.first_name,
            "last_name": self.last_name,
            "email": self.email,
            "language": self.language,
            "administrator": self.administrator,
            "address_lines": list(self.lines or (self.company.lines if self.company else ())),
            "postcode": self.company.postcode if self.company else "",
            "town": self.company.town if self.company else "",
        }


FAVRE = Company("999.00123.4", "Boulangerie Favre SA", "CHE-100.155.212", ("Rue du Marché 7",), "1800", "Vevey")
MUSTER = Company(
    "999.00456.7", "Muster Handel AG", "CHE-999.999.996", ("Bahnhofstrasse 21", "Postfach 112"), "8001", "Zürich"
)
DESK = Person(None, "Portal", "Dominique", "desk@fund.example", "fr", administrator=False, state=State.UPGRADED)
NAMED = (
    Person(FAVRE, "Favre", "Hélène", "admin@favre.example", "fr", administrator=True, state=State.SIGNED_IN),
    Person(FAVRE, "Rochat", "Marc", "marc@favre.example", "fr", administrator=False, state=State.SIGNED_IN),
    Person(FAVRE, "Lüthi", "Julia", "julia@favre.example", "de", administrator=False, state=State.POSTED),
    Person(FAVRE, "Dell’Acqua", "Paolo", "paolo@favre.example", "it", administrator=False, state=State.EXPIRED),
    Person(FAVRE, "O’Connor", "Emma", "emma@favre.example", "en", administrator=False, state=State.UPGRADED),
    Person(FAVRE, "Bonvin", "Nadia", "nadia@favre.example", "fr", administrator=False, state=State.UPGRADED),
    Person(
        MUSTER, "Muster-Zgraggen", "Ursula", "admin@muster.example", "de", administrator=True, state=State.SIGNED_IN
    ),
)

HOW_MANY = {
    State.UNTOUCHED: 5,
    State.SIGNED_IN: 5,
    State.POSTPONED: 4,
    State.WISHING: 4,
    State.WAITING: 4,
    State.HELD: 3,
    State.PRINTED: 4,
    State.POSTED: 3,
    State.ARRIVED: 5,
    State.RETURNED: 2,
    State.EXPIRED: 3,
    State.REPLACED: 3,
    State.VOIDED: 3,
    State.TICKET: 2,
    State.LAPSED: 2,
    State.UPGRADED: 6,
    State.INACTIVE: 2,
}

# first name, last name, the name in the e-mail address, language; dealt out in this order
CROWD = """
Aline Monnier monnier fr | Beat Äschbacher aeschbacher de | Carla Bernasconi bernasconi it
Denis Pittet pittet fr | Erika von Däppen vondaeppen de | Fabrice D’Épagnier depagnier fr
Gian Cavegn cavegn de | Hanna Grünenfelder gruenenfelder de | Inès Genoud genoud fr
Jürg Häfliger haefliger de | Karin Imhof imhof de | Lucie Jaquet-Rossier jaquet fr
Mattia Lepori lepori it | Noé Nicollier nicollier fr | Olga Jäggi jaeggi de
Pascal Oberson oberson fr | Quirin Küng kueng de | Rosa della Torre dellatorre it
Silvan Mäder maeder de | Thérèse Péclard peclard fr | Urs Nägeli naegeli de
Valérie Ruffieux ruffieux fr | Walter Oeschger oeschger de | Xavier de Crousaz decrousaz fr
Yvonne Pfäffli pfaeffli de | Zoé Savary savary fr | Anna Rüegg rueegg de
Bruno Maspoli maspoli it | Céline Thévoz thevoz fr | Doris Schläpfer schlaepfer de
Edith Vögtli voegtli de | François Vuilleumier vuilleumier fr | Grace Whitfield whitfield en
Hugo Wüthrich wuethrich de | Isabelle Berthoud berthoud fr | Jean-Luc Crausaz crausaz fr
Käthi Übersax uebersax de | Laurent Maître maitre fr | Margrith Estermann estermann de
Nicolas Chevalley chevalley fr | Ornella Pedrazzini pedrazzini it | Peter Flückiger flueckiger de
Raphaël Dubois dubois fr | Sämi Bösch boesch de | Tiziana Robbiani robbiani it
Ueli Tschümperlin tschuemperlin de | Véronique Le Cœur lecoeur fr | Liam O'Brien obrien en
Maëlle Favez favez fr | Reto zur Mühlen zurmuehlen de | Solène Bühler-Perret buehlerperret fr
Ivo Cathomen cathomen de | Nora Zanetti zanetti it | Oskar Zürcher zuercher de
Pierre-Yves Aubert aubert fr | Sophie Menoud menoud fr | Tobias Kälin kaelin de
Arnaud Gremaud gremaud fr | Brigitte Hürlimann huerlimann de | Elio Soldini soldini it
"""


def everybody() -> list[Person]:
    """The named people, then 60 more in every state, dealt out to both companies."""
    states = [state for state, count in HOW_MANY.items() for _ in range(count)]
    crowd = [entry.split() for entry in CROWD.strip().replace("\n", "|").split("|")]
    people = []
    for place, ((first, *last, address, language), state) in enumerate(zip(crowd, states, strict=True)):
        company, domain = ((FAVRE, "favre"), (MUSTER, "muster"))[place % 2]
        people.append(
            Person(
                company=company,
                last_name=" ".join(last),
                first_name=first,
                email=f"{address}@{domain}.example",
                language=language,
                administrator=place % 9 == 0 and state is not State.WISHING,
                state=state,
                lines=(f"c/o {company.name.rpartition(' ')[0]}", *company.lines) if place % 11 == 5 else (),
            )
        )
    return [DESK, *NAMED, *people]
