from . import (
    ir_attachment,
    ir_binary,
    outsourcing_evidence,
    outsourcing_evidence_chain,
    outsourcing_evidence_mixin,
    outsourcing_evidence_upload,
    res_company,
    res_config_settings,
)
