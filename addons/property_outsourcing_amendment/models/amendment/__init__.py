"""What changes a signed contract: amendments, variations, renewal. Uses the base only."""

from . import res_company
from . import res_config_settings
from . import outsourcing_change_mixin
from . import outsourcing_contract_milestone
from . import outsourcing_contract
from . import contract_service_ends
from . import outsourcing_contract_amendment
from . import outsourcing_contract_amendment_line
from . import contract_amendment_line_checks
from . import contract_amendment_line_equipment
from . import contract_amendment_line_words
from . import outsourcing_contract_amendment_effect
from . import contract_amendment_workflow
from . import contract_amendment_consent
from . import contract_amendment_apply
from . import contract_renewal
from . import outsourcing_variation
from . import outsourcing_variation_line
from . import variation_workflow
from . import variation_gathering
from . import variation_late
from . import variation_portal
from . import outsourcing_fact
from . import variation_price_deviation
from . import contract_open_points
