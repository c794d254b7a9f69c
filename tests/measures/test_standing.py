"""Standing before the message, classes among the askers, tenure."""

from __future__ import annotations

from pathlib import Path

from permadani.findings.results import Audit
from worlds import World


def standings(audit: Audit) -> list[str]:
    assert audit.answers.evidence is not None
    return [one.standing for one in audit.answers.evidence]


def asked_by(world: World, names: list[str]) -> None:
    for i, name in enumerate(names):
        post = world.write("ada", 10 + i)
        world.write(name, 10.5 + i, to=post)
    world.write("ada", 30)


def test_classes_are_ranks_among_the_askers(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    names = [f"asker{i}" for i in range(10)]
    for i, name in enumerate(names):
        world.standing(name, 10**i)
    asked_by(world, names)
    assert standings(world.audit(tmp_path, "ada")) == ["junior"] * 5 + ["middle"] * 3 + ["senior"] * 2


def test_a_monotone_rescaling_changes_nothing(tmp_path: Path) -> None:
    results = []
    for k, scale in enumerate((lambda f: f, lambda f: f**3 + 7)):
        world = World()
        world.cover("ada")
        names = [f"asker{i}" for i in range(10)]
        for i, name in enumerate(names):
            world.standing(name, scale(i * 13))
        asked_by(world, names)
        results.append(world.audit(tmp_path / str(k), "ada").answers)
    assert results[0] == results[1]


def test_standing_is_what_was_seen_before_the_message(tmp_path: Path) -> None:
    """Bo was small when he asked; that he became big later makes him no senior then."""
    world = World()
    world.cover("ada")
    world.standing("bo", 5, day=1)
    world.standing("bo", 1_000_000, day=50)
    for i in range(9):
        world.standing(f"asker{i}", 100 + i, day=1)
    asked_by(world, ["bo", *(f"asker{i}" for i in range(9))])
    assert standings(world.audit(tmp_path, "ada"))[0] == "junior"


def test_a_count_seen_only_later_is_unknown_before(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.standing("bo", 5, day=50)
    world.standing("cy", 5, day=1)
    asked_by(world, ["bo", "cy"])
    assert standings(world.audit(tmp_path, "ada"))[0] == "unknown"


def test_an_undated_count_is_taken_as_constant_with_a_limit(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.actor("bo", followers=7)
    asked_by(world, ["bo"])
    result = world.audit(tmp_path, "ada")
    assert standings(result) == ["junior"]
    assert "undated_followers" in {limit.key for limit in result.limits}


def test_unknown_stays_unknown_and_the_comparison_not_measurable(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    asked_by(world, ["bo", "cy"])
    result = world.audit(tmp_path, "ada")
    assert standings(result) == ["unknown", "unknown"]
    assert result.answers.by_standing.verdict == "not_measurable"
    assert result.answers.by_standing.reason.key == "no_standing"


def test_without_counts_standing_is_who_talked_to_them_elsewhere(tmp_path: Path) -> None:
    """Bo was replied to by three people and reshared by one in 90 days; what happened under Ada's posts, and Ada
    herself, does not count."""
    world = World()
    world.cover(None)
    for i in range(3):
        said = world.write("bo", 1 + i)
        world.write(f"fan{i}", 1.5 + i, to=said)
    said = world.write("bo", 4)
    world.reshare("fan9", said, 4.5)
    world.write("ada", 4.6, to=world.write("bo", 4.4))
    post = world.write("ada", 10)
    asked = world.write("bo", 10.5, to=post)
    world.write("fan7", 10.6, to=asked)
    world.write("cy", 10.7, to=post)
    world.write("ada", 11)
    world.cover(None, since=-200)
    store = world.store(tmp_path)
    store.audit("ada", research=True)
    with store.session() as connection:
        from permadani.measures.network import Scope, run
        from permadani.store.who import resolve

        who = resolve(connection, "ada")
        run(connection, {who.subject: list(who.actors)}, Scope())
        found = connection.execute(
            """SELECT u.uri, s.standing, s.kind FROM standing s JOIN approach a ON a.object = s.object
               JOIN uris u ON u.id = a.asker ORDER BY 1"""
        ).fetchall()
    assert found == [("x:user/bo", 4, "network"), ("x:user/cy", 0, "network")]


def test_network_standing_needs_coverage(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    said = world.write("bo", 1)
    world.write("fan", 2, to=said)
    asked_by(world, ["bo"])
    assert standings(world.audit(tmp_path, "ada")) == ["unknown"]


def test_tenure_newcomer_first_regular_after(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    asked_by(world, ["bo", "cy", "bo", "bo"])
    cells = world.audit(tmp_path, "ada").answers.by_tenure.cells
    assert (cells["newcomer"].approaches, cells["regular"].approaches) == (2, 2)


def test_regulars_without_any_answer(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    asked_by(world, ["bo", "cy", "bo", "cy", "x:site/name/Eve", "x:site/name/Eve", "di"])
    answered = world.write("cy", 20, to=world.write("ada", 19))
    world.write("ada", 21, to=answered)
    assert world.audit(tmp_path, "ada").regulars_unanswered == 1


def talked_to(world: World) -> None:
    """Bo, whose name may be anybody's Cy, and Di write to Ada; before, two people replied to each of them elsewhere."""
    for k, name in enumerate(("bo", "x:site/name/Cy", "di")):
        for i in range(2):
            world.write(f"fan{i}", 1 + k + i / 10, to=world.write(name, 0.5 + k))
    asked_by(world, ["bo", "x:site/name/Cy", "di"])


def test_network_standing_needs_complete_coverage(tmp_path: Path) -> None:
    """A feed shows a part; whose replies it shows is chance."""
    world = World()
    talked_to(world)
    world.cover("ada")
    world.cover(None, "partial", "partial", since=-200)
    found = world.audit(tmp_path, "ada").answers
    assert found.standing_by is None
    assert found.by_standing.reason.key == "no_standing"


def test_what_is_claimed_of_the_asker_goes_before_what_is_claimed_of_everybody(tmp_path: Path) -> None:
    world = World()
    talked_to(world)
    world.cover(None, since=-200)
    world.cover("bo", "partial", since=-200)
    assert standings(world.audit(tmp_path, "ada"))[0] == "unknown"


def test_a_name_without_an_account_has_no_network_standing(tmp_path: Path) -> None:
    world = World()
    talked_to(world)
    world.cover(None, since=-200)
    found = world.audit(tmp_path, "ada")
    assert found.answers.standing_by == "network"
    assert [one == "unknown" for one in standings(found)] == [False, True, False]


def test_followers_are_named_as_such(tmp_path: Path) -> None:
    world = World()
    talked_to(world)
    world.cover(None, since=-200)
    world.standing("bo", 7)
    assert world.audit(tmp_path, "ada").answers.standing_by == "followers"
