"""发票: handed in by the contractor with its file, checked by finance, written on the bill it belongs to."""

from . import outsourcing_fapiao, fapiao_workflow, outsourcing_settlement, account_move
