"""The data of a choice among those waiting, row by row, for one account."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from permadani.statistics.queue import Floats, Ints


@dataclass(frozen=True)
class Choices:
    """E choices with R rows in all; rows stand choice by choice.

    ``x``: shape (R,), the covariate in question (junior 1, senior 0). ``z``: shape (R, p), the other covariates.
    ``start``: shape (E,), each choice's first row. ``chosen``: shape (E,), the chosen rows.
    ``asker``: shape (R,), codes from 0 without gaps. ``thread``: shape (R,), likewise, -1 where a row is in none.
    """

    x: Floats
    z: Floats
    start: Ints
    chosen: Ints
    asker: Ints
    thread: Ints

    @classmethod
    def of(
        cls, x: npt.ArrayLike, z: npt.ArrayLike, start: npt.ArrayLike, chosen: npt.ArrayLike, asker: npt.ArrayLike,
        thread: npt.ArrayLike,
    ) -> Choices:  # fmt: skip
        """The same with askers and threads under any names; negative threads are none."""
        threads = np.asarray(thread)
        return cls(
            np.asarray(x, dtype=np.float64), np.asarray(z, dtype=np.float64), np.asarray(start, dtype=np.int64),
            np.asarray(chosen, dtype=np.int64), _codes(np.asarray(asker)),
            np.where(threads < 0, -1, _codes(np.where(threads < 0, -1, threads)) - bool((threads < 0).any())),
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.start)

    @cached_property
    def sizes(self) -> Ints:
        return np.diff(self.start, append=len(self.x))

    @cached_property
    def choice(self) -> Ints:
        """The choice each row belongs to, shape (R,)."""
        return np.asarray(np.repeat(np.arange(len(self.start)), self.sizes))

    @cached_property
    def askers(self) -> int:
        return int(self.asker.max(initial=-1)) + 1

    @cached_property
    def threads(self) -> int:
        return int(self.thread.max(initial=-1)) + 1

    @cached_property
    def informative(self) -> int:
        """Choices in which ``x`` differed among those waiting."""
        high, low = np.maximum.reduceat(self.x, self.start), np.minimum.reduceat(self.x, self.start)
        return int((high > low).sum())

    def with_x(self, x: Floats) -> Choices:
        """Another covariate in question."""
        return replace(self, x=x)


def _codes(names: npt.NDArray[np.generic]) -> Ints:
    return np.asarray(np.unique(names, return_inverse=True)[1], dtype=np.int64)
