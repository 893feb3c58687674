"""What is looked at in a real browser: axe, reflow, the way of the focus."""

from dataclasses import dataclass, field
from importlib.resources import files

from playwright.sync_api import Page

from tests.browser.validator import Validator
from tests.conftest import PROVE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
BY_LOOKS = [
    "color-contrast",
    "link-in-text-block",
    "scrollable-region-focusable",
    "target-size",
    "css-orientation-lock",
]
BY_WORDS = [
    *BY_LOOKS,
    "html-has-lang",
    "html-lang-valid",
    "valid-lang",
    "document-title",
    "empty-heading",
    "label-content-name-mismatch",
    "link-name",
    "button-name",
    "label",
]
RUN_AXE = """async (rules) => {
    const told = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return told.violations.flatMap(rule => rule.nodes.map(node =>
        `${rule.id} (${rule.impact}): ${node.html.slice(0, 160)} — ${node.failureSummary}`));
}"""
SHAPE = """() => document.documentElement.lang + [...document.body.querySelectorAll("*")].map(node => {
    const words = /^(value|href|hreflang|action|src|datetime|max|aria-label|data-hx-(get|post|trigger))$/;
    const attributes = [...node.attributes].filter(attribute => !words.test(attribute.name));
    const known = attribute => attribute.value.replace(/\\b(user-)[0-9a-f]{32}\\b/g, "$1");
    const said = attributes.map(attribute => attribute.name + "=" + known(attribute));
    return [node.tagName, ...said, node.textContent.trim() === ""].join(" ");
}).join()"""
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
EVERY_WAY = ((WIDE, "light"), (NARROW, "dark"), (WIDE, "dark"), (NARROW, "light"))
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
REACHABLE = """(selector) => {
    const scope = document.querySelector("dialog:modal") || document;
    return [...scope.querySelectorAll(selector)]
        .filter(node => node.checkVisibility({visibilityProperty: true}) && node.tabIndex >= 0)
        .filter(node => !node.closest("[inert]"))
        .map((node, index) => {node.dataset.walk = index; return index});
}"""
WHERE = """() => {
    const node = document.activeElement;
    if (!node || node === document.body) return null;
    const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const [x, y] = [box.x + Math.min(box.width, innerWidth) / 2, (top + bottom) / 2];
    const over = document.elementFromPoint(x, y);
    return {
        index: "walk" in node.dataset ? Number(node.dataset.walk) : -1,
        shown: node.outerHTML.slice(0, 120),
        hidden: ![node, ...node.labels || []].some(part => part.contains(over) || over?.contains(part)),
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none",
    };
}"""


def axe(page: Page, rules: list[str] = RULES) -> list[str]:
    """The violations of WCAG 2.2 AA and of axe's best practices in what is shown now, or of some ``rules``."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    told: list[str] = page.evaluate(RUN_AXE, rules)
    return told


def sideways(page: Page) -> list[str]:
    """What makes the page scroll sideways; regions that scroll by themselves are allowed to."""
    told: list[str] = page.evaluate("""() => {
        const width = document.documentElement.scrollWidth;
        if (width <= innerWidth) return [];
        const over = node => node.getBoundingClientRect().right > innerWidth + 1;
        const wide = [...document.querySelectorAll("body *")].filter(over).slice(0, 5);
        return [`${width} px wide in ${innerWidth}`, ...wide.map(node => node.outerHTML.slice(0, 120))];
    }""")
    return told


def walk(page: Page) -> list[str]:
    """Go round with Tab: everything is reached, in order, visible and with a ring round it."""
    page.evaluate("() => {document.activeElement.blur(); window.scrollTo(0, 0)}")
    wanted = _groups(page)
    seen: list[int] = []
    faults: list[str] = []
    for _step in range(len(wanted) + 5):
        page.keyboard.press("Tab")
        at = page.evaluate(WHERE)
        if at is None or at["index"] in seen:
            break
        seen.append(at["index"])
        faults += [f"covered: {at['shown']}"] if at["hidden"] else []
        faults += [] if at["ring"] else [f"no ring: {at['shown']}"]
    missed = set(wanted) - set(seen)
    return faults + ([f"not reached: {sorted(missed)} of {len(wanted)}"] if missed else [])


def _groups(page: Page) -> list[int]:
    """What Tab is to reach; of the radio buttons with one name only one."""
    wanted: list[int] = page.evaluate(REACHABLE, FOCUSABLE)
    others: list[int] = page.evaluate("""() => {
        const radios = [...document.querySelectorAll("input[type=radio]")];
        const names = Map.groupBy(radios, node => node.form?.action + node.name);
        return [...names.values()].flatMap(group => {
            const stop = group.find(node => node.checked) || group[0];
            return group.filter(node => node !== stop).map(node => Number(node.dataset.walk));
        });
    }""")
    return [index for index in wanted if index not in others]


@dataclass
class Examiner:
    """Looks at a page from all sides; ``faults`` collects, so that one run tells everything."""

    validator: Validator
    faults: list[str]
    shapes: set[str] = field(default_factory=set)  # seen: everything but the words
    only_words: bool = False  # the same pages are looked at with every rule in another language

    def look(self, page: Page, name: str) -> None:
        """The HTML, then reflow and axe, wide in the light and narrow in the dark; axe once for pages of one shape.

        With ``make prove`` everything in all four ways and with every rule: by default the second way has only the
        rules that it can change, and another language only those that words can change; there the checker has the
        pages as they were served, not once more as they are shown.
        """
        brief = self.only_words and not PROVE
        told = [] if brief else [f"vnu {fault}" for fault in self.validator.faults(page.content())]
        shape = page.evaluate(SHAPE)
        for size, scheme in EVERY_WAY if PROVE else EVERY_WAY[:2]:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            first = (size, scheme) == EVERY_WAY[0]
            rules = (BY_WORDS if brief else RULES) if first else ([] if brief else BY_LOOKS)
            known = shape in self.shapes or not rules
            seen = axe(page, RULES) if PROVE else ([] if known else axe(page, rules))
            told += [f"{size['width']} px {scheme}: {fault}" for fault in sideways(page) + seen]
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light")
        self.shapes.add(shape)
        self.faults += [f"{name}: {fault}" for fault in dict.fromkeys(told)]
