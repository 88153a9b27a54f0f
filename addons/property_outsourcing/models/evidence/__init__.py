from . import res_company
from . import res_config_settings
from . import ir_attachment
from . import outsourcing_evidence_chain
from . import outsourcing_evidence
from . import outsourcing_evidence_mixin
