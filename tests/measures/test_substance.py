"""The rule of substance: bare applause or something of one's own, English and Indonesian, else unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from worlds import World

DITTO = [
    "Great post!", "Thanks for sharing!!", "+1", "👏👏👏", "Congratulations to you!",
    "So true. Love this!", "@ada great post, thanks!",
    "I totally agree, well said", "LOL", "Wow, amazing article, thank you so much", "Happy birthday!",
    "Mantap gan, makasih infonya!", "Terima kasih sudah berbagi, sangat bermanfaat", "Setuju banget kak",
    "Keren banget!!",
    "Nice info min, izin share ya",
]  # fmt: skip
OWN = [
    "I tried it last week and it failed on my second server.",
    "How did you measure the response rate?",
    "Great post, but your third point contradicts the survey of last year.",
    "We moved our newsletter to a smaller list and lost readers in the first month.",
    "Bagaimana cara mengukur tingkat balasan itu?",
    "Saya sudah mencoba cara ini di sekolah tetapi hasilnya berbeda dengan tulisan Anda.",
    "Terima kasih, tapi data tahun lalu menunjukkan hal yang berbeda di kota kecil.",
]
UNKNOWN = [
    "Das stimmt leider überhaupt nicht mit meinen Erfahrungen überein.",
    "https://example.org/some/page",
    "素晴らしい記事をありがとうございます",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [(t, "ditto") for t in DITTO] + [(t, "substantive") for t in OWN] + [(t, "unknown") for t in UNKNOWN],
)
def test_substance(text: str, expected: str, tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.write("bo", 2, to=world.write("ada", 1), text=text)
    world.write("ada", 3)
    evidence = world.audit(tmp_path, "ada").answers.evidence
    assert evidence is not None
    assert evidence[0].substance == expected


@pytest.mark.parametrize(("claim", "expected"), [("in", "substantive"), ("id-ID", "substantive"), ("de", "unknown")])
def test_the_claimed_language_decides(claim: str, expected: str, tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.write("bo", 2, to=world.write("ada", 1), text=OWN[5], language=claim)
    world.write("ada", 3)
    evidence = world.audit(tmp_path, "ada").answers.evidence
    assert evidence is not None
    assert evidence[0].substance == expected


def test_no_text_is_unknown(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.write("bo", 2, to=world.write("ada", 1), text=None)
    world.write("ada", 3)
    evidence = world.audit(tmp_path, "ada").answers.evidence
    assert evidence is not None
    assert evidence[0].substance == "unknown"
