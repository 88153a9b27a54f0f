from . import (
    ir_attachment,
    outsourcing_document,
    outsourcing_document_type,
    res_partner,
    res_partner_compliance,
)
