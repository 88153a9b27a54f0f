"""What contracts choose from: service types with their presets, standards, document types, reasons.

Uses the workflow and the units; every other room may use it.
"""

from . import outsourcing_warranty_kind
from . import outsourcing_termination_reason
from . import outsourcing_document_type
from . import outsourcing_document_grade
from . import outsourcing_document_requirement_mixin
from . import outsourcing_safety_letter_mixin
from . import document_type_safety_letter
from . import outsourcing_standard
from . import outsourcing_standard_clause
from . import outsourcing_sla_mixin
from . import outsourcing_standard_mixin
from . import outsourcing_deliverable_mixin
from . import outsourcing_duty_mixin
from . import outsourcing_rule_mixin
from . import outsourcing_service_type
from . import outsourcing_article_mixin, outsourcing_contract_article_template
from . import outsourcing_service_type_rule
from . import outsourcing_service_type_requirement
from . import outsourcing_service_type_sla
from . import outsourcing_service_type_standard
from . import outsourcing_service_type_deliverable
from . import outsourcing_service_type_duty
from . import outsourcing_payment_scheme, outsourcing_payment_scheme_line
