from typing import NamedTuple


class LineKind(NamedTuple):
    """A kind of settlement line, as declared by ``outsourcing.settlement._get_line_kinds``."""

    label: str  # translated, short: it stands in a narrow column
    sequence: int = 60  # its place among the lines, and on the bill
    total: str = "amount_other"  # the field of the settlement that sums up these lines
    sign: int = 1  # -1 where that field shows as a positive amount what the lines take off
