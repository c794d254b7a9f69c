"""The rule of substance: bare applause or something of one's own, English and Indonesian, else unknown."""

from __future__ import annotations

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


CASES = [
    *[(text, None, "ditto") for text in DITTO], *[(text, None, "substantive") for text in OWN],
    *[(text, None, "unknown") for text in UNKNOWN], (None, None, "unknown"),
    (OWN[5], "in", "substantive"), (OWN[5], "id-ID", "substantive"), (OWN[5], "de", "unknown"),
]  # fmt: skip
"""Text, claimed language, and what it is: where a language is claimed, that decides."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the rule says of each case, by its place; each is written by somebody else."""
    world = World()
    world.cover("ada")
    post = world.write("ada", 1)
    asked = [
        world.write(f"bo{number}", 2, to=post, text=text, **({"language": claim} if claim else {}))
        for number, (text, claim, _) in enumerate(CASES)
    ]
    world.write("ada", 3)
    evidence = world.audit(tmp_path_factory.mktemp("substance"), "ada").answers.evidence
    assert evidence is not None and len(evidence) == len(CASES)
    said = {row.approach: row.substance for row in evidence}
    return {str(number): said[uri] for number, uri in enumerate(asked)}


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: f"{CASES[n][2]}: {CASES[n][0]} {CASES[n][1] or ''}")
def test_substance(number: int, found: dict[str, str]) -> None:
    assert found[str(number)] == CASES[number][2]
