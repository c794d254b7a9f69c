"""What is found: plain frozen results, without a word of presentation.

Unknown is ``None``, never 0. ``Audit.to_dict`` gives the contract ``permadani.audit/1``. Times are ISO 8601 in UTC.
"""

from __future__ import annotations

from permadani.findings.results.account import Absence, Automation, Client, CoverageLine, Statement, Subject
from permadani.findings.results.audit import Audit, plain
from permadani.findings.results.cells import Cell, Matching, Rate, Waiting, Year
from permadani.findings.results.choice import BlindChoice, Check, ChoiceModel, Comparison, OddsRatio, Overall, Usual
from permadani.findings.results.outbound import (
    Audience,
    Concentration,
    Correspondent,
    Delay,
    Hours,
    Outbound,
    OutboundYear,
    RateOf,
    RepliedTo,
    Written,
)
from permadani.findings.results.questions import (
    Amplification,
    Answers,
    Claim,
    Composition,
    Evidence,
    LeftOut,
    Participation,
    Practice,
    TakesUp,
)
from permadani.findings.results.subject_list import Match, OwnPitch, Received, SubjectList, Totals
from permadani.findings.results.words import STANDINGS, TENURES, State, Verdict

__all__ = [
    "STANDINGS",
    "TENURES",
    "Absence",
    "Amplification",
    "Answers",
    "Audience",
    "Audit",
    "Automation",
    "BlindChoice",
    "Cell",
    "Check",
    "ChoiceModel",
    "Claim",
    "Client",
    "Comparison",
    "Composition",
    "Concentration",
    "Correspondent",
    "CoverageLine",
    "Delay",
    "Evidence",
    "Hours",
    "LeftOut",
    "Match",
    "Matching",
    "OddsRatio",
    "Outbound",
    "OutboundYear",
    "Overall",
    "OwnPitch",
    "Participation",
    "Practice",
    "Rate",
    "RateOf",
    "Received",
    "RepliedTo",
    "State",
    "Statement",
    "Subject",
    "SubjectList",
    "TakesUp",
    "Totals",
    "Usual",
    "Verdict",
    "Waiting",
    "Written",
    "Year",
    "plain",
]
