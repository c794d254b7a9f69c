"""Invented people for the demo: names that nobody bears, so that no card can be mistaken for a real person's."""

from __future__ import annotations

FIRST = (
    "Adi", "Ayu", "Bayu", "Citra", "Damar", "Dian", "Eka", "Fajar", "Galuh", "Gita", "Hana", "Indra", "Intan", "Joko",
    "Kirana", "Laras", "Lintang", "Mega", "Nanda", "Nila", "Panji", "Putri", "Raka", "Ratih", "Sekar", "Tirta",
    "Wahyu", "Wulan", "Yuda", "Zahra", "Alice", "Arthur", "Bella", "Clara", "Dylan", "Edith", "Felix", "Grace",
    "Harry", "Iris", "Jonas", "Kate", "Leo", "Maisie", "Ned", "Olive", "Percy", "Quinn", "Ruby", "Simon", "Tess",
    "Ursula", "Vera", "Will", "Yvonne", "Zoe",
)  # fmt: skip
LAST = (
    "Angin", "Awan", "Bambu", "Bintang", "Bunga", "Cangkir", "Daun", "Ember", "Gelombang", "Gerimis", "Halaman",
    "Hujan", "Jendela", "Kabut", "Kapur", "Kertas", "Kopi", "Kunang", "Lampion", "Layang", "Lonceng", "Melati",
    "Mendung", "Merpati", "Pagi", "Pelita", "Pensil", "Purnama", "Rumput", "Sawah", "Selasa", "Senja", "Teduh",
    "Tinta", "Acornby", "Bellwether", "Candlewick", "Dewdrop", "Featherly", "Hollowell", "Inkwright", "Juniperly",
    "Kettleby", "Lampwright", "Marblewood", "Nightjar", "Oatfield", "Puddleford", "Quillby", "Raincloud",
    "Saltmarsh", "Thistledown", "Umbrellas", "Wickerly",
)  # fmt: skip


def full_names() -> list[str]:
    """Every pair once, in a fixed order."""
    return [f"{first} {last}" for first in FIRST for last in LAST]


def handle_of(name: str) -> str:
    """A handle with dots, which no account on X can have: it leads nowhere."""
    return f"{name.lower().replace(' ', '.')}.demo"
