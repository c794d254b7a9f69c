"""Each account gets the verdict that its truth deserves, and nobody fair is accused."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from halls import KEYS, Demo
from permadani.demo.model import PROGRAMS
from permadani.demo.telling import planted
from permadani.language import LANGUAGES, translator
from permadani.reports.words import Words

ACCUSING = ("passes_over", "signs_of_passing_over", "answers_few", "rarely")
FAIR = ("even_handed", "not_enough_evidence", "not_measurable")
DESERVED = {
    "rani": ("passes_over", FAIR),
    "bima": ("even_handed", "even_handed"),
    "nora": ("even_handed", "even_handed"),
    "tom": ("not_measurable", "even_handed"),
    "sari": ("not_enough_evidence", "not_enough_evidence"),
}
"""By standing and by tenure, at full scale."""


def comparisons(demo: Demo, key: str) -> dict[str, dict[str, Any]]:
    answers = demo.question(key, "answers")
    return {"standing": answers["by_standing"], "tenure": answers["by_tenure"]}


@pytest.mark.parametrize("key", KEYS)
def test_the_verdicts_deserved(demo: Demo, key: str) -> None:
    found = comparisons(demo, key)
    if demo.full:
        by_standing, by_tenure = DESERVED[key]
        assert found["standing"]["verdict"] == by_standing
        assert found["tenure"]["verdict"] in by_tenure
    elif key == "rani":  # so strong a preference is seen in a fifth of the messages
        assert found["standing"]["verdict"] == "passes_over"
        assert found["tenure"]["verdict"] in FAIR
    else:
        assert {one["verdict"] for one in found.values()} <= set(FAIR)


@pytest.mark.parametrize("key", KEYS)
def test_finds_the_odds_that_were_planted(demo: Demo, key: str) -> None:
    truth = demo.truths[key]
    odds = {"standing": truth.odds_by_standing, "tenure": truth.odds_by_tenure}
    compared = {name: one for name, one in comparisons(demo, key).items() if one["odds_ratio"] is not None}
    for name, one in compared.items():
        ratio, planted_odds = one["odds_ratio"], odds[name]
        assert planted_odds is not None
        assert (ratio["low"] or 0) <= planted_odds <= (ratio["high"] or 1e9), name
    if demo.full:
        assert set(compared) == ({"tenure"} if key == "tom" else {"standing", "tenure"})


@pytest.mark.parametrize("key", [key for key in KEYS if key != "rani"])
def test_accuses_nobody_fair(demo: Demo, key: str) -> None:
    answers = demo.question(key, "answers")
    verdicts = {
        answers["overall"]["verdict"], *(one["verdict"] for one in comparisons(demo, key).values()),
        *(demo.question(key, name)["verdict"] for name in ("amplification", "participation")),
    }  # fmt: skip
    assert verdicts.isdisjoint(ACCUSING)
    outcomes = {claim["outcome"] for claim in demo.question(key, "practice")["claims"]}
    assert "contradicted" not in outcomes


def test_many_messages_few_answers(demo: Demo) -> None:
    assert demo.truths["nora"].overall.rate < 0.1
    assert demo.question("nora", "answers")["overall"]["verdict"] == "not_enough_evidence"


def test_whose_words_are_passed_on(demo: Demo) -> None:
    reshared = {key: demo.truths[key].reshared for key in KEYS}
    assert reshared["rani"]["senior"] > 2 * reshared["rani"]["junior"]
    assert reshared["bima"]["junior"] >= 2 * reshared["bima"]["senior"]  # as there are more of them
    if demo.full:
        assert demo.question("rani", "amplification")["verdict"] == "passes_over"
        others = demo.question("rani", "amplification")["others"]["by_class"]
        assert others["senior"] > others["junior"] + others["middle"]
        assert others["unknown"] == 0
        assert demo.question("bima", "amplification")["odds_ratio"]["low"] < 1
    assert demo.question("tom", "amplification")["verdict"] == "not_measurable"


def test_the_same_advice_and_other_deeds(demo: Demo) -> None:
    claims = {key: demo.question(key, "practice")["claims"] for key in KEYS}
    assert {key: len(found) for key, found in claims.items()} == {"rani": 2, "bima": 2, "nora": 0, "tom": 0, "sari": 0}
    for key, outcomes in {"rani": ["contradicted"] * 2, "bima": ["borne_out"] * 2}.items():
        assert {claim["checked_by"] for claim in claims[key]} == {"answers.overall"}
        assert {claim["quote"].split()[0] for claim in claims[key]} == {"Reply", "Balas"}
        if demo.full or key == "rani":
            assert [claim["outcome"] for claim in claims[key]] == outcomes


def test_sales_pitches_are_no_answers(demo: Demo) -> None:
    account, truth = demo.accounts["sari"], demo.truths["sari"]
    pitched = {m.parent for place in account.places for m in place.messages if m.role == "pitch"}
    assert len(pitched) == truth.pitches > 1
    assert demo.question("sari", "answers")["left_out"]["own_pitches"] == truth.pitches
    by_hand = [m for place in account.places for m in place.messages if m.role == "pitch"]
    assert not any(m.client in PROGRAMS for m in by_hand)  # else they would be left out as automatic
    unanswered = [a for a in account.approaches if a.message in pitched and a.answered is None]
    assert unanswered  # and still nobody counts them as answered: see test_finds_what_was_planted
    for key in KEYS:
        if key != "sari":
            assert not demo.question(key, "answers")["left_out"]["own_pitches"]


def test_the_absence_in_its_own_words(demo: Demo) -> None:
    said = tomllib.loads((demo.folder / "tom-statement.toml").read_text("utf-8"))
    (away,) = said["away"]
    assert (away["until"] - away["since"]).days + 1 == 70
    statement = demo.audits["tom"]["statement"]
    assert statement["text"] == said["text"]
    assert [one["since"] for one in statement["away"]] == [away["since"].isoformat()]
    assert statement["abuse"] == 0
    page = (demo.folder / "tom.html").read_text("utf-8")
    assert said["text"] in page
    assert away["note"] in page
    assert [key for key in KEYS if demo.audits[key]["statement"] is not None] == ["tom"]


def test_planted_and_found_are_told(demo: Demo) -> None:
    assert "16 times as readily" in demo.lines
    assert "answers, juniors beside seniors: passes over juniors; odds 0.0" in demo.lines
    assert ", planted 0.06" in demo.lines
    assert "its advice beside its deeds: 0 borne out, 2 contradicted, 0 open" in demo.lines
    for key in KEYS:
        page = (demo.folder / f"{key}.html").read_text("utf-8")
        for language in LANGUAGES:
            told = planted(demo.accounts[key], demo.truths[key], Words(translator(language)))
            assert len(told) <= 500, key  # a page shows no more
            assert told in page
