"""What an account calls abuse leaves the denominator, but erases no evidence: the audit says what rests on that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from permadani.findings.abuse import weighed
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import Audit
from permadani.findings.statement import Notes
from worlds import World

ADVICE = "Reply to every comment, even the short ones."


def world(answered: int) -> World:
    """Sixty people wrote, the first ``answered`` had an answer; ada advises to answer all."""
    made = World()
    made.cover("ada")
    made.write("ada", 0.5, text=ADVICE)
    made.conversations("ada", 60, answered)
    return made


def named(first: int, last: int = 60) -> Notes:
    return Notes(abuse=tuple(f"@asker{i}" for i in range(first, last)))


def limits(audit: Audit) -> list[tuple[str, dict[str, Any]]]:
    return [(one.key, one.values) for one in audit.limits if one.key.startswith("abuse")]


def changes(*what: Reason) -> list[tuple[str, dict[str, Any]]]:
    return [("abuse_changes", {"what": one}) for one in what]


def left(count: int) -> tuple[str, dict[str, Any]]:
    return "abuse_left_out", {"count": count, "total": 60}


def test_a_list_that_hides_a_contradiction_is_told(tmp_path: Path) -> None:
    found = world(3).audit(tmp_path, "ada", notes=named(15))
    (claim,) = found.practice.claims
    assert (claim.outcome, claim.reason.key) == ("not_checkable", "claim_too_few")
    assert limits(found) == [left(45), *changes(reason("abuse_contradicted", count=1))]


def test_a_list_bears_nothing_out(tmp_path: Path) -> None:
    found = world(30).audit(tmp_path, "ada", notes=named(30))
    (claim,) = found.practice.claims
    assert (claim.outcome, claim.reason.key) == ("not_checkable", "rests_on_abuse")
    assert claim.figure is not None
    assert (claim.figure.count, claim.figure.n) == (30, 30)
    assert found.practice.reason.values == {"count": 1, "borne_out": 0, "contradicted": 0, "not_checkable": 1}
    assert limits(found) == [left(30)]


def test_a_list_that_changes_nothing_is_only_counted(tmp_path: Path) -> None:
    found = world(57).audit(tmp_path, "ada", notes=named(58))
    assert found.practice.claims[0].outcome == "borne_out"
    assert limits(found) == [left(2)]


@pytest.mark.parametrize("notes", [None, Notes(text="Hello."), Notes(abuse=("@nobody",))])
def test_without_a_list_nothing_is_said(notes: Notes | None, tmp_path: Path) -> None:
    assert limits(world(3).audit(tmp_path, "ada", notes=notes)) == []


def test_where_everybody_is_called_abuse_that_is_counted(tmp_path: Path) -> None:
    found = world(0).audit(tmp_path, "ada", notes=named(0))
    assert found.answers.overall.reason.key == "no_approaches"
    assert limits(found)[0] == left(60)
    assert found.statement is not None
    assert found.statement.abuse == 60


def test_an_account_that_answers_few_is_told_beside_its_list(tmp_path: Path) -> None:
    made = World()
    made.cover("ada")
    made.conversations("ada", 220, 0)
    found = made.audit(tmp_path, "ada", notes=named(15, 220))
    assert found.answers.overall.verdict == "not_enough_evidence"
    assert changes(reason("abuse_answers_few"))[0] in limits(found)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    return world(30).audit(tmp_path_factory.mktemp("plain"), "ada")


def verdict(audit: Audit, part: str, word: str) -> Audit:
    """The audit with another verdict, as a comparison would give it."""
    if part in ("participation", "amplification"):
        return replace(audit, **{part: replace(getattr(audit, part), verdict=word)})
    changed = replace(getattr(audit.answers, part), verdict=word)
    return replace(audit, answers=replace(audit.answers, **{part: changed}))


def part_of(audit: Audit, part: str) -> Any:
    return getattr(audit if part in ("participation", "amplification") else audit.answers, part)


@pytest.mark.parametrize(
    ("part", "without", "key"),
    [
        ("overall", "answers_few", "abuse_answers_few"),
        ("by_standing", "passes_over", "abuse_passes_over_juniors"),
        ("by_tenure", "passes_over", "abuse_passes_over_newcomers"),
        ("amplification", "passes_over", "abuse_passes_over_reshares"),
        ("participation", "rarely", "abuse_rarely"),
    ],
)
def test_what_is_worse_without_the_list_is_named(part: str, without: str, key: str, plain: Audit) -> None:
    worse = verdict(plain, part, without)
    told = weighed(plain, worse)
    assert limits(told) == changes(reason(key))
    assert part_of(told, part) == part_of(plain, part)
    assert str(told.limits[-1]) != str(reason("abuse_changes", what=""))
    assert limits(weighed(worse, worse)) == []
    assert limits(weighed(worse, plain)) == []
    assert part_of(weighed(worse, plain), part).verdict == without


@pytest.mark.parametrize("part", ["by_standing", "by_tenure", "amplification"])
def test_signs_are_not_told(part: str, plain: Audit) -> None:
    assert weighed(plain, verdict(plain, part, "signs_of_passing_over")) == plain


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("by_standing", "even_handed"), ("by_standing", "favours"), ("by_tenure", "even_handed"),
        ("by_tenure", "favours"), ("amplification", "favours"), ("participation", "takes_part"),
    ],
)  # fmt: skip
def test_what_only_the_list_makes_favourable_is_not_said(part: str, word: str, plain: Audit) -> None:
    better = verdict(plain, part, word)
    found = part_of(weighed(better, plain), part)
    assert (found.verdict, found.reason.key) == ("not_enough_evidence", "rests_on_abuse")
    assert weighed(better, better) == better
