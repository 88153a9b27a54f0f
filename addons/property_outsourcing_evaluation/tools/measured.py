import json
from dataclasses import dataclass, field
from typing import NamedTuple


class Figure(NamedTuple):
    """What facts come to under one criterion."""

    numerator: float
    sample: float
    value: float
    points: float
    status: str


@dataclass
class Criterion:
    """One criterion of one evaluation as it stands; thousands are read and rated at once."""

    id: int
    weight: float
    status: str
    points: float
    is_decided: bool  # by an answer to an appeal, or our silence: whatever the facts say
    measured: "Measured | None" = None  # None: a person judges
    figure: Figure | None = None  # what the facts came to

    def rate(self, figure):
        """Take over what the facts came to."""
        self.figure, self.points, self.status = figure, figure.points, figure.status


@dataclass(frozen=True)
class Measured:
    """How facts become a figure, and the figure points."""

    measure: str
    fact_type: str
    denominator_type: str | None = None
    priority: str | None = None
    min_sample: int = 0
    bands: tuple = field(default=())  # (figure from which on, points), the lowest first

    @classmethod
    def parse(cls, measure, fact_type, denominator_type, priority, min_sample, bands):
        """Return the one that the columns of a criterion say; ``bands`` as JSON text."""
        parsed = tuple(tuple(band) for band in json.loads(bands or "[]"))
        return cls(measure, fact_type, denominator_type, priority, min_sample, parsed)

    def is_of_contract(self, types):
        """Return whether its facts are recorded under contracts, not of the firm alone."""
        return self.fact_type not in types or types[self.fact_type].of_contract

    def count(self, totals, types, contract_id):
        """Return the :class:`Figure` of ``totals``; too few facts are not rated.

        :param Totals totals: of the evaluation
        :param dict types: of ``outsourcing.fact._get_fact_types``, asked once for all
        :param contract_id: None for all contracts together
        """
        households = totals.households[contract_id]
        facts = totals.get(self.fact_type, self.priority, contract_id)
        value, sample = 0.0, float(totals.counts[contract_id])
        # a duration says how long, not how many
        known = types.get(self.fact_type)  # None where no add-on records it (any more)
        counted = float(facts.count if known and known.hours_per_unit else facts.value)
        if self.measure == "rate":
            sample = totals.get(self.denominator_type, self.priority, contract_id).value
            value = counted / sample * 100 if sample else 0.0
        elif self.measure in ("mean", "median"):
            sample = float(facts.count)
            value = facts.mean if self.measure == "mean" else facts.median
        elif self.measure == "households":
            sample = sample if households and self.fact_type in totals.recorded else 0.0
            value = counted / households * 1000 if households else 0.0
        else:
            value = counted
        value = round(value, 2)
        if sample < max(self.min_sample, 1):
            return Figure(counted, sample, value, 0.0, "not_rated")
        return Figure(counted, sample, value, float(self.pick_points(value)), "rated")

    def pick_points(self, value):
        """Return the points of the band ``value`` lies in: the highest one that starts at or below it."""
        found = self.bands[0][1] if self.bands else 0.0
        for start, points in self.bands:
            if value < start:
                break
            found = points
        return found


def weigh(rated, least):
    """Return (weight rated, whether that is enough for a score, score) of what was rated.

    :param rated: iterable of (weight, points)
    :param float least: the weight that has to be rated
    """
    weight = total = 0.0
    for share, points in rated:
        weight += share
        total += share * points
    enough = bool(weight) and round(weight, 2) >= least
    return round(weight, 2), enough, round(total / weight, 2) if enough else 0.0
