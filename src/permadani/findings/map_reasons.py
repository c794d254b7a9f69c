"""What the class map says and cannot say: templates by their keys, as in ``reasons.TEMPLATES``."""

from __future__ import annotations

from permadani.language import N_

MAP_TEMPLATES: dict[str, str] = {
    "map_closed": N_(
        "Seniors answer seniors clearly more often than a blind choice among those who waited would, and {value} "
        "[{low}–{high}] times as often as everybody else does, measured in the same way: that is more than rank."
    ),
    "map_not_closed": N_(
        "Seniors answer seniors {value} [{low}–{high}] times as often as everybody else does, measured against a blind "
        "choice among those who waited: clearly less than one and a half times, so this is no closed club."
    ),
    "map_too_few_answers": N_("Too few answers tell anything to say whether the seniors are a closed club."),
    "map_same_hours": N_(
        "Seniors answer seniors more often than others do, but they are also there at the same hours and meet each "
        "other's messages while these are new: once that is reckoned with, too little is left to call it a closed club."
    ),
    "map_undecided": N_(
        "Seniors answer seniors {value} [{low}–{high}] times as often as everybody else does: that may be a closed "
        "club, and may be none."
    ),
    "map_trend_partial": N_("only part was collected, perhaps another part each time"),
    "map_trend_unsure": N_("the first and the last of these periods do not lie clearly apart"),
    "map_several_channels": N_(
        "Figures over several channels mix them: a class is a rank on its channel, and one channel may be answered "
        "more than another. Each channel is told by itself too."
    ),
    "map_partial": N_(
        "Only part of this network was collected, so whether the seniors are a closed club is not said: what is "
        "missing may be their answers to others."
    ),
    "map_no_answers": N_("No answers can be seen in what was collected."),
    "map_no_classes": N_("No standing is known of anybody, so there are no classes to compare."),
    "map_nobody_approached": N_(
        "Posts on these channels speak to a group: a post that begins a conversation asks everybody, and nobody is "
        "approached."
    ),
    "map_flat": N_("Comments on these channels do not tell what they reply to, so who answers whom cannot be known."),
    "map_no_reshares": N_("Nobody's reshares are seen on these channels."),
    "map_nothing_observed": N_("Nothing was collected that shows how anybody's posts are received."),
    "map_unseen": N_(
        "Deleted and private answers are not seen. No text was read: spam that nobody marked, sales pitches and bare "
        "applause count as posts."
    ),
    "map_undated": N_("Follower counts without a date are taken as constant: {count} of {total} accounts."),
    "map_young": N_(
        "{count} of {total} posts are younger than {days} days at the end of what was collected: some may still be "
        "answered."
    ),
    "map_weak": N_(
        "{count} of {total} people are known by a name only and have no account: two of them may be one person, or "
        "one two."
    ),
    "map_tenure_unknown": N_(
        "Whether the author of a post is new is not known of {count} of {total} posts: little is known of what was "
        "written there before, or only part was collected."
    ),
    "map_unknown_class": N_("{count} of {total} people are in no class: their standing is unknown."),
    "map_unseen_mentions": N_(
        "{count} mentions are left out: not all mentions of those accounts could be read, and those that were answered "
        "are seen more often."
    ),
    "map_partial_level": N_(
        "Only part of these channels was collected: the figures are of what was collected, and not of the network."
    ),
    "map_flat_comments": N_(
        "{count} comments are left out: nothing there tells which comment a comment replies to, so whether they were "
        "answered cannot be known."
    ),
    "map_channel_left_out": N_("{channel} is left out: {reason}"),
}
