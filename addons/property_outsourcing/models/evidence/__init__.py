"""Photos and files with their chain of hashes, added on the document they prove.

Uses the organisation and the rooms before it.
"""

from . import (
    ir_attachment,
    ir_binary,
    outsourcing_evidence,
    evidence_portal,
    evidence_preview,
    evidence_sealing,
    evidence_small,
    evidence_storing,
    outsourcing_evidence_chain,
    evidence_verification,
    outsourcing_evidence_mixin,
    evidence_removal,
    evidence_mixin_small,
    outsourcing_evidence_upload,
    res_company,
    res_config_settings,
)
