from typing import NamedTuple


class FactType(NamedTuple):
    """What may be recorded about a contractor, as declared by ``outsourcing.fact._get_fact_types``."""

    label: str  # translated
    # how many hours one unit of the value has, where the value is a time; 0: how often, how many, how much
    hours_per_unit: float = 0.0
    is_breach: bool = False  # it speaks against the contractor
    # of a failure that has only begun: the type that ends it, by whose clauses both are judged
    begins: str | None = None
    # the type that counts how many there could have been: a rate is the one over the other;
    # without it the facts of the type are their own number, e.g. for a mean of hours
    denominator: str | None = None
    # it tells how many there were or how long it took: reports and scorecards count it, no clause listens
    is_measure: bool = False
    of_contract: bool = True  # else it is told of the firm alone, and no contract's clause can listen
    by_day: bool = True  # it belongs to the payment row of its day; else whoever records it names the row
