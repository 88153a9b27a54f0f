from . import outsourcing_settlement_reason
