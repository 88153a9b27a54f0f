from . import outsourcing_document_type
from . import outsourcing_document
from . import ir_attachment
from . import res_partner
from . import res_partner_compliance
