"""Directed graphs as two arrays of numbers: ties returned, rich clubs, ties of a blind draw.

Ties are counted once however often they are drawn, and nobody is tied to themselves. Unlike networkx (3.6), which is
the oracle of the tests, everything is defined where there is nothing to divide by: it is None.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


def reciprocity(source: npt.ArrayLike, target: npt.ArrayLike) -> tuple[int, int]:
    """How many ties there are, and how many of these are returned (a pair of ties counts as two).

    ``source`` and ``target``: whole numbers, shape (E,), the ends of each tie.
    """
    start, end = _ties(source, target, directed=True)
    number = np.int64(_people(start, end))
    here, back = start * number + end, end * number + start
    back.sort()
    place = np.searchsorted(here, back)
    place[place == len(here)] = 0
    return len(here), int(np.count_nonzero(here[place] == back)) if len(here) else 0


def rich_club(source: npt.ArrayLike, target: npt.ArrayLike, directed: bool) -> tuple[Ints, list[float | None]]:
    """The degrees 0, 1, ... and, for each, the ties among those with a greater degree, of all possible ones.

    Degrees run to the greatest there is, where nobody is left. Possible among n: n (n - 1) / 2, or where ``directed``
    n (n - 1), the degree being ties given and received together (Colizza et al., Nature Physics 2, 2006; networkx
    refuses directed graphs). None where fewer than two are left, where networkx ends its list. People without any tie
    are not seen here and have none to add.
    """
    start, end = _ties(source, target, directed=directed)
    if not len(start):
        return np.zeros(0, dtype=np.int64), []
    degree = np.bincount(np.concatenate([start, end]))
    most = int(degree.max())
    members = len(degree) - np.cumsum(np.bincount(degree, minlength=most + 1))
    poorer = np.minimum(degree[start], degree[end])
    inside = len(start) - np.cumsum(np.bincount(poorer, minlength=most + 1))
    possible = members * (members - 1) // (1 if directed else 2)
    shares = [had / could if could else None for had, could in zip(inside.tolist(), possible.tolist(), strict=True)]
    return np.arange(most + 1), shares


def blind_ties(out_degree: npt.ArrayLike, in_degree: npt.ArrayLike, member: npt.ArrayLike) -> float | None:
    """How many ties there would be within a club if all were drawn blindly; None where there are no ties.

    ``out_degree``, ``in_degree``: ties given and received, shape (N,), one row a person. ``member``: who is in the
    club, bool. The sum of out_i x in_j / all ties over ordered pairs of different members: every tie keeps its giver
    and is given to a receiver in proportion to what each received (the configuration model; Newman, Networks, 2010,
    section 13.2). It may exceed the possible ties where few people hold most.
    """
    given, received = np.asarray(out_degree, dtype=np.float64), np.asarray(in_degree, dtype=np.float64)
    club = np.asarray(member, dtype=np.bool_)
    ties = float(given.sum())
    if not ties > 0:
        return None
    own = float((given[club] * received[club]).sum())
    return max(0.0, float(given[club].sum() * received[club].sum()) - own) / ties


def _ties(source: npt.ArrayLike, target: npt.ArrayLike, *, directed: bool) -> tuple[Ints, Ints]:
    """The ends of different ties in order, people as numbers that tables can be indexed by; of undirected ties the
    lesser end first."""
    start, end = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
    apart = start != end
    start, end = start[apart], end[apart]
    if not len(start):
        return start, end
    if min(int(start.min()), int(end.min())) < 0 or max(int(start.max()), int(end.max())) > 8 * len(start) + 1000:
        _, place = np.unique(np.concatenate([start, end]), return_inverse=True)
        start, end = np.split(place.astype(np.int64), 2)
    if not directed:
        start, end = np.minimum(start, end), np.maximum(start, end)
    people = _people(start, end)
    ties = start * people + end
    ties.sort()
    # sorting is quicker here than the table of np.unique, nearly all ties being different
    ties = ties[np.append(True, ties[1:] != ties[:-1])]
    return ties // people, ties % people


def _people(start: Ints, end: Ints) -> int:
    return int(max(start.max(), end.max())) + 1 if len(start) else 0
