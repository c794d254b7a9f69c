"""Choices with figures from R and from prototypes: one in the project, three that lie beside it where they do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from permadani.statistics.choices import Choices
from permadani.statistics.conditional import Batch

OWN = Path(__file__).parent / "statistics" / "choice_small.json"
BESIDE = Path(__file__).parents[2] / "shared" / "data" / "choice-fixtures"
NAMES = ("own", "small", "middle", "large")


def figures(name: str) -> tuple[Choices, Batch, dict[str, Any]]:
    """The choices, as the integrated likelihood and as the cheaper form take them, and what is expected of them."""
    columns, expected = _own() if name == "own" else _beside(name)
    z = np.column_stack(
        [columns[k] for k in ("substantive", "log1p_days_waiting", "log_comments", "mention")]
    )  # fmt: skip
    thread = np.where(columns["mention"] == 1, -1, columns["thread"]).astype(int)
    choices = Choices.of(
        columns["junior"], z, columns["start"].astype(int), columns["chosen"].astype(int), columns["asker"].astype(int),
        thread,
    )  # fmt: skip
    return choices, Batch.of([choices], [columns["approach"].astype(np.int64)]), expected


def _own() -> tuple[dict[str, Any], dict[str, Any]]:
    told = json.loads(OWN.read_text("utf-8"))
    expected = told.pop("expected")
    columns = {key: np.array(value) for key, value in told.items() if isinstance(value, list)}
    columns["start"] = np.cumsum(columns["sizes"]) - columns["sizes"]
    return columns, expected


def _beside(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    if not BESIDE.is_dir():
        pytest.skip("the simulated choice problems with R's figures do not lie beside the project")
    table = np.genfromtxt(BESIDE / f"{name}.csv", delimiter=",", names=True)
    columns = {key: table[key] for key in table.dtype.names}
    columns["start"] = np.nonzero(np.diff(columns["event"], prepend=-1))[0]
    columns["chosen"] = np.nonzero(columns["answered"])[0]
    return columns, json.loads((BESIDE / f"{name}.json").read_text("utf-8"))
