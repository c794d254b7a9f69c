"""The class map of the demo says what was planted in its network, and blames nobody for what was not collected."""

from __future__ import annotations

import json
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from halls import Demo
from permadani.demo.hall import make_hall
from permadani.demo.network import NetworkTruth, network_truth, planted_network
from permadani.demo.plans import PLANS
from permadani.language import LANGUAGES, translator
from permadani.reports.words import Words

CLOSE = 0.03
"""Ranks are drawn anew among everybody on X, so some people near a bound are in another class than was planted."""


@pytest.fixture(scope="module")
def classes(demo: Demo) -> dict[str, Any]:
    found = json.loads((demo.folder / "classes.json").read_text("utf-8"))
    assert found["schema"] == "permadani.classes/1"
    return dict(found)


@pytest.fixture(scope="module")
def truth(demo: Demo) -> NetworkTruth:
    return network_truth(make_hall(demo.scale))


def answers_of_seniors(classes: dict[str, Any]) -> dict[str, Any]:
    cells = classes["matrices"]["answers"]["cells"]
    return {cell["to"]: cell for cell in cells if cell["from"] == "senior"}


def test_what_was_planted(truth: NetworkTruth) -> None:
    """The plan itself: one of four chooses seniors, and that is seen in what all of them answer."""
    assert truth.times == (16, 1, 1, 1)
    assert (truth.share("senior") or 0) > 1.4 * (truth.share("junior") or 1)
    assert 1.3 < (truth.ratio or 0) < 2


def test_the_map_is_of_x_where_followers_are_known(classes: dict[str, Any]) -> None:
    (channel,) = classes["channels"]
    assert (channel["channel"], channel["standing"], channel["level"]) == ("x", "followers", "partial")
    assert channel["known"] > 0.98 * channel["people"]  # the others are programs
    on_x = [plan.followers for plan in PLANS if any(stage.kind in ("x1", "x2") for stage in plan.stages)]
    assert channel["senior_from"] < min(on_x)  # those who answer here are seniors, as is said


def outreach(demo: Demo) -> tuple[int, int]:
    """How often one of the four spoke to another senior first, and how often that was answered."""
    written = [m for account in demo.accounts.values() for place in account.places for m in place.messages]
    first = {m for m in written if m.role == "post" and m.spoken_to}
    return len(first), len({m.parent for m in written if m.role == "follow_up"} & first)


def test_answers_are_found_as_planted(demo: Demo, classes: dict[str, Any], truth: NetworkTruth) -> None:
    cells = answers_of_seniors(classes)
    spoke_first, replied = outreach(demo)
    for rank in ("junior", "middle", "senior"):
        share, planted = cells[rank]["share"], (truth.approaches[rank], truth.answered[rank])
        approaches, answered = planted if rank != "senior" else (planted[0] + spoke_first, planted[1] + replied)
        near = CLOSE if demo.full else 2 * CLOSE
        assert share["answered"] / share["posts"] == pytest.approx(answered / approaches, abs=near), rank
        if share["rate"] is not None:
            assert share["low"] <= (truth.share(rank) or 0) <= share["high"]
    ratio = cells["senior"]
    assert ratio["expected"] == pytest.approx(truth.blind, rel=0.05 if demo.full else 0.3)
    assert ratio["observed"] / ratio["expected"] == pytest.approx(truth.ratio, rel=0.05 if demo.full else 0.3)
    assert (ratio["value"] is not None) or not demo.full
    if ratio["value"] is not None:
        assert ratio["low"] <= (truth.ratio or 0) <= ratio["high"]


def test_no_club_is_alleged(classes: dict[str, Any]) -> None:
    """None was planted, and what others answer elsewhere was not collected."""
    assert classes["closure"]["verdict"] == "not_enough_evidence"
    assert all(trend["word"] in (None, "steady") for trend in classes["trends"])  # nothing that changes was planted


def test_the_index_leads_to_the_map(demo: Demo, truth: NetworkTruth) -> None:
    index = LexborHTMLParser((demo.folder / "index.html").read_text("utf-8"))
    for language in LANGUAGES:
        words = Words(translator(language))
        told = planted_network(truth, words)
        assert len(told) <= 500  # a page shows no more
        entry = index.css(f".body[lang={language}] .index li")[-1]
        (link,) = entry.css("a")
        assert link.attributes["href"] == "classes.html"
        assert told in entry.text()
        assert words.say("Not enough evidence.") in entry.text()
    page = (demo.folder / "classes.html").read_text("utf-8")
    assert "<script" not in page
    for plan in PLANS:  # nobody is named in a map
        assert plan.name not in page


def test_planted_and_found_are_told(demo: Demo, classes: dict[str, Any], truth: NetworkTruth) -> None:
    """The words are those of the page; here it matters that the figures are these."""
    words = Words(translator("en"))
    told = demo.lines[demo.lines.index("The network on X: classes.html") :]
    assert f"planted: {planted_network(truth, words)}" in told
    found = told[told.index("found:   ") :]
    shares = [answers_of_seniors(classes)[rank]["share"] for rank in ("junior", "senior")]
    carried = [share for share in shares if share["rate"] is not None]
    for share in carried:
        assert f"{words.of_hundred(share['rate'])} {words.range(share['low'], share['high'])}" in found
    assert words.say("Not enough evidence.") in found
