"""What the classes of a map are called, and what they are: ranks on a channel, not among one account's askers."""

from __future__ import annotations

from permadani.language import N_

CLASSES = ("junior", "middle", "senior", "unknown")

NAMES = {
    "junior": N_("juniors"),
    "middle": N_("the middle class"),
    "senior": N_("seniors"),
    "unknown": N_("people of unknown class"),
    "all": N_("everybody"),
    "newcomer": N_("first posts"),
    "regular": N_("later posts"),
}
"""Within a sentence; of tenures it is the posts that are named, since one person writes both."""

STARTING = {
    "junior": N_("Juniors"),
    "middle": N_("The middle class"),
    "senior": N_("Seniors"),
    "unknown": N_("People of unknown class"),
    "all": N_("Everybody"),
}

LABELS = {
    "junior": N_("juniors"),
    "middle": N_("middle"),
    "senior": N_("seniors"),
    "unknown": N_("unknown"),
    "all": N_("everybody"),
    "newcomer": N_("first posts"),
    "regular": N_("later posts"),
}
"""In tables and pictures."""

TO = {
    "junior": N_("to juniors"),
    "middle": N_("to the middle"),
    "senior": N_("to seniors"),
    "unknown": N_("to unknown"),
}

MEANINGS = {
    "junior": N_("the lower half of those who posted on a channel, by standing; more than half where many stand alike"),
    "middle": N_("those between"),
    "senior": N_("the top fifth; fewer where many stand alike"),
    "unknown": N_("people whose standing before their post is not known"),
    "newcomer": N_("a person's first post on the channel in all that is known"),
    "regular": N_("every later post"),
    "unknown_tenure": N_("posts of people who may have written before what is known begins, or where only a part is"),
}

MONTHLY = N_("{month} {year}")
