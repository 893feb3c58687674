"""On which device somebody is signed in, in two words: "Firefox, Windows". Nothing else of it is kept.

A library that knows every browser took seconds to load its rules; here two words only have to be recognised again.
"""

LONGEST = 500  # characters that are looked at; a browser may send anything
BROWSERS = (  # most name others too: the first that is found is meant
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
    ("Trident", "Internet Explorer"),
    ("w3m", "w3m"),
    ("Lynx", "Lynx"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Browser and system that a request names; nothing where neither is known."""
    looked_at = user_agent[:LONGEST]
    found = (next((name for sign, name in known if sign in looked_at), "") for known in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))
