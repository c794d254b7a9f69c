"""The words of reports by their keys, marked for the catalogue; they are translated where they are shown."""

from __future__ import annotations

import re

from permadani.language import N_

MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip

GROUPS = {
    "newcomer": N_("newcomers"),
    "regular": N_("regulars"),
    "junior": N_("juniors"),
    "middle": N_("middle"),
    "senior": N_("seniors"),
    "unknown": N_("unknown class"),
    "all": N_("everyone"),
    "overall": N_("everyone"),
}

ONE_OF_GROUP = {
    "newcomer": N_("newcomer"),
    "regular": N_("regular"),
    "junior": N_("junior"),
    "middle": N_("middle class"),
    "senior": N_("senior"),
    "unknown": N_("unknown class"),
}

FROM_GROUP = {
    "newcomer": N_("of 100 messages from newcomers were answered"),
    "regular": N_("of 100 messages from regulars were answered"),
    "junior": N_("of 100 messages from juniors were answered"),
    "middle": N_("of 100 messages from the middle class were answered"),
    "senior": N_("of 100 messages from seniors were answered"),
    "unknown": N_("of 100 messages from people of unknown class were answered"),
}

MEANINGS = {
    "newcomer": N_("wrote to this account for the first time"),
    "regular": N_("had written to it before"),
    "junior": N_("the half with the fewest followers"),
    "middle": N_("those between"),
    "senior": N_("the fifth with the most followers"),
    "unknown": N_("how many follow them is not known"),
}

MEANINGS_SHORTENED = {"newcomer": N_("wrote to this account for the first time, as far as is known")}

MEANINGS_NETWORK = {
    "junior": N_("the half to whom the fewest people had replied"),
    "senior": N_("the fifth to whom the most people had replied"),
    "unknown": N_("how many people had replied to them is not known"),
}

BY_STANDING = {
    "followers": N_("By how many follow them"),
    "network": N_("By how many had replied to them"),
}

RANKS = {
    "followers": N_(
        "Juniors, middle and seniors are ranks among those who wrote to this account, by how many people follow them."
    ),
    "network": N_(
        "Juniors, middle and seniors are ranks among those who wrote to this account, by how many people had replied "
        "to them or passed on what they wrote, elsewhere and in the 90 days before: nobody's followers are known."
    ),
}

QUESTIONS = {
    "answers": N_("Does it answer juniors as it answers seniors?"),
    "takes_up": N_("Whose open questions does it take up?"),
    "amplification": N_("Does it pass on good words of people without followers?"),
    "participation": N_("Does it join the conversations under its own posts?"),
    "practice": N_("Does it do what it tells others to do?"),
}

PAIRS = {"tenure": N_("Newcomers and regulars"), "standing": N_("Juniors and seniors")}

VERDICTS = {
    "passes_over": N_("passes over"),
    "signs_of_passing_over": N_("signs of passing over"),
    "favours": N_("favours"),
    "signs_of_favouring": N_("signs of favouring"),
    "even_handed": N_("even-handed"),
    "answers_few": N_("answers few"),
    "takes_part": N_("takes part"),
    "sometimes": N_("sometimes takes part"),
    "rarely": N_("rarely takes part"),
    "not_enough_evidence": N_("not enough evidence"),
    "not_measurable": N_("not measurable"),
}

VERDICTS_ON = {
    ("passes_over", "standing"): N_("passes over juniors"),
    ("signs_of_passing_over", "standing"): N_("signs of passing over juniors"),
    ("favours", "standing"): N_("favours juniors"),
    ("signs_of_favouring", "standing"): N_("signs of favouring juniors"),
    ("passes_over", "tenure"): N_("passes over newcomers"),
    ("signs_of_passing_over", "tenure"): N_("signs of passing over newcomers"),
    ("favours", "tenure"): N_("favours newcomers"),
    ("signs_of_favouring", "tenure"): N_("signs of favouring newcomers"),
}

# How a verdict looks: said again by the mark's shape and, first of all, by its words.
TONES = {
    "passes_over": "less",
    "signs_of_passing_over": "less-signs",
    "answers_few": "less",
    "rarely": "less",
    "favours": "more",
    "signs_of_favouring": "more-signs",
    "even_handed": "even",
    "takes_part": "even",
    "sometimes": "half",
    "not_enough_evidence": "open",
    "not_measurable": "cannot",
}

COMPLETENESS = {"complete": N_("complete"), "partial": N_("in part"), "none": N_("nothing")}

# How it is known what was collected: texts of the importers, with what they name. Other texts stand as they are.
BASES = tuple(
    (re.compile("^" + re.escape(text).replace(re.escape("{x}"), "(?P<x>.+)") + "$", re.DOTALL), text)
    for text in (
        N_("Disqus export of forum {x}"),
        N_("WordPress export (WXR) of {x}, spam not included"),
        N_("tweets as collected by the user"),
        N_("archive of all the owner's tweets"),
        N_("part of an archive of the owner's tweets"),
        N_("archives hold only what their owner wrote"),
        N_("activities as collected by the user"),
        N_("outbox of the account"),
        N_("deleted posts are missing"),
        N_("part of the account's outbox"),
        N_("an outbox holds nothing that others wrote"),
        N_("Bluesky JSON as collected by the user"),
        N_("repository export: what the account wrote and did not delete"),
        N_("part of a repository"),
        N_("a repository holds nothing that others wrote"),
        N_("ConvoKit corpus as collected"),
        N_("Discourse topics as collected"),
        N_("Discourse archive of {x}"),
        N_("sent mail as its owner kept it"),
        N_("received mail as its owner kept it"),
        N_("sent and received mail as its owner kept it"),
        N_("public archive of a mailing list"),
        N_("public archive of the mailing list {x}"),
        N_("Facebook export"),
        N_("Facebook export, comments only"),
        N_("Facebook export, posts only"),
        N_("Facebook export, {x} only"),
        N_("Facebook export: nothing that others wrote"),
        N_("feed of {x}, entries only"),
        N_("feed of {x}, read live"),
        N_("feed of {x}"),
        N_("Google+ Takeout, a file a post"),
        N_("YouTube comments as collected"),
        N_("Google Takeout, the owner's comments"),
        N_("Google Takeout, the owner's live chat"),
        N_("Google Takeout holds nobody else's comments"),
        N_("neutral tables without a coverage table"),
        N_("every message to and from the account was collected (demo)"),
        N_("Bluesky, read at {x}"),
        N_("Mastodon API, read at {x}: what came from other servers is only what reached this one"),
        N_("WordPress, read at {x} with a login"),
        N_("WordPress, read at {x} without a login, spam and held comments not seen"),
        N_("comments kept by {x} cannot be read"),
        N_("nobody can comment there"),
    )
)
WEAKENED = (
    (re.compile(r"^(?P<basis>.*) \(file cut off\)$", re.DOTALL), N_("{basis} (file cut off)")),
    (
        re.compile(r"^(?P<basis>.*) \((?P<lost>\d+) of (?P<total>\d+) records unreadable\)$", re.DOTALL),
        N_("{basis} ({lost} of {total} records unreadable)"),
    ),
)

EVERYBODY = N_(
    "The chart counts messages that came while the account was around; these two columns count everybody who wrote."
)

DOTS_ALONE = N_(
    "Whether the two differ by choice is not shown by the dots alone: how much there was to answer and the substance "
    "of the messages are not taken into account in them."
)

TRENDS = {
    "fell": N_("The share that was answered fell over these years."),
    "rose": N_("The share that was answered rose over these years."),
    "steady": N_("No clear rise or fall over these years."),
}

CHANNELS = {
    "bluesky": "Bluesky", "mastodon": "Mastodon", "x": "X", "twitter": "X", "facebook": "Facebook",
    "google_plus": "Google+", "wordpress": "WordPress", "disqus": "Disqus", "instagram": "Instagram",
    "activitystreams": "ActivityStreams",
    "discourse": "Discourse", "convokit": "ConvoKit", "pipermail": N_("mailing list"),
    "threads": "Threads", "reddit": "Reddit", "youtube": "YouTube", "linkedin": "LinkedIn",
    "email": N_("e-mail"), "mailing_list": N_("mailing list"), "blog": N_("blog"), "feed": N_("feed"),
}  # fmt: skip

# Channels of which there are many, by how their names begin: each list and each forum is one of its own.
ONE_CHANNEL_OF = {
    "pipermail-": N_("mailing list {name}"), "discourse-": N_("forum {name}"), "convokit-": N_("corpus {name}"),
}  # fmt: skip
