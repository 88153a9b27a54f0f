"""What contractor, third party and owners read, fill in and sign of each document. Uses the add-ons below."""

from . import appointment
from . import outsourcing_evidence_mixin
from . import outsourcing_recorder_mixin
from . import outsourcing_inspection
from . import outsourcing_inspection_line
from . import outsourcing_site_log
from . import outsourcing_defect
from . import outsourcing_acceptance
from . import outsourcing_concealed_work
from . import project_task
from . import outsourcing_variation
from . import outsourcing_adjustment
from . import outsourcing_contract_amendment
from . import outsourcing_contract_deliverable
from . import outsourcing_payment_application
from . import outsourcing_settlement
from . import outsourcing_signing_mixin
