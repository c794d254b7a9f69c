"""Hostile answers of a server that claims to be Mastodon: problems or an error of ours, never a traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from permadani.errors import FetchError
from permadani.sources.foreign import fault
from permadani.sources.http import Client
from permadani.sources.live.base import FetchOptions
from servers.mastodon.stub import SAYS, Stub
from sources.mastodon_runs import NOW, crowd, door_of, hall_stub


@pytest.fixture
def stub() -> Iterator[Stub]:
    with hall_stub() as running:
        yield running


# -- hostile answers ------------------------------------------------------------------------------------------------

NASTY = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(["<script>alert(1)</script>", "\ud800", "9" * 500, "https://[", "0001-01-01T00:00:00Z", "\x00"]),
    st.lists(st.none(), max_size=3), st.dictionaries(st.text(max_size=5), st.none(), max_size=2),
)  # fmt: skip


def mutated(value: Any, chance: Random, nasty: list[Any], left: list[int]) -> Any:
    """The same JSON with some values swapped for nasty ones; ``left``: how many more."""
    if left[0] and chance.random() < 1 / 40:
        left[0] -= 1
        return chance.choice([*nasty, [value], {"id": value}, list(value) if isinstance(value, dict) else str(value)])
    if isinstance(value, dict):
        return {name: mutated(part, chance, nasty, left) for name, part in value.items()}
    if isinstance(value, list):
        return [mutated(part, chance, nasty, left) for part in value]
    return value


@examples(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), nasty=st.lists(NASTY, min_size=1, max_size=6), many=st.sampled_from([2, 6, 30]))
def test_hostile_answers_end_in_problems_or_an_error_of_ours(seed: int, nasty: list[Any], many: int) -> None:
    world = crowd(3)
    world.write(world.me, 2, boosts=world.messages[1])
    world.write(world.people[0], 3, names=(world.me,))
    # the stub answers in a thread of its own, where nothing can be drawn
    chance, left = Random(seed), [many]  # noqa: S311
    with (
        Stub(world, changes=lambda path, value: mutated(value, chance, nasty, left)) as stub,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv(f"PERMADANI_SECRET_127_0_0_1___{stub.server.port}", world.token)
        read_hostile(stub)


def read_hostile(stub: Stub) -> None:
    with Client(allow_local=True, max_requests=60, sleep=lambda seconds: None) as client:
        try:
            for page in door_of(stub, client).pages(None, FetchOptions(NOW, 0)):
                json.dumps(page.state)
                for record in page.records:
                    assert fault(record) is None
        except FetchError as error:
            assert error.text()


def test_the_stub_says_that_it_is_one(stub: Stub) -> None:
    with Client(allow_local=True) as client:
        told = client.get(f"http://{stub.host}/api/v2/instance")
    assert told.headers["x-stub"] == SAYS and "stub" in told.json()["version"]
