"""What is less than a verdict stays with the one who asks: it is in no result that can be passed on."""

from __future__ import annotations

from dataclasses import replace

from permadani.findings.comparison import SIGNS
from permadani.findings.reasons import reason
from permadani.findings.results import Amplification, Audit, ChoiceModel, Comparison, TakesUp

SIGN = "signs_of_passing_over"
WITHHELD = reason("signs_withheld")


def fit_to_pass_on(audit: Audit) -> Audit:
    """The same audit without signs of passing over, nor figures that accuse where no verdict does."""
    answers = audit.answers
    return replace(
        audit,
        answers=replace(
            answers, by_standing=_comparison(answers.by_standing), by_tenure=_comparison(answers.by_tenure)
        ),
        amplification=_amplification(audit.amplification),
        takes_up=_takes_up(audit.takes_up),
    )


def _accuses(found: Comparison | Amplification) -> bool:
    """Whether its figures say more than its verdict."""
    root = None if found.model is None else found.model.root
    return found.verdict == SIGN or (found.verdict == "not_enough_evidence" and root is not None and root <= -SIGNS)


def _comparison(found: Comparison) -> Comparison:
    if not _accuses(found):
        return found
    why = WITHHELD if found.verdict == SIGN else found.reason
    return Comparison("not_enough_evidence", why, found.cells, found.substantive, model=_counts_only(found.model))


def _counts_only(model: ChoiceModel | None) -> ChoiceModel | None:
    return None if model is None else ChoiceModel(model.answers, model.askers, None, None, (), None, None)


def _amplification(found: Amplification) -> Amplification:
    if not _accuses(found):
        return found
    why = WITHHELD if found.verdict == SIGN else found.reason
    return Amplification("not_enough_evidence", why, found.cells, model=_counts_only(found.model), others=found.others)


def _takes_up(found: TakesUp) -> TakesUp:
    by_standing = None if found.by_standing is None else _comparison(found.by_standing)
    by_tenure = None if found.by_tenure is None else _comparison(found.by_tenure)
    if found.verdict == SIGN:
        return TakesUp("not_enough_evidence", WITHHELD, by_standing, by_tenure)
    return replace(found, by_standing=by_standing, by_tenure=by_tenure)
