"""How often the substance rule agrees with a person, on a fictional sample coded by hand before the rule was run on it.

``substance_sample.csv``: odd ids may be looked at while the rule is written; even ids are only measured.
``python tests/measures/test_agreement.py`` writes the figures anew, after the rule has changed.
"""

from __future__ import annotations

import csv
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest

from permadani.measures import agreement as figures
from permadani.measures import network, substance
from permadani.measures.agreement import Agreement, agreement, trusted_languages
from permadani.store.identity import identify
from permadani.store.who import resolve
from worlds import World

SAMPLE = Path(__file__).with_name("substance_sample.csv")
WRITTEN = Path(figures.__file__).parent / "rules" / "agreement.toml"
HEAD = """\
# How often a person agrees with the substance rule, by language, on the even ids of tests/measures/substance_sample.csv
# (fictional, coded by hand). The author of the rule wrote the sample too, so read these as the best case.
# Written by `python tests/measures/test_agreement.py`; a test demands that they are what the rule does today.
"""


def sample(language: str, *, measured: bool) -> tuple[list[str], list[str]]:
    """Texts, and what a person called them."""
    with SAMPLE.open(encoding="utf-8", newline="") as stream:
        rows = [r for r in csv.DictReader(stream) if r["language"] == language]
    rows = [r for r in rows if (int(r["id"]) % 2 == 0) == measured]
    return [r["text"] for r in rows], [r["coded"] for r in rows]


def labelled(texts: list[str], language: str | None, trusted: tuple[str, ...] = substance.LANGUAGES) -> list[str]:
    """What the rule calls each text; ``language`` as claimed, None: to be guessed."""
    world = World()
    post = world.write("ada", 1, language="und")
    asked = [world.write(f"asker{i}", 2, to=post, text=text, language=language) for i, text in enumerate(texts)]
    trust = patch.object(network, "trusted_languages", lambda: trusted)
    with trust, TemporaryDirectory() as folder, world.store(Path(folder)).session() as connection:
        who = resolve(connection, world.uri("ada"))
        network.run(connection, {who.subject: list(who.actors)}, network.Scope())
        found = dict(connection.execute("SELECT object, substance FROM substance").fetchall())
    return [found.get(identify(uri), "unknown") for uri in asked]


def measure(language: str) -> Agreement:
    texts, coded = sample(language, measured=True)
    said, guessed = labelled(texts, language), labelled(texts, None)

    def substantive(label: str) -> float:
        of_label = [c for s, c in zip(said, coded, strict=True) if s == label]
        return round(of_label.count("substantive") / len(of_label), 3)

    right = sum(s == c for s, c in zip(said, coded, strict=True))
    return Agreement(
        n=len(texts),
        agreement=round(right / len(texts), 3),
        substantive_given_substantive=substantive("substantive"),
        substantive_given_ditto=substantive("ditto"),
        unknown_unclaimed=round(guessed.count("unknown") / len(texts), 3),
    )


@pytest.mark.parametrize("language", substance.LANGUAGES)
def test_the_published_figures_are_what_the_rule_does(language: str) -> None:
    assert agreement()[language] == measure(language)


@pytest.mark.parametrize("language", substance.LANGUAGES)
def test_a_person_agrees_nine_times_of_ten(language: str) -> None:
    found = agreement()[language]
    assert found.n >= 100
    assert found.agreement >= 0.9
    assert found.wrong == pytest.approx(1 - found.agreement)


def test_the_sample_is_large_and_mixed() -> None:
    for language in substance.LANGUAGES:
        for measured in (True, False):
            texts, coded = sample(language, measured=measured)
            assert len(set(texts)) == len(texts) >= 100
            assert set(coded) == {"ditto", "substantive"}
            assert 0.4 <= coded.count("ditto") / len(coded) <= 0.6


FOREIGN = [
    "Das stimmt leider überhaupt nicht mit meinen Erfahrungen überein.",
    "Toller Beitrag, danke!",
    "Ich habe das auch so gemacht und es war in der Tat am besten so",
    "Wanneer komt het volgende deel uit?",
    "We hadden het er in de klas over en niemand wist het",
    "Merci beaucoup pour cet article",
    "On a fait la même chose en 2010 et ça ne marche pas",
    "¿Dónde puedo comprarlo?",
    "Mi abuela lo hacía con vinagre y le duraba todo el invierno",
    "Eu fiz isso no ano passado e deu errado",
    "Io ho provato ma non funziona",
    "Bunu ben de denedim ama olmadı",
    "Sinubukan ko na pero hindi gumana",
    "Jag har provat men det gick inte",
    "Nilijaribu lakini haikufanya kazi",
    "Tôi đã thử nhưng không được",
    "素晴らしい記事をありがとうございます",
    "Спасибо за статью, очень интересно",
]


def test_other_languages_stay_unknown() -> None:
    assert labelled(FOREIGN, None) == ["unknown"] * len(FOREIGN)


@pytest.mark.parametrize(
    ("plain", "drawn"),
    [("Keren banget", "Kereeen bangettt"), ("so good yes", "sooo goood yesss"), ("haha", "hahahahahaha")],
)
def test_long_drawn_letters_change_nothing(plain: str, drawn: str) -> None:
    assert labelled([plain], None) == labelled([drawn], None) == ["ditto"]


def test_a_rule_that_people_do_not_share_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    poor = {**agreement(), "id": Agreement(200, 0.84, 0.8, 0.1, 0.1)}
    monkeypatch.setattr(figures, "agreement", lambda: poor)
    assert trusted_languages() == ("en",)
    texts = ["Saya sudah coba tapi gagal terus di langkah ketiga.", "I tried it twice and it failed at the third step."]
    assert labelled(texts, None, trusted_languages()) == ["unknown", "substantive"]


def write() -> None:
    lines = [HEAD]
    for language in substance.LANGUAGES:
        lines += [f"[{language}]", *(f"{name} = {value}" for name, value in asdict(measure(language)).items()), ""]
    WRITTEN.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    write()
