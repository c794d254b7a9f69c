"""Why a verdict is what it is, and what could not be seen: templates with values, translated late."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from permadani.findings.map_reasons import MAP_TEMPLATES
from permadani.language import N_, Translate, english

TEMPLATES: dict[str, str] = {
    # not measurable
    "no_inbound": N_("The data holds no messages to this account, so what it left unanswered cannot be known."),
    "inbound_unclaimed": N_(
        "Messages to this account were collected, but nothing says how completely, so what it left unanswered cannot "
        "be known."
    ),
    "no_inbound_there": N_(
        "The data holds no messages to this account on {channel}, so what it could have passed on is not known."
    ),
    "no_outbound": N_("The data does not hold what this account wrote, so its answers cannot be known."),
    "no_coverage": N_(
        "Nothing says how completely messages on {channel} were collected, so what was left unanswered cannot be known."
    ),
    "group_channel": N_("Posts here speak to a group, so a message under a post is not addressed to its author alone."),
    "no_standing": N_("How many people follow those who wrote is not known on this channel."),
    "reshares_unseen": N_("The data on {channel} shows nobody's reshares, so its own cannot be known."),
    "matching_failed": N_(
        "The account joined {joined} of {threads} conversations, but next to no answer could be tied to a message: "
        "the links between them are missing in the data."
    ),
    # not enough evidence
    "no_approaches": N_("Nobody wrote to this account in what was collected."),
    "too_few": N_(
        "{eligible} messages of {askers} people can be judged; at least {needed} messages of {people} people are "
        "needed before a rate says much."
    ),
    "few_but_late": N_("Few answers came in time, but others came later: it answers late rather than few."),
    "few_but_people": N_(
        "Few messages were answered, but of 100 people who wrote up to {people} may have had an answer: "
        "a few people wrote very often."
    ),
    "few_but_matching": N_(
        "Few answers were found, but the account wrote on in those conversations, or to those people elsewhere: "
        "more may have been answered than can be tied together."
    ),
    "few_but_unlinked": N_(
        "Few answers were found, but {count} messages of its own that were deleted, or reply to what was not "
        "collected, can be tied to nothing: they may have been answers."
    ),
    "no_yardstick": N_("The rate is measured; whether it is usual for an account of this size is not known."),
    # comparisons, of standing and of tenure alike; "they" are those whom the verdict names
    "gate_answers": N_("{answers} answers were given while people of both groups waited; {needed} are needed."),
    "gate_askers": N_(
        "Of each group at least {needed} people must have waited while an answer was given; {group}: {count}."
    ),
    "gate_expected": N_(
        "A blind choice would have sent only {expected} answers to one of the groups; at least {needed} are needed."
    ),
    "gate_variance": N_("Too few of these choices lay open between the two groups, so they say too little."),
    "gate_answers_reshares": N_(
        "{answers} messages were passed on while those of both groups were open; {needed} are needed."
    ),
    "gate_askers_reshares": N_(
        "Of each group the messages of at least {needed} people must have been open while one was passed on; "
        "{group}: {count}."
    ),
    "gate_expected_reshares": N_(
        "A blind choice would have passed on {expected} messages of one of the groups; at least {needed} are needed."
    ),
    "gate_answers_questions": N_(
        "{answers} questions were taken up while those of both groups were open; {needed} are needed."
    ),
    "gate_askers_questions": N_(
        "Of each group the questions of at least {needed} people must have been open while one was taken up; "
        "{group}: {count}."
    ),
    "gate_expected_questions": N_(
        "A blind choice would have taken up {expected} questions of one of the groups; at least {needed} are needed."
    ),
    "undecided": N_("The data fit an even choice as well as a preference: odds {value} [{low}–{high}]."),
    "passes_over": N_(
        "Among those who waited at the same moment, they were chosen clearly less often. How much there was to "
        "answer, absence and the substance of the messages are taken into account, and no check that a verdict needs "
        "speaks against it."
    ),
    "favours": N_(
        "Among those who waited at the same moment, they were chosen clearly more often. How much there was to "
        "answer, absence and the substance of the messages are taken into account, and no check that a verdict needs "
        "speaks against it."
    ),
    "even_handed": N_(
        "Among those who waited at the same moment, both groups were chosen alike: any preference is smaller than "
        "one and a half to one."
    ),
    "signs": N_("There is a difference, but it is not beyond doubt: about 1 fair account in 90 looks like this."),
    "signs_caution": N_("About 1 fair account in 90 looks like this."),
    "clusters_disagree": N_(
        "The result hangs on a few people or conversations: with each of them left out in turn it is not sure."
    ),
    "elsewhere_disagrees": N_(
        "Some messages may have been answered in another way (to everybody in the conversation, or to the writer "
        "elsewhere); counting these the result is not the same, so no more is said."
    ),
    "standing_disagrees": N_(
        "By how many people followed them when they first wrote the result is not the same: they may have grown by its "
        "answers, so no more is said."
    ),
    "windows_disagree": N_("With a window of 3, 14 or 30 days the result is not the same, so no more is said."),
    "size_disagrees": N_(
        "With small and large taken by absolute numbers of followers the result is not the same, so no more is said."
    ),
    "substance_disagrees": N_(
        "The result depends on how well messages of substance are told apart from applause: it does not hold both "
        "with and without correction for wrong labels."
    ),
    "substance_unknown": N_("Of too many messages the substance is unknown to speak of more than signs."),
    "standing_undated": N_(
        "How many followed those who wrote before they did is not known: its answers may have made them grow, so no "
        "more than signs can be told."
    ),
    "prior_contact_explains": N_(
        "The difference goes back to people it had spoken with before; with that taken into account it is not seen."
    ),
    "comparison_partial": N_(
        "Only part of the messages was collected: a difference may come from what is missing, so nothing accusing "
        "is said."
    ),
    "comparison_namesakes": N_(
        "{count} other signatures with the same name write in the same conversations, or under any name answer a third "
        "of what is written to it: if they are the same person, their answers are missing here, so nothing accusing is "
        "said."
    ),
    "comparison_unknown_standing": N_(
        "Of {unknown} of 100 messages it is not known how many people follow their writers: those who are known may be "
        "a selection, so nothing accusing is said."
    ),
    "comparison_unlinked": N_(
        "{count} messages of its own that were deleted, or reply to what was not collected, can be tied to nothing: "
        "they may have been answers to anybody, so nothing accusing is said."
    ),
    "comparison_deleted": N_(
        "{deleted} of {total} messages to it were deleted since, perhaps because nobody answered: nothing accusing is "
        "said."
    ),
    "comparison_named": N_(
        "{named} of {answered} answers could be found only by the name they call. Answers that name nobody were "
        "missed, so nothing accusing is said."
    ),
    "among_many": N_(
        "Among {count} accounts that were compared some look like this by chance: no more than a sign is left."
    ),
    "signs_withheld": N_("The evidence is not enough for a file that can be passed on."),
    "usual_known": N_("The rate is measured; beside it stands how it lies among accounts of like size in this store."),
    "no_usual": N_("The store holds too few accounts of like size to tell whether that is usual."),
    "too_dull": N_("The substance of too many comments is unknown to say that it rarely joins."),
    "joined_late": N_("It joined few conversations in time, but others later: it joins late rather than rarely."),
    "joined_elsewhere": N_(
        "It joined few conversations, but wrote elsewhere to people who had commented: it may have joined in another "
        "way."
    ),
    "few_conversations": N_("{count} posts drew three comments of substance; {needed} are needed."),
    "few_but_namesakes": N_(
        "Few answers were found, but {count} other signatures with the same name write in the same conversations, or "
        "under any name answer a third of what is written to it: if they are the same person, link them with "
        "`permadani people link`."
    ),
    "few_but_partial": N_("Few answers were found, but only part of the messages was collected."),
    # verdicts
    "answers_few": N_("At most {high} of 100 messages were answered within {days} days; {eligible} could be judged."),
    "participation_measured": N_(
        "It joined {joined} of {conversations} conversations under its own posts. The bounds are conventions: "
        "takes part from 33 of 100, rarely up to 10 of 100."
    ),
    "no_group_channel": N_("On none of its channels do posts speak to a group."),
    "no_open_questions": N_("Nobody else began a conversation on its group channels in what was collected."),
    "questions_unlinked": N_(
        "Next to no message on its group channels is tied to the one it answers, so which questions were taken up "
        "cannot be known."
    ),
    "took_up_nothing": N_("In what was collected it was never the first to answer a question of the group."),
    "no_reshares": N_("It reshared nothing that was written to it."),
    "no_reshares_partial": N_(
        "No reshare of what was written to it was found, but only part of what it published was collected."
    ),
    "nothing_of_substance": N_("Nothing of substance was written to it where reshares can be seen."),
    "no_claims": N_("Nothing was found that the account advises others to do."),
    "claims_found": N_(
        "{count} pieces of advice were found: {borne_out} borne out, {contradicted} contradicted, {not_checkable} not "
        "checkable."
    ),
    "claim_borne_out": N_("All of the range lies at or above the bound."),
    "claim_contradicted": N_("All of the range lies below the bound, and nothing was found that would explain it."),
    "claim_open": N_("The bound lies within the range, so the data cannot tell."),
    "claim_too_few": N_("{count} can be judged since these words; {needed} are needed."),
    "rests_on_abuse": N_(
        "What is favourable here rests on messages that the account's own statement calls abuse: without that list it "
        "is not found, so nothing is said."
    ),
    "claim_dull": N_("The substance of too many messages is unknown."),
    "claim_reshares_others": N_(
        "It passed on {count} messages of {people} other people that were not written to it; whether these are its "
        "readers is not known."
    ),
    # the list for the subject: why each message counts, or does not; "you" is the subject
    "list_reply": N_("Counts: a reply to your message."),
    "list_comment": N_("Counts: a comment on your article."),
    "list_mention": N_("Counts: a message that mentions you."),
    "list_to": N_("Counts: a message sent to you."),
    "list_too_young": N_("Not counted: not all of the {days} days after it were observed."),
    "list_unobserved": N_("Not counted: it lies outside of what was observed, so an answer may not be seen."),
    "list_not_reached": N_("Not counted: you did nothing in public in the {days} days after it, so you were away."),
    "list_unmatched": N_(
        "Not counted: on this channel and in that year next to no answer could be tied to a message, so the links "
        "between them are missing."
    ),
    "list_same_conversation": N_("Not counted: it belongs to a conversation that this person began with you earlier."),
    "list_spoke_first": N_("Not counted: you had written to this person there first, so this is an answer to you."),
    "list_elsewhere": N_("Not counted: it speaks to somebody else in a conversation of yours."),
    "list_inherited": N_("Not counted: your name was only carried over from the message it replies to."),
    "list_unclear": N_(
        "Not counted: it replies to a message that was not collected, so your name may only have been carried over."
    ),
    "list_mention_unseen": N_(
        "Not counted: messages that only mention you could not all be read, and those that you answered are seen more "
        "often than the others."
    ),
    "list_spam": N_("Not counted: marked as spam."),
    "list_automatic": N_("Not counted: sent by a program."),
    "list_deleted": N_("Not counted: deleted, and after that nobody could answer it."),
    "list_pitch": N_("Not counted: a sales pitch, by its link and its words."),
    "list_abuse": N_("Not counted: your statement names it as abuse."),
    "list_group_channel": N_("Not counted: this channel speaks to a group and not to you alone."),
    "list_uncovered": N_(
        "Not counted: what was written to you on this channel, or what you wrote there, was not collected, or nothing "
        "says how completely."
    ),
    "list_own_pitch": N_("No answer: a sales pitch, by its link and its words."),
    "list_own_pitch_copied": N_(
        "No answer: {recipients} people got the same words, with an offer, and most had asked nothing."
    ),
    # limits
    "unseen": N_(
        "Deleted posts and private replies are unseen. In one study 11 of 100 reactions were not formal replies."
    ),
    "reshares_uncollected": N_(
        "{count} of its reshares are of messages that were not collected: whose they were is in no figure."
    ),
    "reshares_unnamed": N_(
        "Archives in this store hold {count} reshares that do not name what was passed on: there are at least as many "
        "reshares as the figures say."
    ),
    "outbound_only": N_(
        "Whom it replies to, how fast and in which years can be told all the same: `permadani outbound`."
    ),
    "partial": N_("Only part of the messages was collected: the numbers are of what was collected."),
    "weak_identities": N_(
        "{count} of {total} askers signed with a name and have no account: two of them may be one person, or one two."
    ),
    "namesakes": N_(
        "{count} other signatures with the same name write in the same conversations, or under any name answer a third "
        "of what is written to it. If they are the same person, link them with `permadani people link`: their answers "
        "are not counted as this account's yet."
    ),
    "undated_followers": N_(
        "{count} follower counts are not from before the message (undated, or counted later) and are taken as constant."
    ),
    "unknown_standing": N_("{count} of {total} people who wrote are in no class: their audience is unknown."),
    "unknown_substance": N_(
        "{count} of {total} messages could not be told apart from bare applause: no text, or no rule for its language."
    ),
    "history_shortened": N_(
        "Messages to it on {channel} are known only from {date} on: who wrote before that would look like a newcomer. "
        "So who is seen for the first time in the {days} days after it ({count}) counts as neither newcomer nor "
        "regular then."
    ),
    "unfinished": N_(
        "{account} was not read to the end yet (back to {date} so far); `permadani fetch {who}` goes on from there."
    ),
    "unfinished_undated": N_("{account} was not read to the end yet; `permadani fetch {who}` goes on from there."),
    "clock_skew": N_("{count} replies carry an earlier time than the message they reply to; they count as prompt."),
    "unknown_inheritance": N_(
        "{count} mentions in replies to messages that were not collected are left out: "
        "they may have been inherited from those."
    ),
    "mentions_unseen": N_(
        "Messages on {channel} that only mention it could not all be read; those that were seen ({count}) are not "
        "counted. What is said is about replies under its messages."
    ),
    "mentions_unseen_before": N_(
        "Messages on {channel} before {until} that only mention it could not all be read; those that were seen "
        "({count}) are not counted. What is said of that time is about replies under its messages."
    ),
    "mentions_unseen_after": N_(
        "Messages on {channel} after {since} that only mention it could not all be read; those that were seen "
        "({count}) are not counted. What is said of that time is about replies under its messages."
    ),
    "mentions_unseen_between": N_(
        "Messages on {channel} between {since} and {until} that only mention it could not all be read; those that were "
        "seen ({count}) are not counted. What is said of that time is about replies under its messages."
    ),
    "abuse_left_out": N_(
        "{count} of {total} messages were left out because the account's own statement calls them abuse; nobody "
        "checked that."
    ),
    "abuse_changes": N_("Without the list of abuse in the account's statement this audit says more: {what}"),
    "abuse_answers_few": N_("it answers few of anyone."),
    "abuse_passes_over_juniors": N_("it passes over juniors."),
    "abuse_passes_over_newcomers": N_("it passes over newcomers."),
    "abuse_passes_over_reshares": N_("when it passes messages on, it passes over juniors."),
    "abuse_rarely": N_("it rarely joins the conversations under its own posts."),
    "abuse_contradicted": N_("what it does contradicts its advice ({count} of the pieces of advice shown)."),
    # what an account's own messages do not say
    "rate_by_audit": N_(
        "Messages to this account were collected too: `permadani audit` tells how many of them were answered."
    ),
    "reply_or_first_word": N_(
        "A reply may be an answer, or a first word to somebody who had said nothing to this account: the replies alone "
        "do not tell. Messages that got no reply are in none of these figures."
    ),
    "written_unclaimed": N_("Nothing says how completely what this account wrote was collected."),
    "written_missing": N_("On some of the channels what this account wrote was not collected."),
    "written_partial": N_("Only part of what this account wrote was collected: the numbers are of what was collected."),
    "replies_to_unknown": N_(
        "{count} replies do not tell whom they speak to, and what they reply to was not collected: they are in no "
        "figure about people or delays."
    ),
    "automatic_replies": N_(
        "{count} of {total} replies were sent by a program: they are in no figure about people or delays."
    ),
    "weak_people": N_(
        "{count} of {total} people are known by a name and have no account: two of them may be one person, or one two."
    ),
    "delay_unnamed": N_("{count} replies do not tell which message they reply to: they are in no figure about delays."),
    "delay_unknown": N_(
        "Of {count} of {total} messages that it replied to the time is not known: they were not collected, and their "
        "ids do not tell it."
    ),
    "delay_earlier": N_(
        "{count} replies carry an earlier time than the message they reply to, so a clock was wrong: they are in no "
        "figure about delays."
    ),
    "delay_claimed": N_(
        "{count} of {total} times of messages are what their writers' programs claim (ids on Bluesky)."
    ),
    "audience_unknown": N_("How many people follow those it replied to is not known."),
    "own_audience_unknown": N_(
        "How many people follow this account is not known, so those it replied to cannot be compared with it."
    ),
    "problems": N_("{count} records could not be read."),
    "channel_left_out": N_("{channel} is left out: {reason}"),
    "unmeasurable_year": N_("{joined} of {threads} conversations joined, but next to no answer could be matched."),
    **MAP_TEMPLATES,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A key of ``TEMPLATES`` with its values; ``str`` gives the English sentence."""

    key: str
    values: dict[str, object] = field(default_factory=dict)

    def text(self, translate: Translate = english) -> str:
        values = {k: _said(v, translate) for k, v in self.values.items()}
        return translate(TEMPLATES[self.key]).format(**values)

    def __str__(self) -> str:
        return self.text()


def _said(value: object, translate: Translate) -> object:
    """A value in a sentence: a number with two digits after the point, an open end of an interval as open."""
    if isinstance(value, Reason):
        return value.text(translate)
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return "…" if value is None else value


def about(what: Literal["reshares", "questions"], why: Reason) -> Reason:
    """The reason of a comparison in the words of what was chosen, where it speaks of answers."""
    key = f"{why.key}_{what}"
    return Reason(key, why.values) if key in TEMPLATES else why


def reason(key: str, **values: object) -> Reason:
    return Reason(key, values)
