"""Who is seated where, from the tables that it is read from."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pytest

from permadani.measures.network import FOREVER
from permadani.measures.seats import BLOCK, NOBODY_ASKED, Seats, seats_of

Row = tuple[int | None, ...]
FOLLOWED = (-FOREVER, FOREVER)


def read(accounts: int, seated: list[Row], people: Sequence[Row] = ()) -> Seats:
    """``seated``: number, seat, channel, followed, weak, base, since, until; ``people``: actor (a seat), person."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE account (number INTEGER)")
        connection.execute("INSERT INTO account SELECT * FROM range($1)", [accounts])
        connection.execute(
            """CREATE TABLE seated (number INTEGER, seat BIGINT, channel INTEGER, followed INTEGER, weak INTEGER,
                   base BIGINT, since BIGINT, until BIGINT)"""
        )
        connection.execute("CREATE TABLE people (actor BIGINT, person BIGINT)")
        for table, rows in (("seated", seated), ("people", people)):
            for row in rows:
                connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        return seats_of(connection)


def test_who_is_on_no_channel_asked_for_has_no_standing() -> None:
    seats = read(3, [(1, 70, 0, 0, 1, 0, 0, 0)])
    assert len(seats) == 3
    assert seats.channel.tolist() == [NOBODY_ASKED, 0, NOBODY_ASKED]
    assert seats.seat.tolist() == [0, 70, 0]
    assert seats.weak.tolist() == [False, True, False]
    assert seats.base.tolist() == [-1, 0, -1]
    assert (seats.first_block > seats.last_block).tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("since", "until", "blocks"),
    [
        (0, 0, (0, 0)), (1, BLOCK - 1, (1, 0)), (1, BLOCK, (1, 1)), (-1, -1, (0, -1)), (-BLOCK, -1, (-1, -1)),
        (-BLOCK - 1, BLOCK, (-1, 1)), (*FOLLOWED, (-3_472_222, 3_472_222)), (FOREVER, 0, (3_472_223, 0)),
    ],
)  # fmt: skip
def test_blocks_that_begin_within_what_is_known(since: int, until: int, blocks: tuple[int, int]) -> None:
    seats = read(1, [(0, 7, 0, 0, 0, 0, since, until)])
    assert (int(seats.first_block[0]), int(seats.last_block[0])) == blocks
    begins = [one for one in range(-2, 3) if since <= one * BLOCK <= until]
    assert begins == [one for one in range(-2, 3) if blocks[0] <= one <= blocks[1]]


def test_an_unknown_count_of_followers_is_not_zero() -> None:
    seats = read(2, [(0, 7, 0, 1, 0, None, *FOLLOWED), (1, 8, 0, 1, 0, 0, *FOLLOWED)])
    assert seats.base.tolist() == [-1, 0]
    assert seats.followed.tolist() == [True, True]


def test_linked_people_share_the_least_of_their_numbers() -> None:
    seated: list[Row] = [(one, 70 + one, one % 2, 0, 0, 0, 0, 0) for one in range(5)]
    seats = read(6, seated, [(74, 9), (71, 9), (72, 8), (99, 8)])
    assert seats.person.tolist() == [0, 1, 2, 3, 1, 5]


def test_nobody_is_there() -> None:
    assert len(read(0, [])) == 0
