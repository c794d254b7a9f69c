"""A history of which only the later part is known: who wrote before looks like a newcomer, and is not called one."""

from __future__ import annotations

from pathlib import Path

import pytest

from permadani.findings.results import Audit
from permadani.vocabulary import Coverage
from worlds import DAY, START, World

BEGIN = 100
"""The day from which on it is known what was written to Ada."""


def world_of(begin: float = BEGIN, **ada: int) -> World:
    """Bo writes twice soon after the beginning, Cy (new) long afterwards, Di once soon after it."""
    world = World()
    world.actor("ada", **ada)
    world.cover("ada", since=begin, until=600)
    for name, day in (("bo", 110), ("di", 120), ("bo", 130), ("cy", BEGIN + 181)):
        asked = world.write(name, day, to=world.write("ada", day - 0.5))
        world.write("ada", day + 1, to=asked)
    return world


def limits(audit: Audit) -> dict[str, dict[str, object]]:
    return {one.key: one.values for one in audit.limits}


def tenures(audit: Audit) -> list[str]:
    assert audit.answers.evidence is not None
    return [one.tenure for one in audit.answers.evidence]


def test_who_is_seen_first_soon_after_the_beginning_is_of_unknown_tenure(tmp_path: Path) -> None:
    found = world_of(created=START).audit(tmp_path, "ada")
    assert tenures(found) == ["unknown", "unknown", "regular", "newcomer"]
    cells = found.answers.by_tenure.cells
    assert (cells["newcomer"].approaches, cells["regular"].approaches) == (1, 1)
    assert found.answers.overall.cell is not None
    assert found.answers.overall.cell.approaches == 4
    assert limits(found)["history_shortened"] == {"channel": "x", "date": "2020-04-10", "days": 180, "count": 2}
    assert {found.answers.waiting_time[group].approaches for group in ("newcomer", "regular")} == {1}


@pytest.mark.parametrize("created", [START + (BEGIN - 14) * DAY, START + (BEGIN + 1) * DAY])
def test_a_history_that_reaches_the_beginning_stays_as_it_is(tmp_path: Path, created: int) -> None:
    world = world_of(created=created)
    world.write("ada", 1)  # dated back, as the account was made later
    found = world.audit(tmp_path, "ada")
    assert tenures(found) == ["newcomer", "newcomer", "regular", "newcomer"]
    assert "history_shortened" not in limits(found)


def test_nothing_that_is_older_means_nothing_is_missing(tmp_path: Path) -> None:
    found = world_of().audit(tmp_path, "ada")
    assert "unknown" not in tenures(found)
    assert "history_shortened" not in limits(found)


@pytest.mark.parametrize("sign", ["wrote", "liked", "reshared", "was written to"])
def test_what_the_account_did_before_tells_that_it_is_older(tmp_path: Path, sign: str) -> None:
    world = world_of()
    other = world.write("eve", 1)
    match sign:
        case "wrote":
            world.write("ada", BEGIN - 15)
        case "liked":
            world.like("ada", other, BEGIN - 15)
        case "reshared":
            world.reshare("ada", other, BEGIN - 15)
        case _:
            world.write("eve", BEGIN - 15, mentions=("ada",))
    found = world.audit(tmp_path, "ada")
    assert "history_shortened" in limits(found)
    assert tenures(found)[-4:] == ["unknown", "unknown", "regular", "newcomer"]


def test_a_fortnight_more_is_no_earlier_life(tmp_path: Path) -> None:
    world = world_of()
    world.write("ada", BEGIN - 13)
    assert "history_shortened" not in limits(world.audit(tmp_path, "ada"))


def test_comments_older_than_their_article_are_no_sign(tmp_path: Path) -> None:
    """Comment systems date articles by their registration."""
    world = world_of()
    article = world.write("ada", BEGIN, kind="article")
    world.write("ada", 3, to=world.write("eve", 2, to=article, kind="comment"), kind="comment")
    assert "history_shortened" not in limits(world.audit(tmp_path, "ada"))


def test_a_claim_without_beginning_reaches_to_the_beginning(tmp_path: Path) -> None:
    world = world_of(created=START)
    world.records = [one for one in world.records if type(one) is not Coverage]
    for direction in ("inbound", "outbound"):
        world.records.append(
            Coverage(
                actor=world.actor("ada"), channel="x", direction=direction, since=None,  # type: ignore[arg-type]
                until=START + 600 * DAY, completeness="complete", basis="by hand",
            )
        )  # fmt: skip
    assert "unknown" not in tenures(world.audit(tmp_path, "ada"))


def test_the_list_for_the_subject_says_no_tenure_either(tmp_path: Path) -> None:
    from permadani.findings.for_subject import for_subject
    from permadani.findings.question import Question
    from permadani.store.who import resolve

    with world_of(created=START).store(tmp_path).session() as connection:
        found = for_subject(connection, resolve(connection, "ada"), Question(research=True))
    assert [one.tenure for one in found.messages] == ["unknown", "unknown", "regular", "newcomer"]


def test_advice_to_answer_newcomers_is_held_against_known_newcomers(tmp_path: Path) -> None:
    from permadani.findings import cells
    from permadani.measures.judged import judged_rows
    from permadani.measures.network import Scope, run
    from permadani.store.who import resolve

    with world_of(created=START).store(tmp_path).session() as connection:
        who = resolve(connection, "ada")
        scope = Scope()
        run(connection, {who.subject: list(who.actors)}, scope)
        rows = judged_rows(connection, scope.window)[who.subject]
    assert rows.tenure.tolist() == ["unknown", "unknown", "regular", "newcomer"]
    assert cells.by_tenure(rows)["newcomer"].approaches == 1
