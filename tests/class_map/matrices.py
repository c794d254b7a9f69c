"""Class by class: how many acts, by how many people, and how many were to be expected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from class_map.approaches import Answer, Approach, expected
from class_map.standing import CLASSES
from class_map.tables import Message, Seat, Tables

CELLS = [(source, to) for source in CLASSES for to in CLASSES]


@dataclass
class Act:
    """By one of class ``source`` to one of class ``to``."""

    source: str
    to: str
    giver: str
    receiver: str
    channel: str = ""


@dataclass
class Reshare:
    giver: Seat
    target: Message
    moment: int


def reshares(tables: Tables) -> list[Reshare]:
    """Announces, and quotes that no program or spam is, of messages of somebody else."""
    found = []
    for actor, target, moment in tables.announces:
        of = tables.messages.get(target)
        if of is not None and of.person != tables.person(actor):
            found.append(Reshare((tables.person(actor), of.channel), of, moment))
    for message in tables.messages.values():
        of = tables.messages.get(message.quotes or "")
        if of is not None and message.of_a_person and of.person != message.person:
            found.append(Reshare(message.seat, of, message.published))
    return found


def counts(acts: list[Act]) -> list[dict[str, Any]]:
    cells = []
    for source, to in CELLS:
        here = [one for one in acts if (one.source, one.to) == (source, to)]
        cells.append({
            "from": source, "to": to, "count": len(here), "givers": len({one.giver for one in here}),
            "receivers": len({one.receiver for one in here}),
        })  # fmt: skip
    return cells


def of_labels(acts: list[Act]) -> dict[str, Any]:
    """Expected where labels are shuffled within each channel: row sum times column sum over all there."""
    cells = counts(acts)
    for cell in cells:
        cell["observed"], cell["expected"] = cell["count"], 0.0
        for channel in {one.channel for one in acts}:
            here = [one for one in acts if one.channel == channel]
            row = sum(1 for one in here if one.source == cell["from"])
            column = sum(1 for one in here if one.to == cell["to"])
            cell["expected"] += row * column / len(here)
    return {"count": len(acts), "telling": len(acts), "cells": cells}


def of_answers(
    answers: list[Answer], giver: Callable[[Approach], str], asker: Callable[[Approach], str]
) -> dict[str, Any]:
    """Expected as the waiting sets have it; answers with nobody else waiting tell nothing."""
    telling = [one for one in answers if len(one.waiting) > 1]
    told = expected(telling, giver, asker)
    acts = [
        Act(giver(one.of), asker(one.of), one.of.to[0] if one.of.to else one.of.by[0], one.of.message.person)  # type: ignore[index]
        for one in answers
    ]
    cells = counts(acts)
    for cell in cells:
        here = cell["from"], cell["to"]
        cell["observed"] = sum(1 for one in telling if (giver(one.of), asker(one.of)) == here)
        cell["expected"] = told.get(here, 0.0)
    return {"count": len(answers), "telling": len(telling), "cells": cells}
