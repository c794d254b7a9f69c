"""A fictional school hall with planted truth: five accounts, those who write to them, and what they hear back.

Deterministic: the same scale gives the same hall on every computer.
"""

from __future__ import annotations

from permadani.demo.answering import answer
from permadani.demo.asking import ask, publish
from permadani.demo.bustle import bustle
from permadani.demo.model import DAY, START, Account, Hall, Place
from permadani.demo.people import Crowd
from permadani.demo.plans import PLANS, Plan

SEED = 20_110_906


def make_hall(scale: float = 1.0) -> Hall:
    """The whole hall; ``scale`` shrinks the number of people and messages."""
    crowd = Crowd(SEED, scale)
    return Hall(tuple(_account(crowd, plan) for plan in PLANS))


def _account(crowd: Crowd, plan: Plan) -> Account:
    person = crowd.owner(plan.key, plan.name, plan.language, plan.followers)
    absences = tuple((START + first * DAY, START + last * DAY) for first, last in plan.absences)
    account = Account(plan.key, person, absences=absences)
    posts = {}
    for stage in plan.stages:
        place = Place(stage.kind, stage.site, person)
        account.places.append(place)
        posts[stage] = publish(crowd, account, place, stage, plan)
    for stage, place in zip(plan.stages, account.places, strict=True):
        ask(crowd, account, place, stage, posts[stage], plan)
    account.approaches.sort(key=lambda a: (a.message.at, a.message.number))
    answer(crowd, account, plan)
    for place in account.places:
        bustle(crowd, account, place, plan)
        place.messages.sort(key=lambda m: (m.at, m.number))
    return account
