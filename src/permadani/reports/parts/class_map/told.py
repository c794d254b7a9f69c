"""The class map as pages and terminals tell it. Units are classes: nobody is named, nobody is ranked."""

from __future__ import annotations

from dataclasses import dataclass

from permadani.findings.results import ClassMap
from permadani.language import N_
from permadani.reports.parts.class_map.closure import ClosureTold
from permadani.reports.parts.class_map.collected import CollectedTold
from permadani.reports.parts.class_map.figures import apart, share
from permadani.reports.parts.class_map.matrices import MatrixTold
from permadani.reports.parts.class_map.newcomers import NewcomersTold
from permadani.reports.parts.class_map.over_time import OverTimeTold
from permadani.reports.parts.class_map.reception import ReceptionTold
from permadani.reports.parts.class_map.spread import SpreadTold
from permadani.reports.words import Words

PARTIAL = N_(
    "Only part was collected, so this is no figure of the network: conversations are often collected because there "
    "were replies."
)


@dataclass(frozen=True, slots=True)
class Told:
    """One map in one language; ``words`` make sentences, ``plain`` labels. Each part has its sentences and rows."""

    found: ClassMap
    words: Words
    plain: Words

    # the opening

    @property
    def headline(self) -> str:
        """The strongest thing that is true; where only part was collected, it is said of that."""
        return self.words.join(*self.strongest)

    @property
    def strongest(self) -> list[str]:
        """The headline in its sentences: the first can stand alone, the others say what it rests on."""
        said = self._strongest()
        if not self.collected.partial or not self.found.reception.all.posts:
            return said
        return [*said, self.words.say(PARTIAL)]

    def _strongest(self) -> list[str]:
        words, found, reception, closure = self.words, self.found, self.reception, self.closure
        if not found.posts and not self.collected.left_out():
            return [words.say(N_("No post was collected."))]
        if not found.reception.all.posts:
            return [reception.first]
        if found.closure.verdict == "closed":
            return [closure.verdict, *closure.figures()[:2]]
        gap = self._gap()
        if gap is None and found.closure.verdict == "not_closed":
            return [reception.first, closure.verdict]
        return [gap or reception.first]

    def _gap(self) -> str | None:
        """Whose posts are answered more, where the ranges lie apart; None where they meet.

        None over several channels, which may differ in who is there and in how much is answered; and none of what was
        collected in part, which was often chosen by who had replies.
        """
        found, reception = self.found.reception, self.reception
        if self.found.by_channel or self.collected.partial:
            return None
        openings = found.openings
        bands = [one.reception for one in found.by_followers or () if share(one.reception, self.plain)]
        if len(bands) > 1 and apart(bands[0], bands[-1]):
            return reception.by_followers
        if apart(found.by_class.get("junior"), found.by_class.get("senior")):
            return reception.by_class
        if openings is not None and apart(openings.by_tenure.get("newcomer"), openings.by_tenure.get("regular")):
            return reception.by_tenure
        return None

    # the parts

    @property
    def collected(self) -> CollectedTold:
        return CollectedTold(self.found, self.words, self.plain)

    @property
    def reception(self) -> ReceptionTold:
        return ReceptionTold(self.found, self.words, self.plain)

    @property
    def matrices(self) -> tuple[MatrixTold, MatrixTold, MatrixTold]:
        """Of answers first: they are what the map is about."""
        return self.answers, self.approaches, self.reshares

    @property
    def answers(self) -> MatrixTold:
        return MatrixTold(self.found, self.words, self.plain, "answers")

    @property
    def approaches(self) -> MatrixTold:
        return MatrixTold(self.found, self.words, self.plain, "approaches")

    @property
    def reshares(self) -> MatrixTold:
        return MatrixTold(self.found, self.words, self.plain, "reshares")

    @property
    def closure(self) -> ClosureTold:
        return ClosureTold(self.found, self.words, self.plain)

    @property
    def spreads(self) -> tuple[SpreadTold, SpreadTold]:
        """Of answers received, and of reshares received."""
        return (
            SpreadTold(self.found, self.words, self.plain, "answers"),
            SpreadTold(self.found, self.words, self.plain, "reshares"),
        )

    @property
    def newcomers(self) -> NewcomersTold:
        return NewcomersTold(self.found, self.words, self.plain)

    @property
    def over_time(self) -> OverTimeTold:
        return OverTimeTold(self.found, self.words, self.plain)
