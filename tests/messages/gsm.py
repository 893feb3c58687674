"""The GSM 7-bit default alphabet (3GPP TS 23.038), to count what a text message needs."""

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = "\f^{}\\[~]|€"
ONE_PART = 160


def septets(text: str) -> int:
    """How many of the 160 septets of one part ``text`` takes; ValueError for what would cost half the room."""
    foreign = sorted(set(text) - set(BASIC) - set(EXTENDED))
    if foreign:
        raise ValueError(f"not in the GSM alphabet: {foreign}")
    return sum(2 if char in EXTENDED else 1 for char in text)
