"""Every figure of the command's answer that differs from the reference, and every interval that is none, in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from class_map.reference import closure

LEAST = 10
"""Of fewer people, or where they received less, nothing is said about how unequal that is."""
NEARLY_ALL = 0.8


def close(found: float | None, expected: float | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)


def differences(found: Any, expected: Any, at: str = "") -> Iterator[str]:
    """Every figure of the reference that the answer has not, or has otherwise."""
    if isinstance(expected, dict | list) and type(found) is not type(expected):
        yield f"{at}: {found} for {expected}"
    elif isinstance(expected, dict):
        for key, value in expected.items():
            if key not in found:
                yield f"{at}.{key}: missing"
            else:
                yield from differences(found[key], value, f"{at}.{key}")
    elif isinstance(expected, list):
        if len(found) != len(expected):
            yield f"{at}: {len(found)} for {len(expected)}"
        for place, (one, other) in enumerate(zip(found, expected, strict=False)):
            yield from differences(one, other, f"{at}[{place}]")
    elif isinstance(expected, float):
        if not close(found, expected):
            yield f"{at}: {found} for {expected}"
    elif found != expected:
        yield f"{at}: {found} for {expected}"


def matrix(found: dict[str, Any], expected: dict[str, Any], at: str, shares: bool = True) -> Iterator[str]:
    """``shares``: whether the cells have the shares answered (over time they have none)."""
    yield from differences([found["count"], found["telling"]], [expected["count"], expected["telling"]], at)
    cells = {(one["from"], one["to"]): one for one in found["cells"]}
    for one in expected["cells"]:
        here, where = cells.get((one["from"], one["to"])), f"{at} {one['from']} {one['to']}"
        if here is None:
            if found["count"]:
                yield f"{where}: missing"
            continue
        yield from differences(here, {key: value for key, value in one.items() if key != "sides"}, where)
        yield from ratio(here, where)
        sides = one.get("sides") if shares else None
        if sides is None or not sides[0]["posts"]:
            yield from differences(here["share"], None, where)
        else:
            yield from differences(here["share"], most_doubt(sides), f"{where} share")


def most_doubt(sides: list[dict[str, Any]]) -> dict[str, Any]:
    """Clustered by those approached or by those who approached: what leaves more doubt."""
    widths = [2 if one["rate"] is None else one["high"] - one["low"] for one in sides]
    return sides[widths.index(max(widths))]


def ratio(found: dict[str, Any], at: str) -> Iterator[str]:
    """No ratio below 5 expected; else observed / expected, within its interval."""
    if found["value"] is None:
        return
    if found["expected"] < 5 or not close(found["value"], found["observed"] / found["expected"]):
        yield f"{at}: ratio {found['value']} of {found['observed']} / {found['expected']}"


def spread(found: dict[str, Any] | None, expected: dict[str, Any], at: str) -> Iterator[str]:
    """None where there is nobody, or nothing was received by anybody."""
    if found is None:
        if expected["received"]:
            yield f"{at}: missing"
        return
    for name in ("people", "received", "top_people"):
        yield from differences(found[name], expected[name], f"{at}.{name}")
    for name in ("gini", "top_share"):
        estimate = found[name]
        enough = min(expected["people"], expected["received"]) >= LEAST
        said = enough and (name == "gini" or expected["top_can_be_judged"])
        told = expected[name] if said else None
        if name == "gini" and estimate is None and said and expected["gini"] > NEARLY_ALL:
            continue  # its interval excludes nothing, and is not said; the reference has none
        if not close(None if estimate is None else estimate["value"], told):
            yield f"{at}.{name}: {estimate} for {told}"


def period(found: dict[str, Any], expected: dict[str, Any], at: str) -> Iterator[str]:
    yield from differences(found["reception"], expected["reception"], f"{at}.reception")
    yield from matrix(found["answers"], expected["answers"], f"{at}.answers", shares=False)
    yield from club(found["closure"], expected["answers"], at)
    for name in ("answers", "reshares"):
        yield from spread(found["concentration"][name], expected["concentration"][name], f"{at}.{name} received")


def club(found: dict[str, Any], answers: dict[str, Any], at: str) -> Iterator[str]:
    for name, of in closure(answers).items():
        if found[name] is not None:
            yield from differences(found[name], of, f"{at}.{name}")
            yield from ratio(found[name], f"{at}.{name}")
    both = found["seniors_to_seniors"], found["others_to_seniors"], found["relative"]
    if all(one is not None and one["value"] for one in both) and not close(
        both[2]["value"], both[0]["value"] / both[1]["value"]
    ):
        yield f"{at}.relative: {both[2]['value']}"


def compare(found: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """All differences, in words."""
    wrong = []
    for name in ("people", "posts", "left_out", "reception", "newcomers"):
        wrong += differences(found[name], expected[name], name)
    wrong += differences(sorted(found["channels"], key=lambda one: one["channel"]), expected["channels"], "channels")
    for name in ("approaches", "answers", "reshares"):
        wrong += matrix(found["matrices"][name], expected["matrices"][name], name)
    wrong += club(found["closure"], expected["matrices"]["answers"], "closure")
    if found["closure"]["rich_club"] is not None:
        wrong += rich(found["closure"]["rich_club"], expected["rich_club"])
    for name in ("replies", "reshares"):
        of = found["reciprocity"][name]
        if of is not None:
            wrong += differences(of, expected["reciprocity"][name], f"reciprocity.{name}")
        elif expected["reciprocity"][name]["ties"]:
            wrong.append(f"reciprocity.{name}: missing")
        wrong += spread_of(found, expected, "answers" if name == "replies" else name)
    periods = {one["period"]: one for one in found["over_time"]}
    if list(periods) != list(expected[found["by"]]):
        wrong.append(f"periods: {list(periods)} for {list(expected[found['by']])}")
    for name, of in expected[found["by"]].items():
        if name in periods:
            wrong += period(periods[name], of, name)
    return wrong


def spread_of(found: dict[str, Any], expected: dict[str, Any], name: str) -> Iterator[str]:
    return spread(found["concentration"][name], expected["concentration"][name], f"{name} received")


def rich(found: dict[str, Any], expected: dict[str, Any]) -> Iterator[str]:
    for name in ("seniors", "ties", "possible"):
        yield from differences(found[name], expected[name], f"rich_club.{name}")
    if found["expected"] is not None and not close(found["expected"], expected["expected"]):
        yield f"rich_club.expected: {found['expected']} for {expected['expected']}"
    for name, by in (("coefficient", "possible"), ("ratio", "expected")):
        value = found[name]
        if value is not None and not close(value, expected["ties"] / expected[by]):
            yield f"rich_club.{name}: {value}"


def intervals(found: Any, at: str = "") -> Iterator[str]:
    """Every low <= figure <= high; shares within 0..1; nothing that is not a number."""
    if isinstance(found, dict):
        if "low" in found and "high" in found:
            value = found.get("rate", found.get("value"))
            if (found["low"], found["high"]).count(None) == 1 and "rate" in found:
                yield f"{at}: half an interval"
            low = -math.inf if found["low"] is None else found["low"]
            high = math.inf if found["high"] is None else found["high"]
            if value is not None and not low <= value <= high:
                yield f"{at}: {value} is not within {low} to {high}"
            if found.get("rate") is not None and not 0 <= low <= high <= 1:
                yield f"{at}: no share, {low} to {high}"
        for key, value in found.items():
            yield from intervals(value, f"{at}.{key}")
    elif isinstance(found, list):
        for place, value in enumerate(found):
            yield from intervals(value, f"{at}[{place}]")
    elif isinstance(found, float) and not math.isfinite(found):
        yield f"{at}: {found}"
