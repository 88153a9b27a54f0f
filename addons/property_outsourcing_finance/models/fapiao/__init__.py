"""发票: handed in by the contractor with its file, checked by finance, written on the bill it belongs to."""

from . import outsourcing_fapiao, fapiao_workflow, fapiao_reversal, outsourcing_settlement, account_move
